#!/usr/bin/env bash
# Where the system has no Chromium or Chrome of its own, fetches the one the robot browser was made for.

. "$(dirname "$0")/lib.sh"

cd "$root/tests/e2e"
if node -e 'import("./harness/browser.mjs").then((browser) => browser.findChromium())' 2>/dev/null; then
  exit 0
fi
say "Fetching a browser for the tests …"
npx --no-install playwright-core install --with-deps chromium
