#!/usr/bin/env bash
# Each idea of the method has a script, words that lead there and a whole talk that shows it, and docs/rows.md tells the truth about it.
set -euo pipefail

fail() { printf 'rows: %s\n' "$*" >&2; exit 1; }

told=$("$NURTURER" check --rows)
shown=$(grep '^|' <<<"$told")
written=$(grep '^|' docs/rows.md)
rows=0 asked='' leads=''
while IFS='|' read -r _ row name scripts phrases talks _; do
  row=${row// /} name=${name// /}
  [[ $row =~ ^[0-9]+$ ]] || continue
  rows=$((rows + 1))
  [[ $scripts != ' - ' ]] || fail "row $row ($name) has no script"
  [[ $scripts == *" $name"[\ ,]* ]] || fail "row $row has no script of its name, $name"
  [[ $phrases != ' - ' ]] || fail "row $row ($name) is reached by nothing but its name"
  [[ $talks != ' - ' ]] || fail "no talk in tests/conversations shows row $row ($name)"
  # By its name, as a person types it: each a person of their own, in one sitting for all of them.
  asked+="{\"text\": \"/${name//_/ }\", \"from\": \"row$row\"}"$'\n'
  leads+="row$row $name"$'\n'
done <<<"$shown"
((rows == 33)) || fail "there are 33 ideas, and the table has $rows"
[[ $shown == "$written" ]] || fail "docs/rows.md is not what check --rows says; write its table anew: build/release/nurturer check --rows | grep '^|'"

answers=$(printf '%s' "$asked" | "$NURTURER" chat --json --memory --region GB)
while read -r person name; do
  step=$(grep "\"to\":\"$person\"" <<<"$answers" | grep -o '"script":"[a-z_]*"' | tail -1)
  [[ $step == "\"script\":\"$name\"" ]] || fail "/${name//_/ } does not lead to $name"
done < <(printf '%s' "$leads")
