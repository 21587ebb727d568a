# Shared by the scripts: where things are, and how to say things. Sourced, not run.
# shellcheck shell=bash

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
case $target in /*) ;; *) target=$root/$target ;; esac
export CARGO_TARGET_DIR=$target
# Tools this repository fetches for itself live beside what it builds.
# shellcheck disable=SC2034
tools=$target/tools

say() { printf '\033[1m%s\033[0m\n' "$*"; }

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

need() {
  command -v "$1" >/dev/null || die "$1 is missing: $2"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    need sudo "it is needed to install packages; or run this as root once: $*"
    sudo "$@"
  fi
}
