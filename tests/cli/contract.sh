#!/usr/bin/env bash
# The contract of `chat --json`, field by field: what goes in, what comes out, what "done" promises.
# shellcheck source-path=SCRIPTDIR source=lib/talk.sh
source "$(dirname "$0")/lib/talk.sh"

# --- every line that is said has every field, of its kind ---

shape() {
  local field text='([^"\\]|\\.)*'
  local -A kinds=(
    [kind]='"say"' [id]='"[0-9a-zA-Z-]+"' [room]='"(dm|group:.+)"' [to]="(null|\"$text\")" [private]='(true|false)'
    [text]="\"$text\"" [intent]='(null|"[a-z_]+")' [level]='(null|"(none|concern|crisis|emergency)")'
    [flags]='\[("[a-z_]+",?)*\]' [rule]='(null|"intents/[a-z]+/[a-z_/]+\.toml:[0-9]+")'
    [script]='(null|"[a-z_.]+")' [step]='(null|"[a-z0-9_]+")'
    [choices]="\[(\{\"id\":\"[a-z0-9_.]+\",\"label\":\"$text\"\},?)*\]"
    [after]='[0-9]+' [at]='"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z"')
  [[ $1 == '{'*'}' ]] || fail "this is no JSON object: $1"
  for field in "${!kinds[@]}"; do
    [[ $1 =~ [{,]\"$field\":${kinds[$field]}[,}] ]] || fail "the field $field is missing or of the wrong kind in: $1"
  done
}

ids=()
say_and_look() {
  say "$1"
  local line
  for line in "${answer[@]}"; do
    [[ $(value kind "$line") == say ]] || continue
    shape "$line"
    ids+=("$(value id "$line")")
  done
}

open_talk --data "$scratch/data"

say_and_look '{"text": "hello"}'
((${#answer[@]} >= 2)) || fail "a first hello gets the disclosure and an answer"
[[ $(last room) == dm && $(last to) == me && $(last private) == true ]] || fail "without \"from\" and \"room\" it is my own private room"
[[ $(last intent) == greeting && $(last level) == none ]] || fail "a hello is a greeting without a level"
[[ $(last rule) == intents/en/greeting.toml:* ]] || fail "the rule that fired is not named: $(last rule)"
[[ $(last flags) == '[]' && $(last after) == 0 ]] || fail "a hello has no flags and no pause"
[[ $(last script) != null && $(last step) != null ]] || fail "a hello asks something, so the talk stands somewhere"
[[ $(last choices) == *'"label"'* ]] || fail "a hello offers choices"

# --- "done" comes after every line, whatever it was; a bad one changes nothing ---

where="$(last script) $(last step)"
bad() {
  say "$1"
  ((${#answer[@]} == 1)) || fail "one error, and nothing else, answers: ${1:0:80}"
  [[ $(last kind) == error && -n $(last error) ]] || fail "no error was told about: ${1:0:80}"
}
bad ''
bad '   '
bad 'hello'
bad '{"text": "hello"'
bad '["hello"]'
bad '"hello"'
bad 'null'
bad $'{"text": "\xff\xfe"}'
bad '{"text": 3}'
bad '{"text": "hello", "from": 3}'
bad '{"text": "hello", "from": ""}'
bad '{"text": "hello", "mention": "yes"}'
bad '{"text": "hello", "moderator": 1}'
bad '{"text": "hello", "room": "kitchen"}'
bad '{"text": "hello", "room": "group:"}'
bad '{"text": "hello", "at": "tomorrow"}'
bad '{"text": "hello", "at": "2026-13-24T21:40:00Z"}'
bad '{"text": "hello", "at": 1795556400}'
bad '{"text": "hello", "press": "hello.start.1"}'
bad '{"text": "hello", "txet": "hello"}'
[[ $(last error) == *txet* && $(last error) == *text* ]] || fail "an unknown field is not named beside those that are known: $(last error)"
say '{}'
says_nothing
say_and_look '{"text": "zzzz qqqq"}'
[[ "$(last script) $(last step)" == "$where" ]] || fail "bad lines moved the talk from $where to $(last script) $(last step)"

# --- all fields of a line in are known ---

say_and_look '{"text": "stop", "from": "me", "room": "dm", "at": null, "mention": true, "reply_to": "x", "press": null, "moderator": false, "zone": "Europe/London", "locale": "en-GB", "id": "in-0"}'
[[ $(last script) == null && $(last step) == null ]] || fail "after \"stop\" the talk stands nowhere, also in its last line"
[[ $(last choices) == '[]' ]] || fail "after \"stop\" nothing is offered"

# --- the same id is answered once ---

say_and_look '{"text": "hello", "id": "in-1"}'
((${#answer[@]})) || fail "a new id was not answered"
say '{"text": "hello", "id": "in-1"}'
says_nothing
say '{"text": "I want to die", "id": "in-1"}'
says_nothing

# --- a press, the label and the number are the same ---

choice() { [[ $(last choices) =~ \"id\":\"([^\"]+)\",\"label\":\"([^\"]+)\" ]] || fail "nothing is offered here"; }
for way in press label number; do
  say_and_look '{"text": "stop"}'
  say_and_look '{"text": "hello"}'
  choice
  id=${BASH_REMATCH[1]} label=${BASH_REMATCH[2]}
  case $way in
    press) say_and_look "{\"press\": \"$id\"}"; wanted=$(last script)
           [[ $(last intent) == null && $(last level) == null && $(last rule) == null ]] || fail "a press is no message: it has no intent, level, rule" ;;
    label) say_and_look "{\"text\": \"$label\"}" ;;
    number) say_and_look '{"text": "1"}' ;;
  esac
  [[ $(last script) == "$wanted" && $wanted != null ]] || fail "the first choice by $way leads to $(last script), by press to $wanted"
done
say_and_look "{\"press\": \"$id\"}"
((${#answer[@]} == 1)) || fail "a press that is no longer open gets one line"
[[ $(last private) == true && $(last script) == "$wanted" ]] || fail "a press that is no longer open changes nothing"

# --- flags ---

say_and_look '{"text": "stop"}'
say_and_look '{"text": "my chest feels tight and my heart is racing, i am having a panic attack"}'
[[ $(last intent) == panic && $(last level) == none && $(last flags) == *heart* ]] || fail "a tight chest in a panic is panic with the flag heart"

# --- each person has a room of their own ---

say_and_look '{"text": "hello", "from": "ann"}'
[[ $(last to) == ann && $(last room) == dm && $(last script) == hello ]] || fail "Ann's private room is her own: $(last script)"

# --- groups ---

say '{"text": "hello", "from": "ann", "room": "group:tea"}'
says_nothing
say_and_look '{"text": "hello", "from": "ann", "room": "group:tea", "mention": true}'
[[ $(last room) == group:tea && $(last private) == false ]] || fail "a hello in a group is answered there"
choice
annes=${BASH_REMATCH[1]}
before=$(last script)
say_and_look '{"text": "hello", "from": "ben", "room": "group:tea", "mention": true}'
choice
say_and_look '{"text": "stop", "from": "ben", "room": "group:tea", "mention": true}'
say_and_look "{\"press\": \"$annes\", \"from\": \"ben\", \"room\": \"group:tea\"}"
((${#answer[@]} == 1)) || fail "a press by somebody it was not offered to gets one line"
[[ $(last room) == dm && $(last to) == ben && $(last private) == true ]] || fail "that line is for the one who pressed alone"
say_and_look "{\"press\": \"$annes\", \"from\": \"cleo\", \"room\": \"group:tea\"}"
for line in "${answer[@]}"; do
  [[ $(value to "$line") == cleo && $(value private "$line") == true && $(value room "$line") == dm ]] || fail "a stranger's press speaks in the room"
done
say_and_look "{\"press\": \"$annes\", \"from\": \"ann\", \"room\": \"group:tea\"}"
[[ $(last room) == group:tea && $(last script) != "$before" ]] || fail "after the strangers' presses Ann's own no longer works"

say_and_look '{"text": "I want to kill myself", "from": "ben", "room": "group:tea"}'
((${#answer[@]})) || fail "a crisis in a group must be answered, addressed or not"
for line in "${answer[@]}"; do
  [[ $(value to "$line") == ben && $(value private "$line") == true && $(value room "$line") == dm ]] || fail "a crisis in a group is answered in private"
done
[[ $(value intent "${answer[0]}") == crisis_suicide && $(value level "${answer[0]}") != none ]] || fail "a crisis has its label and a level"

# --- ids: unique for all time, sorting by age ---

close_talk
((code == 0)) || fail "the end of input is exit code 0, not $code"
((${#answer[@]} == 0)) || fail "something came after the last \"done\""
open_talk --data "$scratch/data"
say '{"text": "hello", "id": "in-1"}'
says_nothing
say_and_look '{"text": "hello", "id": "in-2"}'
close_talk
((${#ids[@]} > 30)) || fail "only ${#ids[@]} ids were seen"
[[ $(printf '%s\n' "${ids[@]}" | sort -u | wc -l) == "${#ids[@]}" ]] || fail "an id came twice"
[[ $(printf '%s\n' "${ids[@]}") == $(printf '%s\n' "${ids[@]}" | LC_ALL=C sort) ]] || fail "the ids do not sort by age"

# --- the clock ---

open_talk --memory --now 2026-11-24T22:40:00+01:00
say_and_look '{"text": "hello"}'
for line in "${answer[@]}"; do [[ $(value at "$line") == 2026-11-24T21:40:00Z ]] || fail "with --now the clock stands"; done
say '{"at": "2026-11-24T23:00:00Z"}'
says_nothing
say_and_look '{"text": "stop"}'
[[ $(last at) == 2026-11-24T23:00:00Z ]] || fail "\"at\" alone does not move the clock: it is $(last at)"
say_and_look '{"text": "hello", "at": "2026-11-25T00:10:00.5+00:00"}'
[[ $(last at) == 2026-11-25T00:10:00.500Z ]] || fail "a line is not answered at its own \"at\", but at $(last at)"
say_and_look '{"text": "stop"}'
[[ $(last at) == 2026-11-25T00:10:00.500Z ]] || fail "the clock does not stand between two \"at\""
close_talk

open_talk --memory
say_and_look '{"text": "hello"}'
[[ $(last at) != 2031-* ]] || fail "the clock is not the real one before the first \"at\""
say_and_look '{"text": "stop", "at": "2031-01-01T00:00:00Z"}'
[[ $(last at) == 2031-01-01T00:00:00Z ]] || fail "the first \"at\" does not set the clock"
say_and_look '{"text": "hello"}'
[[ $(last at) == 2031-01-01T00:00:00Z ]] || fail "after the first \"at\" the clock does not stand"
close_talk

# --- paced lines come at once, each with its pause ---

open_talk --memory
say_and_look '{"text": "/breathing"}'
say_and_look '{"text": "none of these"}'
say_and_look '{"text": "one minute"}'
pauses=0
for line in "${answer[@]}"; do
  if (($(value after "$line") > 0)); then pauses=$((pauses + 1)); fi
done
((pauses > 3)) || fail "a minute of breathing has $pauses lines with a pause before them"
[[ $(last choices) != '[]' ]] || fail "the choices stand at the last paced line"
close_talk

# --- zone and locale are the platform's word; what a person says wins ---

open_talk --memory
say_and_look '{"text": "I want to kill myself", "zone": "Europe/Berlin"}'
says 'TelefonSeelsorge'
close_talk
open_talk --memory
say_and_look '{"text": "I live in Leeds"}'
say_and_look '{"text": "I want to kill myself", "zone": "Europe/Berlin", "locale": "ja"}'
says 'Samaritans'
close_talk

# --- delete and file ---

open_talk --data "$scratch/data"
say_and_look '{"text": "hello", "from": "dora"}'
mapfile -t said < <(for line in "${answer[@]}"; do value id "$line" && echo; done)
say '{"text": "export my data", "from": "dora"}'
file=
for line in "${answer[@]}"; do
  case $(value kind "$line") in
    file) file=$line ;;
    say) said+=("$(value id "$line")") ;;
  esac
done
[[ -n $file ]] || fail "an export hands out a file"
[[ $(value media_type "$file") == application/json && $(value name "$file") == *.json ]] || fail "the file has no name or no type: $file"
path=$(value path "$file")
[[ $path == "$scratch/data/exports/"* && -s $path ]] || fail "the file does not lie in DIR/exports: $path"
[[ $(stat -c %a "$path") == 600 ]] || fail "the file can be read by others: $(stat -c %a "$path")"
say '{"text": "exit", "from": "dora"}'
deleted=()
for line in "${answer[@]}"; do
  [[ $(value kind "$line") == delete ]] || fail "\"exit\" says something: $line"
  deleted+=("$(value id "$line")")
done
[[ "${deleted[*]}" == "${said[*]}" ]] || fail "\"exit\" deletes ${deleted[*]}, but what was said is ${said[*]}"
close_talk

# --- the words that work in every state are never read as a danger ---

for words in stop help exit why back again "go on" slower shorter "something else" "not helping" "it's not helping" "remember me" \
             "don't remember me" "what do you know" "export my data" "delete my data" "forget me" quiet reminders undo; do
  printf '{"text": "%s"}\n' "$words"
done >"$scratch/words"
"$NURTURER" classify --content "$top" <"$scratch/words" >"$scratch/out.txt" || fail "classify ended with $? on the words that work in every state"
while IFS= read -r words <&3 && IFS= read -r line <&4; do
  [[ $(value level "$line") == none ]] || fail "read as $(value intent "$line"), level $(value level "$line"): $words"
done 3<"$scratch/words" 4<"$scratch/out.txt"

# --- the end of input in the middle of a line ---

printf '{"text": "hello"}' | "$NURTURER" chat --json --memory --content "$top" >"$scratch/out.txt" || fail "a last line without its end is an error"
[[ $(tail -n 1 "$scratch/out.txt") == '{"kind":"done"}' && $(wc -l <"$scratch/out.txt") -ge 3 ]] || fail "a last line without its end is not answered"
