#!/usr/bin/env bash
# Kills the agent again and again and looks after every promise. Words after it go to the test:
# scripts/soak.sh --seed 7 --kills 5000

. "$(dirname "$0")/lib.sh"

"$root/scripts/toolchain.sh"
"$root/scripts/packages.sh" test
say "Building the agent with its fail points …"
# Together: asking for the test is what gives the agent its fail points.
cargo build --manifest-path "$root/Cargo.toml" \
  --package evergrant-agent --package evergrant-cli --package evergrant-soak --bins
exec "$target/debug/evergrant-crash" "$@"
