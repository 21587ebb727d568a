#!/usr/bin/env bash
# Fails in one line where no window can open, before anything is built.

. "$(dirname "$0")/lib.sh"

if [ "$(uname)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  die "There is no display to open a window on. Start a desktop session, or try: xvfb-run -a make run"
fi
