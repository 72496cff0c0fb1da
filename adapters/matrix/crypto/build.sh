#!/usr/bin/env bash
# build.sh CARGO CACHE OUTPUT: the encryption engine as a static library. CACHE is one folder for all presets and checkouts: what the crate
# stands on takes minutes to build and is the same everywhere. The lock keeps two checkouts from taking each other's library.
set -euo pipefail
cargo=$1 cache=$2 output=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$cache"
exec {lock}>"$cache/lock"
flock "$lock"
# No folder of this machine in the library. That of the checkout is named to our own crate alone: RUSTFLAGS that differ would build all
# crates anew for each checkout.
export RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo"
# What a C++ build or a test around it exports is none of cargo's.
unset CFLAGS CXXFLAGS LDFLAGS ASAN_OPTIONS UBSAN_OPTIONS
nice "$cargo" rustc --quiet --release --locked --lib --manifest-path "$here/Cargo.toml" --target-dir "$cache/target" -- \
  --remap-path-prefix="$here=/crypto"
cp -- "$cache/target/release/libnurturer_matrix_crypto.a" "$output"
