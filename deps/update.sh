#!/bin/sh
# Renews deps/sources.lock: for each package in it, and each one named here, the newest version of the suite
# whose files can really be fetched. The locked one stays where no newer one can; why is said.
#
#     deps/update.sh [NEW-PACKAGE…]
#
# The files of a version that the index has are verified by apt against Debian's signatures, those of the locked
# version by their SHA-256.
set -eu

deps=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$deps/.." && pwd)/build/deps
lock=$deps/sources.lock new=$build/update/sources.lock log=$build/log
# shellcheck source=deps/archive.sh
. "$deps/archive.sh"

die() { echo "deps/update.sh: $*" >&2; exit 1; }
say() { echo "deps/update.sh: $*" >&2; }

# Does a pool still have the locked files, those of every machine?
still_there() { # NAME
  rm -rf locked
  mkdir locked
  grep "^$1 " "$lock" >"$log/locked"
  (
    cd locked
    for pool in $(archive_pools); do
      [ ! -s "$log/locked" ] || archive_download "$pool" <"$log/locked"
      while read -r line; do
        [ -f "${line##* }" ] || echo "$line"
      done <"$log/locked" >"$log/locked.left"
      mv "$log/locked.left" "$log/locked"
    done
    [ ! -s "$log/locked" ]
  ) && grep "^$1 " "$lock"
}

report() { # NAME
  why=${lacking:+": the archive announces ${lacking#, }, but does not have all of the files"}
  if [ -z "$locked" ]; then
    say "$1: new, $version$why"
  elif [ "$version" = "$locked" ]; then
    say "$1: kept at $locked$why"
  else
    say "$1: from $locked to $version$why"
  fi
}

# The lines of a package, in the form FORM.
choose() { # NAME FORM
  locked=$(lock_version "$lock" "$1")
  lacking=
  archive_update "$2"
  for version in $(printf '%s\n' "$locked" "$(archive_versions "$2" "$1")" | sed '/^$/d' | sort -ruV); do
    if archive_take "$2" "$1" "$version" || { [ "$version" = "$locked" ] && still_there "$1"; }; then
      report "$1"
      return
    fi
    lacking="$lacking, $version"
  done
  return 1
}

# A new package comes with Debian's patches if it can.
renew() { # NAME
  form=$(lock_form "$lock" "$1")
  for form in ${form:-source tarball}; do
    choose "$1" "$form" && return
  done
  tail -n 5 "$log/update.log" "$log/take-$1.log" >&2 2>/dev/null || :
  die "no version of $1 can be fetched; deps/sources.lock is as it was"
}

rm -rf "$build/update"
mkdir -p "$build/update" "$log"
trap 'rm -rf "$build/update"' EXIT
cd "$build/update"
: >"$log/pools.log"

sed '/^#/!d; /^# .* on [0-9-]*$/d' "$lock" >"$new"
echo "# All of these files could be fetched on $(date -u +%Y-%m-%d)" >>"$new"
{ lock_names "$lock"; printf '%s\n' "$@"; } | sed '/^$/d' | sort -u >"$log/names"
while read -r name; do
  renew "$name" </dev/null >>"$new"
done <"$log/names"
mv "$new" "$lock"
say "deps/sources.lock is renewed; 'git diff' shows how"
