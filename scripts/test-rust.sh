#!/usr/bin/env bash
# The tests of the whole workspace, by nextest where it is at hand.

. "$(dirname "$0")/lib.sh"

if command -v cargo-nextest >/dev/null; then
  exec cargo nextest run --manifest-path "$root/Cargo.toml" --workspace --no-fail-fast "$@"
fi
exec cargo test --manifest-path "$root/Cargo.toml" --workspace --no-fail-fast "$@"
