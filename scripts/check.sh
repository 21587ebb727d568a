#!/usr/bin/env bash
# Everything a reviewer should not have to look for. Goes on after a failure, and names what failed.

. "$(dirname "$0")/lib.sh"

"$root/scripts/toolchain.sh"
"$root/scripts/packages.sh" build
"$root/scripts/ui.sh"
cd "$root"

failures=()
step() {
  local name=$1
  shift
  say "$name"
  "$@" || failures+=("$name")
}

step "Format" cargo fmt --all --check
step "Lints" cargo clippy --workspace --all-targets --quiet -- -D warnings
step "The window's types and messages" npm --prefix ui run check
step "Generated bindings are fresh" scripts/bindings.sh
step "Rules of the house" cargo test --quiet --package evergrant-boundaries
step "Licences, bans, sources" scripts/deny.sh bans licenses sources
step "Scripts" scripts/shellcheck.sh

if [ ${#failures[@]} -gt 0 ]; then
  printf '\nFailed: %s\n' "${failures[*]/#/· }" >&2
  exit 1
fi
say "All is well."
