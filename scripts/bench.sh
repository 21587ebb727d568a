#!/usr/bin/env bash
# Builds the release and measures it. Words after it go to the bench: scripts/bench.sh 15 (runs)

. "$(dirname "$0")/lib.sh"

"$root/scripts/toolchain.sh"
"$root/scripts/packages.sh" test
"$root/scripts/ui.sh"
"$root/scripts/npm.sh" tests/e2e
"$root/scripts/chromium.sh"
say "Building the release; the first time takes up to ten minutes …"
cargo build --manifest-path "$root/Cargo.toml" --release --workspace --exclude evergrant-bench --exclude evergrant-soak --bins
"$root/scripts/command.sh"
# By itself, since it needs the fakes that what is shipped must not have.
cargo build --manifest-path "$root/Cargo.toml" --release --package evergrant-bench
say "Measuring …"
EVERGRANT_BUILD=release node "$root/tests/bench/run.mjs" "$@"
