#!/usr/bin/env bash
# What is kept and what is not: consent, kill -9 in a script, going on or starting clean, and "forget me" searched for in every file.
# shellcheck source-path=SCRIPTDIR source=lib/talk.sh
source "$(dirname "$0")/lib/talk.sh"

data=$scratch/data

in_breathing() {
  say '{"text": "/breathing"}'
  stands_at breathing check
  say '{"text": "none of these"}'
  stands_at breathing form
}

# files_with BYTES...: which files of the data folder hold one of these (hexadecimal), the key file aside.
files_with() {
  local file hex wanted
  for file in "$data"/*; do
    if [[ ! -f $file || $file == */key ]]; then continue; fi
    hex=$(od -An -v -tx1 "$file" | tr -d ' \n')
    for wanted in "$@"; do
      if [[ $hex == *"$wanted"* ]]; then printf '%s ' "${file##*/}"; break; fi
    done
  done
}
hex_of() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n'; }

# What a person is kept as: HMAC-SHA-256 of their packed id under the subkey of names (src/store/vault.hpp). Empty without openssl.
packed() { local field; for field in "$@"; do printf '%016x' "${#field}"; hex_of "$field"; done; }
digest_of() {
  command -v openssl >/dev/null || return 0
  local key names
  key=$(od -An -v -tx1 "$data/key" | tr -d ' \n')
  names=$(openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt "hexkey:$key" -kdfopt "info:nurturer store 1: names" HKDF | tr -d ':\n')
  packed person "$1" | sed 's/../\\x&/g' | { read -r bytes; printf '%b' "$bytes"; } |
    openssl mac -digest SHA256 -macopt "hexkey:$names" HMAC | tr 'A-F' 'a-f' | tr -d ':\n'
}

# The words that a person might find again: their name on the platform, what they said, what they told, where they stood.
words=(sandra "console:sandra" Leeds leeds London lantern breathing talk: call_me '"setup"')
hex_words=()
for word in "${words[@]}"; do hex_words+=("$(hex_of "$word")"); done

# --- without consent: nothing is kept, and after kill -9 it starts clean ---

open_talk --data "$data"
say '{"text": "I live in Leeds", "from": "sandra"}'
say '{"text": "there is a lantern in my window", "from": "sandra"}'
in_breathing
kill_talk
found=$(files_with "${hex_words[@]}")
[[ -z $found ]] || fail "without consent something of the talk lies in clear in: $found"
open_talk --data "$data"
say '{"text": "what do you know", "from": "sandra"}'
if [[ "${answer[*]}" =~ Kingdom|London ]]; then fail "without consent the country outlived the process"; fi
[[ ${#answer[@]} == 2 ]] || fail "without consent the disclosure is said anew in a new process"
say '{"text": "again"}'
[[ $(last script) == null ]] || fail "without consent the script outlived the process"
close_talk
((code == 0)) || fail "the end of input is exit code 0, not $code"

# --- with consent: kill -9 in a script, and it goes on where it was ---

open_talk --data "$data"
say '{"text": "I live in Leeds", "from": "sandra"}'
say '{"text": "remember me", "from": "sandra"}'
[[ $(last intent) != crisis_* && $(last level) == none ]] || fail "\"remember me\" is read as $(last intent), level $(last level)"
say '{"text": "what do you know", "from": "sandra"}'
says 'United Kingdom'
say '{"text": "remember me"}'
in_breathing
kill_talk
found=$(files_with "${hex_words[@]}")
[[ -z $found ]] || fail "what is kept lies in clear in: $found"
digest=$(digest_of console:sandra)
if [[ -n $digest ]]; then
  [[ -n $(files_with "$digest") ]] || fail "the search for Sandra's hash finds nothing where it must stand: the search is wrong"
else
  printf 'forget: no openssl here, so hashed ids are not searched for\n' >&2
fi

open_talk --data "$data"
say '{"text": "one minute"}'
stands_at breathing one
say '{"text": "what do you know", "from": "sandra"}'
says 'United Kingdom'

# --- forget me: nothing of her in any file, while the program runs, after kill -9, and after an orderly end ---

say '{"text": "forget me", "from": "sandra"}'
[[ $(last level) == none && $(last script) == null ]] || fail "\"forget me\" is read as $(last intent), level $(last level)"
nothing_left() {
  local found
  found=$(files_with "${hex_words[@]}" ${digest:+"$digest"})
  [[ -z $found ]] || fail "after \"forget me\" ($1) something of her, plain or hashed, is in: $found"
}
nothing_left "the program runs"
kill_talk
nothing_left "kill -9"
open_talk --data "$data"
nothing_left "the next start"
say '{"text": "what do you know", "from": "sandra"}'
if [[ "${answer[*]}" =~ Kingdom|London ]]; then fail "after \"forget me\" the country is still known"; fi
close_talk
nothing_left "an orderly end"

# --- somebody else is not forgotten with her ---

open_talk --data "$data"
say '{"text": "again"}'
stands_at breathing one
say '{"text": "don'\''t remember me"}'
close_talk
open_talk --data "$data"
say '{"text": "again"}'
[[ $(last script) == null ]] || fail "after \"don't remember me\" the talk outlived the process"
close_talk

# --- a database that was killed over and over is sound ---

open_talk --data "$data"
say '{"text": "remember me"}'
in_breathing
kill_talk
for ((i = 0; i < 5; ++i)); do
  open_talk --data "$data"
  say '{"text": "again"}'
  stands_at breathing form
  printf '{"text": "back"}\n' >&"$to_talk"
  kill_talk
done
open_talk --data "$data"
say '{"text": "what do you know"}'
close_talk
((code == 0)) || fail "after five times kill -9 the program ends with $code"
if command -v sqlite3 >/dev/null; then
  [[ $(sqlite3 "$data/nurturer.db" 'PRAGMA integrity_check') == ok ]] || fail "the database is not sound after kill -9"
fi

# --- what nobody came back to goes by itself, 180 days later ---

open_talk --data "$data" --now 2026-01-01T12:00:00Z
say '{"text": "I live in Leeds", "from": "idle"}'
say '{"text": "remember me", "from": "idle"}'
close_talk
open_talk --data "$data" --now 2026-06-01T12:00:00Z
close_talk
open_talk --data "$data" --now 2026-06-02T12:00:00Z
say '{"text": "what do you know", "from": "idle"}'
says 'United Kingdom'
close_talk
open_talk --data "$data" --now 2027-06-01T12:00:00Z
say '{"text": "what do you know", "from": "idle"}'
if [[ "${answer[*]}" =~ Kingdom ]]; then fail "after a year without a word it is still known where somebody lives"; fi
close_talk

# --- memory keeps nothing at all ---

mkdir "$scratch/home"
export HOME=$scratch/home XDG_DATA_HOME=$scratch/home/data
open_talk --memory
say '{"text": "remember me"}'
say '{"text": "hello", "id": "1"}'
close_talk
[[ -z $(find "$scratch/home" -type f) ]] || fail "chat --memory wrote to the disk: $(find "$scratch/home" -type f)"
