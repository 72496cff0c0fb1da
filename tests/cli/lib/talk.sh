# shellcheck shell=bash
# What the scripts in tests/cli share: a folder that goes away, a talk over `chat --json`, and looking at its lines. Sourced, never run.
#
#   open_talk ARG...     starts `nurturer chat --json ARG...`; one talk at a time
#   say JSON             sends a line and waits for its "done"; what came before it is in the array `answer`
#   close_talk           ends the input; the exit code is in `code`
#   fail TEXT            says what is wrong, and where, and ends the test

set -euo pipefail

: "${NURTURER:?the path of the program must stand in NURTURER}"
[[ $NURTURER == /* ]] || NURTURER=$PWD/$NURTURER
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
scratch=$(mktemp -d)
test_name=$(basename "$0" .sh)

talk_pid=
answer=()
code=0

fail() {
  printf '%s, line %s: %s\n' "$test_name" "${BASH_LINENO[-2]}" "$*" >&2
  if ((${#answer[@]})); then printf '  the last answer was:\n' >&2; printf '    %s\n' "${answer[@]}" >&2; fi
  exit 1
}

clean_up() {
  local at_exit=$?
  if [[ -n $talk_pid ]]; then
    kill -9 "$talk_pid" 2>/dev/null || true
    wait "$talk_pid" 2>/dev/null || true
  fi
  if declare -F clean_up_more >/dev/null; then clean_up_more || true; fi
  rm -rf -- "$scratch"
  exit "$at_exit"
}
trap clean_up EXIT

open_talk() {
  mkfifo "$scratch/in" "$scratch/out" 2>/dev/null || true
  "$NURTURER" chat --json --content "$top" "$@" <"$scratch/in" >"$scratch/out" 2>"$scratch/errors" &
  talk_pid=$!
  exec {to_talk}>"$scratch/in" {from_talk}<"$scratch/out"
}

# A line that never comes means that the program hangs: no measure of time, only a way out.
next_line() { IFS= read -r -t 60 line <&"$from_talk"; }

say() {
  answer=()
  printf '%s\n' "$1" >&"$to_talk" || fail "the program takes no more lines; it said: $(cat "$scratch/errors")"
  local line
  while next_line; do
    if [[ $line == '{"kind":"done"}' ]]; then return 0; fi
    answer+=("$line")
  done
  fail "no \"done\" came after: ${1:0:120}; the program said: $(head -c 600 "$scratch/errors")"
}

close_talk() {
  exec {to_talk}>&-
  answer=()
  local line
  while next_line; do answer+=("$line"); done
  exec {from_talk}<&-
  code=0
  # shellcheck disable=SC2034  # the scripts look at it
  wait "$talk_pid" || code=$?
  talk_pid=
}

kill_talk() {
  kill -9 "$talk_pid"
  wait "$talk_pid" 2>/dev/null || true
  talk_pid=
  exec {to_talk}>&- {from_talk}<&-
}

# value FIELD LINE: as it stands in the JSON, strings without their quotation marks; fails when there is no such field.
value() {
  local text="\"$1\":\"(([^\"\\\\]|\\\\.)*)\"" other="\"$1\":(null|true|false|-?[0-9.]+|\[[^]]*\])"
  if [[ $2 =~ $text ]] || [[ $2 =~ $other ]]; then printf '%s' "${BASH_REMATCH[1]}"; return; fi
  return 1
}

# last FIELD: of the last line of the answer.
last() {
  ((${#answer[@]})) || fail "nothing was answered, so there is no $1"
  value "$1" "${answer[-1]}" || fail "the last line has no field $1"
}

# stands_at SCRIPT [STEP]
stands_at() {
  [[ $(last script) == "$1" ]] || fail "the talk stands at $(last script).$(last step), not in the script $1"
  [[ -z ${2:-} || $(last step) == "$2" ]] || fail "the talk stands at step $(last step) of $1, not at $2"
}

# says REGEX: some line of the answer fits.
says() {
  local line
  for line in "${answer[@]}"; do
    if [[ $line =~ $1 ]]; then return 0; fi
  done
  fail "no line fits: $1"
}

says_nothing() { ((${#answer[@]} == 0)) || fail "something was said where nothing should be"; }

# ends_with CODE COMMAND...: runs it with empty input; what it wrote is in $scratch/out.txt and $scratch/err.txt.
ends_with() {
  local wanted=$1 got=0
  shift
  "$@" </dev/null >"$scratch/out.txt" 2>"$scratch/err.txt" || got=$?
  ((got == wanted)) || fail "\"${*##*/}\" ended with $got, not $wanted; it said: $(head -c 800 "$scratch/err.txt")"
}

tells() { grep -qiE -- "$1" "$scratch/err.txt" || fail "standard error does not tell \"$1\"; it says: $(head -c 800 "$scratch/err.txt")"; }
