#!/usr/bin/env bash
# Installs a folder's packages, when its list has changed since. Usage: npm.sh FOLDER

. "$(dirname "$0")/lib.sh"

folder=$root/$1
stamp=$folder/node_modules/.installed
if [ -e "$stamp" ] && cmp -s "$folder/package-lock.json" "$stamp"; then
  exit 0
fi
say "Installing the packages of $1 …"
npm --prefix "$folder" ci --no-audit --no-fund
cp "$folder/package-lock.json" "$stamp"
