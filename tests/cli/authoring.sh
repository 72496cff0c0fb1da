#!/usr/bin/env bash
# AUTHORING.md, followed to the letter in a copy of the shipped content: a phrase and an exercise are added and lead where they should; then ten
# mistakes of a hand that types, one at a time, and each is told with its file, its line, the line itself and a way out.
# shellcheck source-path=SCRIPTDIR source=lib/talk.sh
source "$(dirname "$0")/lib/talk.sh"

copy=$scratch/content
mkdir "$copy"
cp -r "$top/intents" "$top/responses" "$copy"
exercise=responses/en/warm_drink.toml
phrases=intents/en/panic.toml

# The two examples of the page, as they stand there: the first block of toml is the phrase, the second the exercise.
block() { awk -v wanted="$1" '/^```toml$/ { inside = 1; ++count; next } /^```$/ { inside = 0 } inside && count == wanted' "$top/AUTHORING.md"; }
{ printf '\n'; block 1; } >>"$copy/$phrases"
block 2 >"$copy/$exercise"

ends_with 0 "$NURTURER" check "$copy"
"$NURTURER" explain --content "$copy" "the room is spinning round me" >"$scratch/out.txt"
grep -q 'room_spins' "$scratch/out.txt" || fail "the new phrase is not heard: $(cat "$scratch/out.txt")"

mkfifo "$scratch/in" "$scratch/out"
"$NURTURER" chat --json --memory --content "$copy" <"$scratch/in" >"$scratch/out" 2>"$scratch/errors" &
talk_pid=$!
exec {to_talk}>"$scratch/in" {from_talk}<"$scratch/out"
say '{"text": "cup of tea"}'
stands_at warm_drink start
say '{"text": "I have it"}'
stands_at warm_drink hold
say '{"text": "my thumbs"}'
says '[Mm]y thumbs|three breaths'
[[ $(last script) == null ]] || fail "the new exercise does not end"
close_talk

# mistake FILE FROM TO WORDS: with TO in place of FROM, check ends with 1 and tells the file, the line that now holds TO, and WORDS.
mistake() {
  local file=$copy/$1 kept text line
  kept=$(cat "$file"; printf x)
  text=${kept%x}
  [[ $text == *"$2"* ]] || fail "$1 does not hold: $2"
  printf '%s' "${text/"$2"/"$3"}" >"$file"
  line=$(grep -nF -- "$3" "$file" | tail -n 1 | cut -d: -f1)
  ends_with 1 "$NURTURER" check "$copy"
  grep -qF -- "$1:$line: " "$scratch/err.txt" || fail "\"$3\" is not told at $1:$line: $(head -c 800 "$scratch/err.txt")"
  tells "$4"
  tells '-> '
  printf '%s' "$text" >"$file"
}

mistake "$phrases" 'pattern = "(room|floor|everything) ... (spinning|swaying)"' 'patern = "(room|floor|everything) ... (spinning|swaying)"' 'did you mean "pattern"'
mistake "$phrases" '(room|floor|everything) ... (spinning|swaying)' '({rom}|floor|everything) ... (spinning|swaying)' 'no word list called rom'
mistake "$phrases" 'should_find     = ["the room is spinning round me"]' 'should_find     = ["the lamp is spinning round me"]' 'does not find this sample'
mistake "$exercise" 'label = "I have it", go = "hold"' 'label = "I have it", go = "hodl"' 'did you mean "hold"'
mistake "$exercise" 'not_with = ["driving"]' 'not_with = ["drivng"]' 'did you mean "driving"'
mistake "$exercise" '{warmest|There} it is' '{warmst|There} it is' 'did you mean \{warmest\}'
mistake "$exercise" 'say = ["Feel where it is warmest. Your palms? Your fingers?"]' 'say = "Feel where it is warmest. Your palms? Your fingers?"' 'should be a list'
mistake "$exercise" 'Find something warm to hold.' 'Calm down and find something warm to hold.' 'is not said here'
mistake "$exercise" 'brief = "Something warm in both hands."' 'breif = "Something warm in both hands."' 'did you mean "brief"'
mistake "$exercise" 'about = "A warm cup in both hands, about two minutes."' 'about = "A warm cup in both hands, about two minutes.' 'no quotation mark at its end'
