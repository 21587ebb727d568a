#!/usr/bin/env bash
# Looks for bytes that break a promise of tests/corpus. Usage: fuzz.sh [SECONDS] [TARGET …]; all targets, 300 s each.
# Finds that reach where no seed reaches become seeds; what broke a promise is named.

. "$(dirname "$0")/lib.sh"

version=0.13.2
# Of each target's seeds, as its test wants them.
most_files=200
most_bytes=204800

seconds=${1:-300}
[[ $seconds =~ ^[0-9]+$ ]] || die "usage: $0 [SECONDS] [TARGET …]"
shift || true

need cargo "install Rust from https://rustup.rs"
need c++ "libFuzzer is written in C++: install a compiler for it"
PATH=$tools/bin:$PATH
if ! command -v cargo-fuzz >/dev/null; then
  say "Building cargo-fuzz; once, some minutes …"
  cargo install --locked --version "$version" --root "$tools" --target-dir "$tools/build" cargo-fuzz
  rm -rf "$tools/build"
fi

cd "$root"
names=("$@")
if [ ${#names[@]} -eq 0 ]; then
  for file in tests/fuzz/fuzz_targets/*.rs; do
    names+=("$(basename "$file" .rs)")
  done
fi

# No sanitizer: there is no unsafe code here for one to watch, and so a stable compiler will do.
fuzz() {
  nice -n 15 cargo fuzz run --fuzz-dir tests/fuzz --sanitizer none "$@"
}

# Copies what reaches further than the seeds to them: where there is no room for all, some of every length.
keep() {
  local name=$1 finds=$2 seeds=$3 draft new room step bytes
  draft=$target/fuzz/draft
  rm -rf "$draft"
  cp -r "$seeds" "$draft"
  # By places alone: how often each was passed would keep thousands.
  fuzz "$name" "$draft" "$finds" -- -merge=1 -use_counters=0 -timeout=20
  new=$(find "$draft" -type f -printf '%f\n' | while read -r file; do [ -e "$seeds/$file" ] || echo; done | wc -l)
  room=$((most_files - $(find "$seeds" -type f | wc -l)))
  if [ "$room" -le 0 ]; then return; fi
  step=$(((new + room - 1) / room))
  bytes=$(find "$seeds" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum + 0 }')
  find "$draft" -type f -printf '%s %f\n' | sort -n | while read -r size file; do
    if [ -e "$seeds/$file" ]; then continue; fi
    new=$((new - 1))
    if [ $((new % step)) -ne 0 ] || [ $((bytes + size)) -gt "$most_bytes" ]; then continue; fi
    bytes=$((bytes + size))
    cp "$draft/$file" "$seeds/"
  done
}

failed=()
for name in "${names[@]}"; do
  seeds=tests/corpus/seeds/$name
  [ -d "$seeds" ] || die "there is no target $name"
  finds=$target/fuzz/$name
  mkdir -p "$finds"
  say "$name, $seconds seconds …"
  if fuzz "$name" "$finds" "$seeds" -- -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -max_len=4096 \
    -print_final_stats=1; then
    keep "$name" "$finds" "$seeds"
  else
    failed+=("$name")
  fi
done

if [ ${#failed[@]} -gt 0 ]; then
  die "A promise was broken: ${failed[*]}. The bytes are in tests/fuzz/artifacts; they belong in a test by name."
fi
say "All promises held."
