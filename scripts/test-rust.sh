#!/usr/bin/env bash
# The tests of the whole workspace, by nextest where it is at hand.

. "$(dirname "$0")/lib.sh"

if command -v cargo-nextest >/dev/null; then
  # Two at a time for each processor: most of a test is waiting for a deadline or a process.
  at_once=$((2 * $(getconf _NPROCESSORS_ONLN)))
  exec cargo nextest run --manifest-path "$root/Cargo.toml" --workspace --no-fail-fast --test-threads "$at_once" "$@"
fi
exec cargo test --manifest-path "$root/Cargo.toml" --workspace --no-fail-fast "$@"
