#!/usr/bin/env bash
# Looks over the shell scripts, where shellcheck is at hand.

. "$(dirname "$0")/lib.sh"

cd "$root"
for script in scripts/*.sh .ci/run; do
  bash -n "$script"
done
if ! command -v shellcheck >/dev/null; then
  echo "shellcheck is not installed: only the syntax was read."
  exit 0
fi
shellcheck --external-sources --source-path=scripts scripts/*.sh .ci/run
