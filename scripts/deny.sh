#!/usr/bin/env bash
# Runs cargo-deny, building it the first time. Usage: deny.sh bans licenses sources | advisories

. "$(dirname "$0")/lib.sh"

version=0.20.2
PATH=$tools/bin:$PATH
if ! command -v cargo-deny >/dev/null; then
  say "Building cargo-deny; once, some minutes …"
  cargo install --locked --version "$version" --root "$tools" --target-dir "$tools/build" cargo-deny
  rm -rf "$tools/build"
fi
cd "$root"
exec cargo-deny --log-level warn --all-features check --hide-inclusion-graph "$@"
