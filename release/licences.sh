#!/bin/sh
# The licence texts of all that is linked into the release binary, as one text on stdout: each library's own file,
# from the sources that the binary was built from (build/deps/src). One that is missing is an error.
#
#     release/licences.sh [SOURCES]
set -eu

cd "$(dirname "$0")/.."
sources=${1:-build/deps/src}
lock=deps/sources.lock
[ ! -e "${sources%/*}/sources.lock" ] || lock=${sources%/*}/sources.lock

# package  licence file, below the folder that its archive holds; a library that is new in the lock needs a line here
table='
cjson          LICENSE
curl           COPYING
http-parser    LICENSE-MIT
libgit2        COPYING
libpg-query    LICENSE
libyaml        License
musl           ./usr/share/doc/musl-dev/copyright
openssl        LICENSE.txt
postgresql-17  COPYRIGHT
zlib           LICENSE
'

die() { echo "release/licences.sh: $*" >&2; exit 1; }

# The archive of a package that upstream made; of musl, Debian's package for any machine: its text is one.
archive_of() {
  grep "^$1 " "$lock" | cut -d ' ' -f 4 | grep -E '\.orig\.tar\.[a-z0-9]+$|\.deb$' | while read -r file; do
    [ ! -e "$sources/$file" ] || echo "$sources/$file"
  done | sed 1q
}

text_of() {
  case $1 in
    *.deb) dpkg-deb --fsys-tarfile "$1" | tar -xO -f - "$2" ;;
    *) tar -xO --wildcards --no-wildcards-match-slash -f "$1" "*/$2" ;;
  esac
}

echo "supabase-promote: its own licence, and those of the libraries that are linked into it."
printf '\n======== supabase-promote ========\n\n'
cat LICENSE
grep -v '^#' "$lock" | cut -d ' ' -f 1 | sort -u | while read -r package; do
  file=$(echo "$table" | awk -v name="$package" '$1 == name { print $2 }')
  [ -n "$file" ] || die "$package has no licence file in the table"
  archive=$(archive_of "$package")
  [ -n "$archive" ] || die "there is no source of $package in $sources"
  printf '\n======== %s %s ========\n\n' "$package" "$(sed -n "s/^$package \([^ ]*\) .*/\1/p" "$lock" | sed 1q)"
  text=$(text_of "$archive" "$file") || die "$archive has no $file"
  [ -n "$text" ] || die "$file of $package is empty"
  printf '%s\n' "$text"
done
