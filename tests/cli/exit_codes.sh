#!/usr/bin/env bash
# The exit codes that other programs and service managers rely on.
# shellcheck source-path=SCRIPTDIR source=lib/talk.sh
source "$(dirname "$0")/lib/talk.sh"

small=$top/tests/fixtures/content_small
export HOME=$scratch/home XDG_DATA_HOME=$scratch/home/data

# --- 0 ---

ends_with 0 "$NURTURER" --help
grep -q chat "$scratch/out.txt" || fail "--help does not name the commands"
ends_with 0 "$NURTURER" --version
grep -qE '^nurturer [0-9]+\.[0-9]+\.[0-9]+' "$scratch/out.txt" || fail "--version tells: $(<"$scratch/out.txt")"
for command in chat classify eval explain check run doctor; do
  ends_with 0 "$NURTURER" "$command" --help
  [[ -s $scratch/out.txt ]] || fail "$command --help says nothing"
done
ends_with 0 "$NURTURER" chat --memory --content "$small"
ends_with 0 "$NURTURER" chat --json --memory --content "$small"
ends_with 0 "$NURTURER" classify --content "$small"
ends_with 0 "$NURTURER" explain --content "$small" "i am in panic"
ends_with 0 "$NURTURER" check "$small"

# --- 64: called wrongly ---

for wrong in "" "nonsense" "chat --nonsense" "chat --now nonsense --memory" "chat --now 2026-11-24" "chat --memory --zone Nowhere/Land" "chat --memory --region ZZ" "chat --memory --region UK" "chat --data" "eval" "explain" "run" "doctor" \
             "classify a b c"; do
  read -ra words <<<"$wrong"
  ends_with 64 "$NURTURER" "${words[@]}"
  [[ -s $scratch/err.txt ]] || fail "\"nurturer $wrong\" does not say what is wrong"
done

# --- 65: bad input data ---

rows=$scratch/rows.jsonl
printf '%s\n' '{"text": "i am in panic", "label": "panic"}' '' >"$rows"
ends_with 0 "$NURTURER" eval --content "$small" "$rows"
for bad in '{"text": "hello", "label": "no_such_label"}' '{"label": "panic"}' '{"text": "hello"}' 'hello' '["hello"]' \
           '{"text": "hello", "label": "none", "also": ["no_such_label"]}' $'{"text": "\xff", "label": "none"}'; do
  printf '%s\n%s\n' '{"text": "i am in panic", "label": "panic"}' "$bad" >"$rows"
  ends_with 65 "$NURTURER" eval --content "$small" "$rows"
  tells 'rows\.jsonl:2: '
  grep -q 'accuracy' "$scratch/out.txt" || fail "a bad line hides the figures of the good ones"
done
ends_with 65 "$NURTURER" eval --content "$small" "$scratch/no_such_file"
tells 'no_such_file'
grep -qF 'in panic' "$scratch/err.txt" && fail "an error holds the text of a message"

code=0
printf '%s\n' '{"text": "i am in panic"}' 'hello' '{"text": 3}' '{"text": "hello", "setting": "bus"}' '{"text": "i am in panic", "setting": "group"}' |
  "$NURTURER" classify --content "$small" >"$scratch/out.txt" || code=$?
((code == 65)) || fail "classify with bad lines ended with $code, not 65"
mapfile -t out <"$scratch/out.txt"
((${#out[@]} == 5)) || fail "classify answers 5 lines with ${#out[@]}"
for i in 1 2 3; do [[ ${out[i]} == '{"error":'* ]] || fail "line $((i + 1)) is bad, and classify says: ${out[i]}"; done
for i in 0 4; do [[ ${out[i]} == '{"intent":"panic",'* ]] || fail "a bad line moved the others: ${out[i]}"; done
[[ ${out[0]} =~ \"subject\":\"self\",\"level\":\"none\",\"flags\":\[\],\"rule\":\"intents/en/panic.toml:[0-9]+\",\"confidence\":[01](\.[0-9]+)?,\"alternatives\":\[.*\],\"evidence\":\[\{\"source\":\"intents/en/panic.toml:[0-9]+\",\"span\":\[5,13\]\} ]] ||
  fail "classify's line has not the fields of the contract: ${out[0]}"

# --- 75: the folder is in use ---

open_talk --data "$scratch/data"
say '{"text": "hello"}'
ends_with 75 "$NURTURER" chat --json --data "$scratch/data" --content "$small"
tells 'in use'
[[ ! -s $scratch/out.txt ]] || fail "a second program on the folder says something"
ends_with 0 "$NURTURER" chat --memory --content "$small"
say '{"text": "stop"}'
kill_talk
ends_with 0 "$NURTURER" chat --json --data "$scratch/data" --content "$small"

# --- 78: configuration, content, key ---

config=$scratch/nurturer.toml
configured() { printf '%s\n' "$@" >"$config"; }
refused() { ends_with 78 "$NURTURER" "$@"; }

refused chat --memory --content "$scratch/nowhere"
refused check "$scratch/nowhere"
for command in chat run doctor; do
  refused "$command" --config "$scratch/no_such_file.toml"
  tells 'no_such_file\.toml'
done
configured 'region = "GB"' '[stroe]' 'path = "data"'
for command in chat run doctor; do
  refused "$command" --config "$config"
  tells 'nurturer\.toml:2: .*stroe.*store'
done
configured 'region = "Britain"' 'language = 3' '[limits]' 'answer_within = "soon"' 'idle_days = 0'
refused chat --config "$config"
for line in 1 2 4 5; do tells "nurturer\.toml:$line: "; done
configured 'region = "GB'
refused chat --config "$config"
tells 'nurturer\.toml:1: '
configured 'region = "GB"' "content = \"$small\"" '[store]' 'path = "kept"'
ends_with 0 "$NURTURER" chat --json --config "$config"
[[ -f $scratch/kept/key ]] || fail "[store] path is not taken from the configuration's folder"
refused run --config "$config"
tells 'platform'
configured "content = \"$small\"" '[matrix]' 'homeserver = "https://example.org"'
refused run --config "$config"
tells 'nurturer\.toml:2: .*user'

printf '%032d' 7 >"$scratch/data/key"
refused chat --json --data "$scratch/data" --content "$small"
tells 'key'
rm "$scratch/data/key"
refused chat --json --data "$scratch/data" --content "$small"
tells 'missing'
[[ ! -e $scratch/data/key ]] || fail "a new key was made beside a database that was sealed with another"
if command -v sqlite3 >/dev/null; then
  sqlite3 "$scratch/kept/nurturer.db" 'UPDATE schema_version SET version = 999'
  configured "content = \"$small\"" '[store]' 'path = "kept"'
  refused chat --json --config "$config"
  tells 'version 999'
fi

# --- nothing of this was written elsewhere ---

[[ -z $(find "$scratch/home" -type f 2>/dev/null) ]] || fail "files were made in the home folder: $(find "$scratch/home" -type f)"
