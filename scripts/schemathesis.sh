#!/usr/bin/env bash
# Sets up Schemathesis, which tries the broker's description on the broker: exactly the files listed in
# tests/e2e/schemathesis.txt, in a folder of their own. Its last line says where the command is.

. "$(dirname "$0")/lib.sh"

list=$root/tests/e2e/schemathesis.txt
home=$tools/schemathesis
stamp=$home/installed.txt
if ! cmp -s "$list" "$stamp"; then
  need python3 "install the package python3"
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || die "Python 3.11 or newer is needed"
  say "Setting up Schemathesis; once …" >&2
  rm -rf "$home"
  python3 -m venv "$home" >&2 || die "python3 cannot make a folder for packages: install the package python3-venv"
  "$home/bin/pip" install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r "$list" >&2
  cp "$list" "$stamp"
fi
echo "$home/bin/schemathesis"
