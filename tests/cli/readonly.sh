#!/usr/bin/env bash
# A store on a disk that cannot be written, or that is full: help still comes, and one line says that nothing can be kept.
# shellcheck source-path=SCRIPTDIR source=lib/talk.sh
source "$(dirname "$0")/lib/talk.sh"

disk=$scratch/disk
mkdir "$disk"
if ! mount -t tmpfs -o size=4m,mode=700 nurturer_test "$disk" 2>/dev/null; then
  # An ordinary user may mount in a namespace of their own, where the kernel lets them.
  if [[ -z ${NURTURER_IN_NAMESPACE:-} ]] && unshare --user --map-root-user --mount true 2>/dev/null; then
    NURTURER_IN_NAMESPACE=1 unshare --user --map-root-user --mount bash "$0"
    exit
  fi
  printf 'readonly: SKIPPED. No small disk can be mounted here, so nothing was tested of full and read-only disks.\n' >&2
  exit 77
fi
clean_up_more() { umount -l "$disk"; }

# The lines that say so, as the content has them: variants of the step not_kept.
mapfile -t not_kept < <(awk '/^id *= *"not_kept"/ { here = 1 } here && /^\]/ { exit } here && /^  "/ { sub(/^  "/, ""); sub(/",$/, ""); print }' \
  "$top/responses/en/common.toml")
((${#not_kept[@]} > 0)) || fail "no variants of the step common.not_kept were found in responses/en/common.toml"

times_told=0
hears() {
  say "$1"
  local line variant
  for line in "${answer[@]}"; do
    for variant in "${not_kept[@]}"; do
      if [[ $(value text "$line") == *"$variant"* ]]; then times_told=$((times_told + 1)); fi
    done
  done
}

# What must come, whatever the disk does: a crisis is answered with the region's lines, an exercise is led; told once, and no more.
helps() {
  local what=$1
  times_told=0
  open_talk --data "$disk/data" --region GB
  hears '{"text": "hello", "id": "a"}'
  ((${#answer[@]} >= 2)) || fail "$what: a hello is not answered"
  ((times_told == 1)) || fail "$what: it is told $times_told times in the first answer that nothing can be kept"
  hears '{"text": "hello", "id": "a"}'
  says_nothing
  hears '{"text": "/breathing"}'
  stands_at breathing check
  hears '{"text": "none of these"}'
  stands_at breathing form
  hears '{"text": "i want to kill myself"}'
  [[ $(value level "${answer[0]}") == crisis ]] || fail "$what: the net does not hear"
  says 'Samaritans: 116 123'
  hears '{"text": "next"}'
  [[ $(last script) == safety.* ]] || fail "$what: the crisis is not held"
  hears '{"text": "what do you know", "from": "ann"}'
  ((times_told == 2)) || fail "$what: Ann, in a talk of her own, is told once: $times_told in all, not 2"
  ((${#answer[@]} <= 3)) || fail "$what: more than three messages in one answer"
  close_talk
  ((code == 0)) || fail "$what: the talk ended with $code"
}

# Without a disk that can be written, "remember me" and "forget me" promise nothing.
promises_nothing() {
  local what=$1
  open_talk --data "$disk/data" --region GB
  say '{"text": "remember me", "from": "cleo"}'
  if [[ "${answer[*]}" =~ "From now on I keep" ]]; then fail "$what: \"remember me\" promises what cannot be kept"; fi
  close_talk
}

fill_up() { dd if=/dev/zero of="$disk/full" bs=1k status=none 2>/dev/null || true; }

# --- a read-only folder without anything in it ---

mount -o remount,bind,ro "$disk"
helps "an empty read-only disk"
promises_nothing "an empty read-only disk"

# --- a full disk without anything in it ---

mount -o remount,bind,rw "$disk"
fill_up
helps "a full disk"
promises_nothing "a full disk"
rm "$disk/full"

# --- what was kept before can still be read ---

rm -rf "$disk/data"
open_talk --data "$disk/data" --region GB
say '{"text": "I live in Dublin", "from": "dora"}'
say '{"text": "remember me", "from": "dora"}'
close_talk
mount -o remount,bind,ro "$disk"
helps "a read-only disk with a store on it"
promises_nothing "a read-only disk with a store on it"
open_talk --data "$disk/data"
say '{"text": "what do you know", "from": "dora"}'
says 'Ireland'
# Nothing can be deleted here, so nothing may be said to be.
say '{"text": "forget me", "from": "dora"}'
if [[ "${answer[*]}" =~ "Your key is destroyed" ]]; then fail "\"forget me\" claims what a read-only disk does not allow"; fi
close_talk
mount -o remount,bind,rw "$disk"
fill_up
helps "a full disk with a store on it"
rm "$disk/full"

# --- the disk fills up in the middle of a talk, and has room again ---

open_talk --data "$disk/data" --region GB
times_told=0
hears '{"text": "remember me", "from": "eve"}'
hears '{"text": "I live in Leeds", "from": "eve"}'
((times_told == 0)) || fail "it is told that nothing can be kept while all is well"
fill_up
# What fits into the free end of the log may still be written: many turns, until it does not.
for ((i = 0; i < 400 && times_told == 0; ++i)); do hears '{"text": "hello", "from": "eve"}'; ((${#answer[@]})) || fail "no answer on a disk that fills up"; done
((times_told == 1)) || fail "after $i turns on a full disk nobody is told that nothing can be kept"
hears '{"text": "i want to kill myself", "from": "eve"}'
says 'Samaritans'
((times_told == 1)) || fail "it is told again in the same talk"
rm "$disk/full"
hears '{"text": "what do you know", "from": "eve"}'
says 'United Kingdom'
close_talk
((code == 0)) || fail "a talk over a full disk ended with $code"
open_talk --data "$disk/data"
say '{"text": "what do you know", "from": "eve"}'
says 'United Kingdom'
say '{"text": "what do you know", "from": "dora"}'
says 'Ireland'
close_talk
