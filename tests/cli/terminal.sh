#!/usr/bin/env bash
# The companion on a real terminal: see lib/terminal.py.
set -euo pipefail
command -v python3 >/dev/null || exit 77
exec python3 "$(dirname "${BASH_SOURCE[0]}")/lib/terminal.py"
