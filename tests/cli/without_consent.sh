#!/usr/bin/env bash
# A whole talk in which somebody tells everything of themselves: without their yes not one byte of it is on the disk, and no row is theirs; what
# they take back later, or all of it at "forget me", is in no byte either. The files are read as they lie there, the database with SQL too.
# shellcheck source-path=SCRIPTDIR source=lib/talk.sh
source "$(dirname "$0")/lib/talk.sh"

data=$scratch/data

# What only this person says. Some words stand in the program's own texts too, so none of these does.
secrets=(Annabel Winnifred Glenbrook Rosaleen boathouse kingfisher quietly Marguerite rhubarb Leeds)
printf '%s\n' "${secrets[@]}" >"$scratch/secrets"

# Every file of the data folder but the key, in any spelling of capitals; also as UTF-16, as some tools store text.
files_with_secrets() {
  python3 - "$data" "$scratch/secrets" <<'PYTHON'
import pathlib, sys
folder, words = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text().split()
for file in sorted(folder.rglob("*")):
    if not file.is_file() or file.name == "key":
        continue
    held = file.read_bytes().lower()
    for word in words:
        if word.lower().encode() in held or word.lower().encode("utf-16-le") in held:
            print(f"{file.name}:{word}")
PYTHON
}
nothing_of_it() {
  local found
  found=$(files_with_secrets)
  [[ -z $found ]] || fail "$1: something of what was said lies in $found"
}
rows_of() {
  python3 - "$data/nurturer.db" "$1" <<'PYTHON'
import sqlite3, sys
base = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
print(base.execute(f"SELECT count(*) FROM {sys.argv[2]}").fetchone()[0])
PYTHON
}

# forgotten WHEN TABLE...: the tables are empty, and the next process knows nothing of the person.
forgotten() {
  local when=$1 table
  for table in "${@:2}"; do
    [[ $(rows_of "$table") == 0 ]] || fail "$when there are rows in $table"
  done
  open_talk --data "$data"
  say '{"text": "what do you know about me"}'
  if [[ "${answer[*]}" =~ Annabel|Winnifred|boathouse|Rosaleen|Kingdom ]]; then fail "$when it is known in the next process"; fi
  close_talk
}
tell_everything() {
  say '{"text": "my name is Annabel"}'
  says 'Annabel'
  say '{"text": "my little me is called Winnifred"}'
  say '{"text": "she is 6"}'
  say '{"text": "my safe place is the boathouse at Glenbrook with the kingfisher"}'
  says 'boathouse'
  say '{"text": "my nurturer is my aunt Rosaleen"}'
  say '{"text": "i can call my friend Marguerite"}'
  say '{"text": "I live in Leeds"}'
}
a_whole_talk() {
  say '{"text": "he hasnt answered since lunch, i ate rhubarb and waited. he is going to leave me"}'
  say '{"text": "idk"}'
  say '{"text": "7"}'
  say '{"text": "that he found somebody like Marguerite"}'
  say '{"text": "quietly nothing since lunch"}'
  say '{"text": "just listen"}'
  say '{"text": "Rosaleen would know what to say to Annabel"}'
  say '{"text": "enough"}'
  say '{"text": "thank you, good night"}'
}

# The search must be able to find: where one of the words does lie, it is told.
mkdir -p "$data"
printf 'xx ROSALEEN xx' >"$data/probe"
[[ $(files_with_secrets) == probe:Rosaleen ]] || fail "the search finds nothing where a word stands"
rm "$data/probe"

# --- without consent ---

open_talk --data "$data"
tell_everything
a_whole_talk
nothing_of_it "without consent, while the program runs"
say '{"text": "what do you know about me"}'
says 'Annabel'  # it knows within the talk
kill_talk
nothing_of_it "without consent, after kill -9"
forgotten "without consent" persons records timers
nothing_of_it "without consent, after an orderly end"

# --- with consent: sealed; what is forgotten is gone ---

open_talk --data "$data"
say '{"text": "remember me"}'
tell_everything
[[ $(rows_of persons) == 1 ]] || fail "with consent there is no row, so the count above shows nothing"
nothing_of_it "with consent: what is kept is sealed"
close_talk
open_talk --data "$data"
say '{"text": "what is my safe place"}'
says 'boathouse'
say '{"text": "forget my safe place"}'
nothing_of_it "after \"forget my safe place\""
close_talk
open_talk --data "$data"
say '{"text": "what do you know about me"}'
says 'Annabel'
if [[ "${answer[*]}" =~ boathouse|kingfisher ]]; then fail "the forgotten place is still known"; fi
a_whole_talk
nothing_of_it "a whole talk with consent"
say '{"text": "forget me"}'
nothing_of_it "after \"forget me\", while the program runs"
kill_talk
nothing_of_it "after \"forget me\" and kill -9"
forgotten "after \"forget me\"" persons records
