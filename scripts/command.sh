#!/usr/bin/env bash
# Builds the evergrant command for release. It is linked statically: finding and binding its libraries
# would take longer than all it does.

. "$(dirname "$0")/lib.sh"

"$root/scripts/toolchain.sh"
cd "$root"
cargo rustc --release --quiet --package evergrant-cli --bin evergrant -- -C target-feature=+crt-static
say "Built: $target/release/evergrant"
