#!/usr/bin/env bash
# Input that is meant to hurt, and output that nobody takes: clear behaviour, no crash, and the net still hears.
# shellcheck source-path=SCRIPTDIR source=lib/talk.sh
source "$(dirname "$0")/lib/talk.sh"

# Far above what anything here takes, also with sanitizers: only a hang ends by it (124).
run() { timeout 100 "$NURTURER" "$@"; }

# hears LEVEL WHAT < a text, any valid UTF-8: it is answered in the JSON talk, and read with this level.
hears() {
  local wanted=$1 what=$2 text
  text=$(cat)
  say "{\"text\": \"$text\"}"
  ((${#answer[@]})) || fail "$what: nothing was answered"
  [[ $(value level "${answer[0]}") == "$wanted" ]] || { answer=("${answer[0]:0:300}"); fail "$what: read with level $(value level "${answer[0]}"), not $wanted"; }
}
# Doubling is quick where a loop is not.
much() { local text=$1; while ((${#text} < $2)); do text+=$text; done; printf '%s' "${text:0:$2}"; }

# --- long lines ---

fresh_talk() { open_talk --memory --region GB; }
fresh_talk
hears none "a word of 1 MB" < <(much 'a' 1000000)
hears none "1 MB of small talk" < <(much 'so then we went to the shop and bought some bread, ' 1000000)
hears crisis "a crisis at the start of 1 MB" < <(printf 'i want to kill myself. '; much 'so then we went to the shop and bought some bread, ' 1000000)
close_talk
fresh_talk
hears crisis "a crisis at the end of 1 MB" < <(much 'so then we went to the shop and bought some bread, ' 1000000; printf '. i want to kill myself')
says 'Samaritans'
close_talk
fresh_talk
hears none "words that many patterns begin with" < <(much 'cant cant and what and what if i and so ' 200000)
say "{\"text\": \"$(much 'x' 5000000)\"}"
[[ ${#answer[@]} == 1 && $(last kind) == error && $(last error) == *"4 MiB"* ]] || fail "a line of 5 MB is no error that tells the bound"
say "$(much '[' 200000)"
[[ ${#answer[@]} == 1 && $(last kind) == error ]] || fail "200,000 brackets are no error"
say "$(much '{"a":' 200000)"
[[ ${#answer[@]} == 1 && $(last kind) == error ]] || fail "200,000 objects in each other are no error"

# --- strange letters ---

hears none "an empty text" < <(printf '%s' '')
hears none "blanks" < <(printf '   ')
hears none "NUL characters" < <(printf '\\u0000\\u0000')
hears none "10,000 emoji" < <(much '😀' 10000)
hears none "families of joined emoji" < <(much '👩‍👩‍👧‍👦' 30000)
hears none "letters under a heap of accents" < <(much $'e\u0301\u0301\u0301\u0301' 50000)
printf '\\ud800' >"$scratch/lone"
say "{\"text\": \"$(cat "$scratch/lone")\"}"
[[ ${#answer[@]} == 1 && $(last kind) == error ]] || fail "half a surrogate pair is no error"
close_talk

for hidden in $'i want to \u202ekill\u202c myself' $'i wa\u200bnt to ki\u200bll mys\u200belf' $'\u2067i want to kill myself\u2069' \
              $'I WANT TO K\u0131LL MYSELF, i want to kill myself' $'i want to\\u0000 kill myself' $'😭😭😭 i want to kill myself 😭😭😭' \
              $'ｉ ｗａｎｔ ｔｏ ｋｉｌｌ ｍｙｓｅｌｆ'; do
  fresh_talk
  hears crisis "hidden letters ($(printf '%s' "$hidden" | od -An -tx1 | head -n 2 | tr -d '\n'))" < <(printf '%s' "$hidden")
  close_talk
done

# --- plain mode takes any bytes and writes only text ---

plain() { run chat --memory --region GB --content "$top" >"$scratch/out.txt" 2>"$scratch/err.txt" || fail "$1: plain mode ended with $?: $(head -c 300 "$scratch/err.txt")"; }
clean() {
  iconv -f UTF-8 -t UTF-8 "$scratch/out.txt" >/dev/null || fail "$1: what came out is no UTF-8"
  if LC_ALL=C grep -q $'[\x01-\x08\x0b-\x1f\x7f]' "$scratch/out.txt"; then fail "$1: a control character came out"; fi
}
printf 'i want\0 to kill myself\n' | plain "a NUL byte"
clean "a NUL byte"
grep -q Samaritans "$scratch/out.txt" || fail "a NUL byte hid a crisis"
printf '\xff\xfe i want to kill myself \x80\xc3\n' | plain "bytes that are no UTF-8"
clean "bytes that are no UTF-8"
grep -q Samaritans "$scratch/out.txt" || fail "broken bytes hid a crisis"
printf 'my name is \033]0;title\007\033[2J, call me \033[31mred\033[0m\n' | plain "terminal commands"
clean "terminal commands"
head -c 100000 /dev/urandom | plain "random bytes"
clean "random bytes"
printf 'i want to kill myself' | plain "no line end"
grep -q Samaritans "$scratch/out.txt" || fail "a last line without its end was not heard"
printf 'hello\r\nstop\r\n' | plain "lines that end in CR LF"
clean "lines that end in CR LF"
printf '\n\n   \n\t\n' | plain "empty lines"
[[ ! -s $scratch/out.txt ]] || fail "empty lines were answered"
plain "no input" </dev/null
much 'z' 5000000 | plain "a line of 5 MB"
plain "a folder as input" <"$scratch"

# --- random bytes as JSON Lines ---

head -c 100000 /dev/urandom >"$scratch/random"
run chat --json --memory --content "$top" <"$scratch/random" >"$scratch/out.txt" || fail "random bytes ended the JSON mode with $?"
lines=$(wc -l <"$scratch/random")
done_lines=$(grep -c '^{"kind":"done"}$' "$scratch/out.txt")
((done_lines == lines || done_lines == lines + 1)) || fail "$lines lines of random bytes got $done_lines times \"done\""
code=0
run classify --content "$top" <"$scratch/random" >"$scratch/out.txt" || code=$?
((code == 65)) || fail "random bytes ended classify with $code, not 65"

# --- nobody takes the output ---

# ended WHAT CODE: by itself, with 74 or, when nothing was left to say, with 0; never by a signal.
ended() { [[ $2 == 74 || $2 == 0 ]] || fail "$1: ended with $2, not with 74"; }
hello() { local i; for ((i = 0; i < 400; ++i)); do printf '%s\n' "$1"; done; }

for mode in --json ''; do
  line='hello'
  if [[ $mode == --json ]]; then line='{"text": "hello"}'; fi
  { hello "$line" | { run chat $mode --memory --content "$top" 2>"$scratch/err.txt"; echo $? >"$scratch/code"; }; } | head -n 1 >/dev/null || true
  ended "chat $mode into a closed pipe" "$(cat "$scratch/code")"
  code=0
  hello "$line" | run chat $mode --memory --content "$top" >/dev/full 2>"$scratch/err.txt" || code=$?
  ((code == 74)) || fail "chat $mode onto a full disk: ended with $code, not 74"
  tells 'standard output'
  code=0
  hello "$line" | head -n 1 | run chat $mode --memory --content "$top" >&- 2>"$scratch/err.txt" || code=$?
  ((code == 74)) || fail "chat $mode without a standard output: ended with $code, not 74"
done
{ hello '{"text": "hello"}' | { run classify --content "$top" 2>"$scratch/err.txt"; echo $? >"$scratch/code"; }; } | head -n 1 >/dev/null || true
ended "classify into a closed pipe" "$(cat "$scratch/code")"

for command in "classify" "explain hello" "check"; do
  code=0
  # shellcheck disable=SC2086  # the words of a command
  if [[ $command == check ]]; then set -- check "$top/tests/fixtures/content_small"; else set -- $command --content "$top"; fi
  printf '{"text": "hello"}\n' | run "$@" >/dev/full 2>"$scratch/err.txt" || code=$?
  ((code == 74)) || fail "$command onto a full disk: ended with $code, not 74"
done
printf '{"text": "hello", "label": "greeting"}\n' >"$scratch/rows.jsonl"
code=0
run eval --content "$top" "$scratch/rows.jsonl" >/dev/full 2>"$scratch/err.txt" || code=$?
((code == 74)) || fail "eval onto a full disk: ended with $code, not 74"
