#!/usr/bin/env bash
# Content with mistakes: all are told at once, with file, line, the author's words and a way out; and nobody is served with it.
# shellcheck source-path=SCRIPTDIR source=lib/talk.sh
source "$(dirname "$0")/lib/talk.sh"

sound=$top/tests/fixtures/content_small
broken=$scratch/broken
cp -r "$sound" "$broken"

# break_line FILE FROM TO: the line that holds FROM gets TO in its place. A line that is not there any more is a fault of this test.
break_line() {
  local file=$broken/$1 text
  text=$(<"$file")
  [[ $text == *"$2"* ]] || fail "$1 no longer holds: $2"
  printf '%s\n' "${text/"$2"/"$3"}" >"$file"
}
line_of() { grep -nF -- "$2" "$broken/$1" | head -n 1 | cut -d: -f1; }

ends_with 0 "$NURTURER" check "$sound"

# The ten: what is broken, where it is told, and in which words.
break_line intents/en/crisis_suicide.toml 'pattern = "want to die"' 'patern = "want to die"'
break_line intents/en/panic.toml '"heart is pounding"' '"heart is {poundign}"'
break_line intents/en/panic.toml 'weight   = "weak"' 'weight   = "weka"'
break_line intents/en/flags/heart.toml 'chest (pain|hurts)' 'chest (pain|hurts'
break_line intents/en/lists/words.toml '"{spouse}"' '"{spuose}"'
break_line responses/en/breathing.toml 'label = "not for me", go = "@senses"' 'label = "not for me", go = "@sences"'
break_line responses/en/breathing.toml 'words = ["{family}"], go = "close"' 'words = ["{family}"], go = "colse"'
break_line responses/en/breathing.toml 'checks = ["asthma"]' 'checks = ["astma"]'
break_line responses/en/senses.toml 'Name three things that you see.' "$(printf 'Name things. %.0s' {1..30})"
break_line responses/help_lines/GB.toml 'kind' 'kid'

expected=(
  'intents/en/crisis_suicide.toml|patern|pattern'
  'intents/en/panic.toml|poundign|'
  'intents/en/panic.toml|weka|weak'
  'intents/en/flags/heart.toml|chest (pain|hurts|'
  'intents/en/lists/words.toml|spuose|spouse'
  'responses/en/breathing.toml|@sences|senses'
  'responses/en/breathing.toml|colse|close'
  'responses/en/breathing.toml|astma|asthma'
  'responses/en/senses.toml|Name things.|300'
  'responses/help_lines/GB.toml|kid|kind'
)

all_told() {
  local entry file words remedy line report
  report=$(<"$scratch/err.txt")
  for entry in "${expected[@]}"; do
    file=${entry%%|*} remedy=${entry##*|} words=${entry#*|} words=${words%|*}
    line=$(line_of "$file" "$words")
    [[ -n $line ]] || fail "$file does not hold the broken words $words"
    # One paragraph a mistake: its first line names file and line, all of it holds the words and the way out.
    local paragraph found=
    while IFS= read -r -d $'\x1e' paragraph; do
      if [[ $paragraph == "$file:$line:"* && $paragraph == *"$words"* && $paragraph == *"$remedy"* && $paragraph == *"-> "* ]]; then found=1; fi
    done < <(printf '%s' "$report" | sed 's/^$/\x1e/' | sed ':a;N;$!ba;s/\n\x1e\n/\x1e/g'; printf '\x1e')
    [[ -n $found ]] || fail "$1 does not tell $file:$line with the words \"$words\"${remedy:+, \"$remedy\"} and a way out; it tells: $report"
  done
}

ends_with 1 "$NURTURER" check "$broken"
all_told check
grep -qE '^1[0-9] mistakes' "$scratch/err.txt" || fail "the mistakes are not counted: $(tail -n 1 "$scratch/err.txt")"
[[ ! -s $scratch/out.txt ]] || fail "check says on standard output that something holds"

# chat, run and all others refuse; nothing is said, nothing is made.
refused() {
  local what=$1
  shift
  printf 'hello\n{"text": "hello"}\n' >"$scratch/hello"
  local got=0
  "$@" <"$scratch/hello" >"$scratch/out.txt" 2>"$scratch/err.txt" || got=$?
  ((got == 78)) || fail "$what serves with broken content, or ended with $got instead of 78"
  [[ ! -s $scratch/out.txt ]] || fail "$what said something with broken content: $(head -c 300 "$scratch/out.txt")"
}
for mode in "" --json; do
  refused "chat $mode" "$NURTURER" chat $mode --content "$broken" --data "$scratch/data"
  all_told "chat $mode"
done
[[ ! -e $scratch/data ]] || fail "chat made a data folder before it refused"
refused classify "$NURTURER" classify --content "$broken"
refused explain "$NURTURER" explain --content "$broken" hello
printf '{"text": "hello", "label": "greeting"}\n' >"$scratch/rows.jsonl"
refused eval "$NURTURER" eval --content "$broken" "$scratch/rows.jsonl"
printf 'content = "broken"\n[store]\npath = "service"\n' >"$scratch/nurturer.toml"
refused run "$NURTURER" run --config "$scratch/nurturer.toml"
all_told run
refused "chat --config" "$NURTURER" chat --config "$scratch/nurturer.toml"
ends_with 78 "$NURTURER" doctor --config "$scratch/nurturer.toml"
grep -q 'FAULT *content' "$scratch/out.txt" || fail "doctor does not tell that the content is broken: $(<"$scratch/out.txt")"

# A file that is no TOML at all does not hide what is wrong in others.
printf 'about = "half a\n' >"$broken/responses/en/everything.toml"
ends_with 1 "$NURTURER" check "$broken"
tells 'responses/en/everything\.toml:1:'
tells 'sences'

# A sample that is not found is told by check, and is no reason to serve nobody.
rm -r "$broken"
cp -r "$sound" "$broken"
break_line intents/en/panic.toml '["i am in panic"]' '["i am in a pickle"]'
ends_with 1 "$NURTURER" check "$broken"
tells "intents/en/panic\.toml:$(line_of intents/en/panic.toml 'i am in a pickle')?"
tells 'i am in a pickle'
ends_with 0 "$NURTURER" chat --memory --content "$broken"

# Nothing there is told as such.
mkdir "$scratch/empty"
ends_with 78 "$NURTURER" check "$scratch/empty"
ends_with 78 "$NURTURER" chat --memory --content "$scratch/empty"
tells '--content'
