#!/usr/bin/env bash
# Rust and Node are the two things a person has to bring.

. "$(dirname "$0")/lib.sh"

need cargo "install Rust from https://rustup.rs"
need node "install Node.js 20 or newer from https://nodejs.org"
need npm "it comes with Node.js"

wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$root/Cargo.toml")
found=$(rustc --version | cut -d' ' -f2)
if [ "$(printf '%s\n' "$wanted" "${found%%-*}" | sort -V | head -n 1)" != "$wanted" ]; then
  die "Rust $found is too old: $wanted or newer is needed. Try: rustup update stable"
fi
if [ "$(node -p 'process.versions.node.split(".")[0] >= 20')" != true ]; then
  die "Node.js $(node --version) is too old: 20 or newer is needed."
fi
