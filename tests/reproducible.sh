#!/bin/sh
# Two builds of the same files give the same binary, byte for byte: the one in build/release, and one in another
# folder, at another depth, with another time zone, locale, umask and number of jobs, and from copies of the files
# with other times. The libraries are shared: the test is of our own sources; --libraries builds those again, too.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
copy=$scratch/a/folder/somewhere/else
mkdir -p "$copy/build/deps"

git ls-files --cached --others --exclude-standard | while read -r file; do
  [ ! -f "$file" ] || printf '%s\n' "$file"
done | tar -cf - -T - | tar -xmf - -C "$copy"
if [ "${1:-}" = --libraries ]; then
  cp -a build/deps/src build/deps/apt "$copy/build/deps/"
else
  rmdir "$copy/build/deps"
  ln -s "$PWD/build/deps" "$copy/build/deps"
fi

export DEPS_EXACT=1
make --no-print-directory -s release
(
  umask 077
  cd "$copy"
  env -i PATH="$PATH" HOME="$scratch" TZ=Pacific/Apia LC_ALL=C.UTF-8 DEPS_EXACT=1 make --no-print-directory -s -j3 release
)
first=build/release/supabase-promote second=$copy/build/release/supabase-promote
sha256sum "$first" "$second"
if cmp "$first" "$second"; then
  echo '1 passed, 0 failed'
else
  for file in "$first" "$second"; do
    readelf -SW "$file" >"$scratch/$(echo "$file" | tr / _).sections"
  done
  diff "$scratch"/*.sections || :
  echo '0 passed, 1 failed'
  exit 1
fi
