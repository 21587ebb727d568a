#!/usr/bin/env bash
# Says which system packages are missing and installs them. Usage: packages.sh build | test

. "$(dirname "$0")/lib.sh"

build=(build-essential ca-certificates pkg-config file libwebkit2gtk-4.1-dev libayatana-appindicator3-dev librsvg2-dev)
test=(xvfb xauth dbus dbus-x11 gnome-keyring libsecret-tools webkit2gtk-driver imagemagick xdotool x11-utils
  openbox xfce4-panel xfconf dunst xdg-utils systemd fonts-dejavu-core curl iproute2 python3 python3-venv)

# A browser is wanted, not that very package: on Ubuntu it is a snap, which cannot see a test's own home.
if ! command -v google-chrome >/dev/null && ! grep -qs '^ID=ubuntu' /etc/os-release; then
  test+=(chromium)
fi

case ${1:-} in
  build) wanted=("${build[@]}") ;;
  test) wanted=("${build[@]}" "${test[@]}") ;;
  *) die "usage: $0 build | test" ;;
esac

if [ "$(uname)" != Linux ]; then
  exit 0
fi
if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  marker=$target/packages-are-here
  [ -e "$marker" ] && exit 0
  die "This system has no apt-get. Install what it calls these Debian packages, then run: mkdir -p '$target' && touch '$marker'
  ${wanted[*]}"
fi

missing=()
for package in "${wanted[@]}"; do
  status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

say "Missing system packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y "${missing[@]}")
# The list of packages may be absent or old: fetched only when the first try fails.
as_root "${install[@]}" || {
  as_root apt-get update
  as_root "${install[@]}"
}
