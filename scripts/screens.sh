#!/usr/bin/env bash
# Takes the pictures of the README from the real window, or with --compare holds the window against them.
# Words after it go on: scripts/screens.sh --compare dark

. "$(dirname "$0")/lib.sh"

"$root/scripts/toolchain.sh"
"$root/scripts/packages.sh" test
"$root/scripts/ui.sh"
"$root/scripts/npm.sh" tests/e2e
"$root/scripts/chromium.sh"
cargo build --manifest-path "$root/Cargo.toml" --workspace --all-targets
node "$root/tests/screens/run.mjs" "$@"
case " $* " in
  *" --compare "*) say "The real window looks as it did." ;;
  *) say "docs/pictures is made anew; every state is in test-results/screens." ;;
esac
