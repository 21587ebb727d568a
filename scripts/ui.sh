#!/usr/bin/env bash
# Builds the window's pages into ui/dist, when something they are made of is newer.

. "$(dirname "$0")/lib.sh"

"$root/scripts/npm.sh" ui
built=$root/ui/dist/index.html
sources=("$root/ui/src" "$root/ui/messages" "$root/ui/index.html" "$root/ui/package-lock.json" "$root/ui/vite.config.ts")
if [ -e "$built" ] && [ -z "$(find "${sources[@]}" -newer "$built" -print -quit)" ]; then
  exit 0
fi
say "Building the window …"
npm --prefix "$root/ui" run build
