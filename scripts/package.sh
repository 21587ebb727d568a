#!/usr/bin/env bash
# Builds a .deb to install, into dist/. Tauri's bundler is built once, into the tools beside the build.

. "$(dirname "$0")/lib.sh"

version=2.11.0
"$root/scripts/toolchain.sh"
"$root/scripts/packages.sh" build
"$root/scripts/ui.sh"
PATH=$tools/bin:$PATH
if ! cargo tauri --version >/dev/null 2>&1; then
  say "Building Tauri's bundler; once, some minutes …"
  cargo install --locked --version "$version" --root "$tools" --target-dir "$tools/build" tauri-cli
  rm -rf "$tools/build"
fi
cd "$root"
cargo tauri build --bundles deb
mkdir -p dist
cp "$target"/release/bundle/deb/*.deb dist/
say "Ready to install: $(ls -t dist/*.deb | head -n 1)"
