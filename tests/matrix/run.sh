#!/usr/bin/env bash
# run.sh NAME [PART...]: tests/matrix/NAME_test.py, or some of its parts, with Synapse and matrix-nio. The program's path stands in $NURTURER. Exit 77: skipped, with the reason.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=environment.sh
source "$here/environment.sh"
: "${NURTURER:?the path of the program must stand in NURTURER}"
matrix_environment
export PYTHONDONTWRITEBYTECODE=1
exec "$python" "$here/$1_test.py" "${@:2}"
