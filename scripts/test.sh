#!/usr/bin/env bash
# Every test there is: rules in Rust, the window's parts, and the real program in a real window.
# Goes on after a failure, so that one run tells all; the last line counts.

. "$(dirname "$0")/lib.sh"

"$root/scripts/toolchain.sh"
"$root/scripts/packages.sh" test
"$root/scripts/ui.sh"
"$root/scripts/npm.sh" tests/e2e
"$root/scripts/chromium.sh"

results=$root/test-results
rm -rf "$results"
mkdir -p "$results"

say "Building everything, tests included …"
cargo build --manifest-path "$root/Cargo.toml" --workspace --all-targets

failed=0
say "Rust"
"$root/scripts/test-rust.sh" 2>&1 | tee "$results/rust.log" || failed=1
say "Window"
npm --prefix "$root/ui" run test -- --reporter=default --reporter=json --outputFile.json="$results/ui.json" || failed=1
say "Every view: axe, names and roles, the keyboard, its picture"
npm --prefix "$root/ui" run reach || failed=1
say "The real program in a real window"
node "$root/tests/e2e/run.mjs" || failed=1

node "$root/scripts/tally.mjs" "$results" || failed=1
exit $failed
