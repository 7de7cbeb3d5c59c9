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

# package  licence file, below the folder that its archive holds; a library that is new in the lock needs a line here.
# package/part is what a package has inside: its licence is the comment that a source file of it begins with.
table='
cjson          LICENSE
curl           COPYING
http-parser    LICENSE-MIT
libgit2        COPYING
libpg-query    LICENSE
libpg-query/protobuf-c  vendor/protobuf-c/protobuf-c.c
libpg-query/xxhash      vendor/xxhash/xxhash.c
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

# The first comment of a C source, without its frame.
comment() {
  awk '/^\/\*/ { inside = 1 } inside && /\*\// { exit } inside { sub(/^\/\*/, ""); sub(/^ \* ?/, ""); print }'
}

# print TITLE ARCHIVE FILE
print() {
  printf '\n======== %s ========\n\n' "$1"
  text=$(text_of "$2" "$3") || die "$2 has no $3"
  case $3 in *.c) text=$(printf '%s\n' "$text" | comment) ;; esac
  [ -n "$text" ] || die "$3 of $2 is empty"
  printf '%s\n' "$text"
}

echo "supabase-promote: its own licence, and those of the libraries that are linked into it."
printf '\n======== supabase-promote ========\n\n'
cat LICENSE
grep -v '^#' "$lock" | cut -d ' ' -f 1 | sort -u | while read -r package; do
  file=$(echo "$table" | awk -v name="$package" '$1 == name { print $2 }')
  [ -n "$file" ] || die "$package has no licence file in the table"
  archive=$(archive_of "$package")
  [ -n "$archive" ] || die "there is no source of $package in $sources"
  print "$package $(sed -n "s/^$package \([^ ]*\) .*/\1/p" "$lock" | sed 1q)" "$archive" "$file"
  echo "$table" | awk -v name="$package/" 'index($1, name) == 1 { print substr($1, length(name) + 1), $2 }' |
    while read -r part file; do
      print "$part, inside of $package" "$archive" "$file"
    done
done
