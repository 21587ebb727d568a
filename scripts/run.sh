#!/usr/bin/env bash
# From a fresh clone to an open window. Words after it go to the program: scripts/run.sh --practice

. "$(dirname "$0")/lib.sh"

"$root/scripts/display.sh"
"$root/scripts/toolchain.sh"
"$root/scripts/packages.sh" build
"$root/scripts/ui.sh"
# The same build as the tests use: it starts as fast, and builds in half the time of a release.
[ -x "$target/debug/evergrant-desktop" ] || say "Building Evergrant; the first time takes some minutes …"
cargo build --manifest-path "$root/Cargo.toml" --workspace --bins
exec "$target/debug/evergrant-desktop" "$@"
