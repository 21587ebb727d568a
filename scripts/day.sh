#!/usr/bin/env bash
# Stories in any order, then a day in a minute, with the real engine and faults on.
# Usage: day.sh [STORIES] [SECONDS]; 5,000 stories, a day of 60 seconds. EVERGRANT_SEED says which stories.

. "$(dirname "$0")/lib.sh"

stories=${1:-5000}
seconds=${2:-60}
[[ $stories$seconds =~ ^[0-9]+$ ]] || die "usage: $0 [STORIES] [SECONDS]"

"$root/scripts/toolchain.sh"
hold() {
  cargo test --manifest-path "$root/Cargo.toml" --package evergrant-faults --test "$1" -- --nocapture
}
say "$stories stories …"
EVERGRANT_STORIES=$stories EVERGRANT_SEED=${EVERGRANT_SEED:-$RANDOM$RANDOM} hold model
say "A day in $seconds seconds …"
EVERGRANT_DAY=$seconds hold day
