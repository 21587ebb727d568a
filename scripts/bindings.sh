#!/usr/bin/env bash
# Fails when ui/src/bindings.ts is not what the commands say. The test that knows writes nothing.

. "$(dirname "$0")/lib.sh"

cd "$root"
cargo test --quiet --package evergrant --lib bindings
