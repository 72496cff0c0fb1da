#!/usr/bin/env bash
# built_by.sh PRESET PROGRAM [ARG...]: runs what another preset built. Not built: skipped (77), or a failure when all presets must be.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=build/$1/$2
if [[ ! -x $program ]]; then
  echo "$program is not built: ./dev test builds it" >&2
  [[ ${NURTURER_ALL_PRESETS:-0} == 1 ]] && exit 1
  exit 77
fi
exec "$program" "${@:3}"
