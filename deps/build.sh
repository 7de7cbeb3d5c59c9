#!/bin/sh
# Builds one library: unpacks its source, which deps/fetch.sh has fetched, runs its recipe, marks it as done with
# a stamp.
#
#     CFLAGS=… deps/build.sh NAME C-LIBRARY SOURCE-PACKAGE STAMP
#
# C-LIBRARY is musl (for the release binary) or glibc (the host's, for the debug build), and the name of
# the folder below build/deps that the recipe installs lib/ and include/ into. A recipe,
# deps/recipes/NAME.sh, runs in a fresh copy of the source, knows the C locale only, and is given
#
#     CC CFLAGS     the compiler, and what every object of ours is compiled with
#     MAKE          shares the job server of the make that called us
#     PREFIX        the folder to install into
#     DEPS          this folder
set -eu

name=$1 libc=$2 package=$3 stamp=$4

# The rule is marked with a +, for the job server's sake, so `make -n` comes here too.
flags=${MAKEFLAGS:-}
case ${flags%% *} in
  -* | *=*) ;;
  *n*) exit 0 ;;
esac

DEPS=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=deps/archive.sh
. "$DEPS/archive.sh"
build=${DEPS%/*}/build/deps
prefix=$build/$libc
work=$build/tree/$name-$libc
log=$build/log/$name-$libc.log
mkdir -p "$build/tree" "$build/log" "$build/stamp" "$prefix/bin" "$prefix/lib" "$prefix/include"

# Two makes may run in one checkout.
exec 9>"$work.lock"
flock 9
[ ! -e "$stamp" ] || exit 0

# Of the caller's make flags only the job server's: its variables and its -r and -R are its own.
jobs=
for flag in $flags; do
  case $flag in
    -j* | --jobserver-*) jobs="$jobs $flag" ;;
    --) break ;;
  esac
done

# What lies in build/deps/src is as build/deps/sources.lock says; a .deb file is unpacked as it would be installed.
unpack() {
  files=$(lock_lines "$build/sources.lock" "$package" | cut -d ' ' -f 4)
  mkdir -p source
  case $files in
    *.deb) dpkg-deb -x "$build/src/$files" source ;;
    *.dsc*) rmdir source && dpkg-source --no-copy -x "$build/src/$(echo "$files" | grep '\.dsc$')" source ;;
    *) tar -C source --strip-components=1 -xf "$build/src/$files" ;;
  esac
}

run_recipe() {
  case $libc in
    musl) cc=musl-gcc ;;
    glibc) cc=gcc ;;
  esac
  env -i PATH="$prefix/bin:/usr/sbin:/usr/bin:/sbin:/bin" HOME="$work" LC_ALL=C SOURCE_DATE_EPOCH=1 \
    MAKE="${MAKE:-make}" MAKEFLAGS="$jobs" CC="$cc" CFLAGS="$CFLAGS" PREFIX="$prefix" DEPS="$DEPS" \
    sh -eux "$DEPS/recipes/$name.sh"
}

echo "  build   $name ($libc)"
rm -rf "$work" "${stamp%.*}".*
mkdir "$work"
if ! (cd "$work" && unpack && cd source && run_recipe) >"$log" 2>&1; then
  tail -n 30 "$log" >&2
  echo "deps/build.sh: $name failed; the whole output is in $log" >&2
  exit 1
fi
rm -rf "$work"
touch "$stamp"
