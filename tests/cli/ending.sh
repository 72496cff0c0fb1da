#!/usr/bin/env bash
# `nurturer run`: SIGTERM ends it in order within 5 s with 0, a second one on the same store is told to try later, what cannot work ends at once.
# shellcheck source-path=SCRIPTDIR source=lib/talk.sh
source "$(dirname "$0")/lib/talk.sh"

config=$scratch/nurturer.toml
printf 'no-such-token' >"$scratch/token"
chmod 600 "$scratch/token"
# A port on which nobody listens: Discord is unreachable, and the service tries again for as long as it runs.
printf '%s\n' "content = \"$top\"" '[store]' "path = \"$scratch/data\"" '[discord]' 'token_file = "token"' \
  'api_base = "http://127.0.0.1:1/api/v10"' >"$config"

service_pid=
clean_up_more() { [[ -z $service_pid ]] || kill -9 "$service_pid" 2>/dev/null; }

"$NURTURER" run --config "$config" 2>"$scratch/service.txt" &
service_pid=$!

# It holds the store as soon as it runs.
held=
for ((i = 0; i < 300; i++)); do
  kill -0 "$service_pid" 2>/dev/null || fail "the service ended by itself: $(head -c 600 "$scratch/service.txt")"
  if [[ -e $scratch/data/nurturer.db ]]; then held=1; break; fi
  sleep 0.1
done
[[ -n $held ]] || fail "the service did not open its store within 30 s"
sleep 1

second=0
"$NURTURER" run --config "$config" 2>"$scratch/second.txt" || second=$?
((second == 75)) || fail "a second service on the same store ends with $second, not 75: $(head -c 600 "$scratch/second.txt")"

begin=$SECONDS
kill -TERM "$service_pid"
at_end=0
wait "$service_pid" || at_end=$?
service_pid=
((at_end == 0)) || fail "after SIGTERM the service ends with $at_end: $(head -c 600 "$scratch/service.txt")"
((SECONDS - begin <= 5)) || fail "SIGTERM took $((SECONDS - begin)) s"
if grep -q 'no-such-token' "$scratch/service.txt"; then fail "the token stands in the log"; fi

# The store was let go.
"$NURTURER" chat --json --content "$top" --data "$scratch/data" </dev/null || fail "the store cannot be opened after the service"

# No platform that could ever work: 78, with what to do.
rm "$scratch/token"
refused=0
"$NURTURER" run --config "$config" 2>"$scratch/refused.txt" || refused=$?
((refused == 78)) || fail "without its token it ends with $refused, not 78"
grep -q "$scratch/token" "$scratch/refused.txt" || fail "the missing file is not named: $(head -c 600 "$scratch/refused.txt")"
