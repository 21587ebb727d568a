#!/usr/bin/env bash
# Builds a .deb to install, into dist/.

. "$(dirname "$0")/lib.sh"

version=2.12.5
"$root/scripts/toolchain.sh"
"$root/scripts/packages.sh" build
"$root/scripts/npm.sh" ui
cd "$root"
say "Building the release; the first time takes up to ten minutes …"
"$root/scripts/command.sh"
cargo build --release --quiet --package evergrant-agent --bin evergrant-agent
mkdir -p dist/bin
cp "$target/release/evergrant" "$target/release/evergrant-agent" dist/bin/
# Tauri's bundler comes built; it calls the UI build and cargo by itself.
npm exec --yes --package "@tauri-apps/cli@$version" -- tauri build --bundles deb
mkdir -p dist
cp "$target"/release/bundle/deb/*.deb dist/
package=$(find dist -name '*.deb' -newer Cargo.toml -print | sort | tail -n 1)
say "Ready to install: sudo apt-get install ./$package"
