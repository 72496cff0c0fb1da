#!/usr/bin/env bash
# smoke.sh NAME: runs build/fuzz/NAME_fuzz for a few seconds on fuzz/seeds/NAME and what it finds itself; two minutes with
# NURTURER_LONG=1. An input that breaks it is left in build/fuzz/ under the name that the message gives.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
name=$1
seconds=5
[[ ${NURTURER_LONG:-0} == 1 ]] && seconds=120
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
# 77, which libFuzzer ends with by itself, means "skipped" here: a crash must not pass for it.
options=(-error_exitcode=1 -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=4096 -artifact_prefix="build/fuzz/$name-")
[[ -f fuzz/$name.dict ]] && options+=(-dict="fuzz/$name.dict")
folders=("$found")
[[ -d fuzz/seeds/$name ]] && folders+=("fuzz/seeds/$name")
bash tests/built_by.sh fuzz "${name}_fuzz" "${options[@]}" "${folders[@]}"
