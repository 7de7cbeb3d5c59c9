#!/bin/sh
# Renews deps/sources.lock: for each package in it, and each one named here, the newest version of the
# suite that the mirror can deliver.
#
#     deps/update.sh [NEW-PACKAGE…]
#
# A line of the lock is: package, version, SHA-256 and name of one source file. The files are those that
# apt verified against Debian's signed index.
set -eu

deps=$(cd "$(dirname "$0")" && pwd)
lock=$deps/sources.lock
src=$deps/../build/deps/src
log=../log
mkdir -p "$src/empty" "$src/$log"
cd "$src"

apt() { "$deps/apt.sh" "$@"; }

download() { # NAME VERSION [--tar-only]
  apt apt-get source --download-only --only-source ${3:+"$3"} "$1=$2" >"$log/fetch-$1.log" 2>&1
}

# apt names only the files that do not lie in the current folder, so it is asked in an empty one.
lines() { # NAME VERSION [--tar-only]
  (cd empty && apt apt-get source --print-uris --only-source ${3:+"$3"} "$1=$2") |
    sed -n "s/^'[^']*' \([^ ]*\) .*/\1/p" | sort |
    while read -r file; do
      echo "$1 $2 $(sha256sum "$file" | cut -d ' ' -f 1) $file"
    done
}

# A package whose lines name no .dsc is taken as upstream's bare tarball, without Debian's patches, and
# stays so. A mirror can announce a version and not have its files: then it is the next older one, and for
# a new package of which there is none, the bare tarball.
newest() { # NAME
  versions=$(apt apt-cache showsrc --only-source "$1" | sed -n 's/^Version: //p' | sort -ruV)
  [ -n "$versions" ] || { echo "deps/update.sh: the suite has no source package $1" >&2; return 1; }
  forms='full --tar-only'
  if grep -q "^$1 .*\.dsc$" "$lock"; then
    forms=full
  elif grep -q "^$1 " "$lock"; then
    forms=--tar-only
  fi

  for form in $forms; do
    for version in $versions; do
      if download "$1" "$version" "${form#full}"; then
        lines "$1" "$version" "${form#full}"
        return
      fi
      echo "deps/update.sh: the mirror lacks files of $1 $version" >&2
    done
  done
  cat "$log/fetch-$1.log" >&2
  return 1
}

apt apt-get update >"$log/update.log" 2>&1 || { cat "$log/update.log" >&2; exit 1; }
{ cut -d ' ' -f 1 "$lock"; printf '%s\n' "$@"; } | sed '/^$/d' | sort -u |
  while read -r name; do
    newest "$name" || exit 1
  done >"$lock.new"
mv "$lock.new" "$lock"
