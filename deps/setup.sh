#!/bin/sh
# Installs what is missing of the named groups of deps/packages.txt, on Debian or Ubuntu.
#
#     deps/setup.sh build test
set -eu

table=$(dirname "$0")/packages.txt

die() { echo "deps/setup.sh: $*" >&2; exit 1; }

# Names of the installed packages, and those that they stand in for.
# shellcheck disable=SC2016 # dpkg-query's variables
have=$(dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}\n' |
  sed -n 's/^installed //p' | sed 's/([^)]*)//g' | tr -d ' ' | tr ',' '\n')
installed() { echo "$have" | grep -qxF "$1"; }
available() { apt-cache policy "$1" | grep -q '^  Candidate: [^(]'; }

# The first of a|b|c for which the test holds.
first() { # TEST a|b|c
  for package in $(echo "$2" | tr '|' ' '); do
    if "$1" "$package"; then
      echo "$package"
      return
    fi
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

command -v apt-get >/dev/null || die "only Debian and Ubuntu are known here; install deps/packages.txt by hand"
# shellcheck source=/dev/null
distribution=$(. /etc/os-release && echo "$ID")

missing=
for group; do
  entries=$(awk -v g="$group" -v d="$distribution" '$1 == g && (NF == 2 || $3 == d) { print $2 }' "$table")
  [ -n "$entries" ] || die "no group '$group' in deps/packages.txt"
  for entry in $entries; do
    [ -n "$(first installed "$entry")" ] || missing="$missing $entry"
  done
done
if [ -z "$missing" ]; then
  echo "setup: nothing is missing ($*)"
  exit 0
fi

[ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null || die "missing:$missing; run as root or install sudo"
as_root apt-get -q update || echo "deps/setup.sh: apt-get update failed; going on with the lists there are" >&2

chosen=
for entry in $missing; do
  package=$(first available "$entry")
  [ -n "$package" ] || die "apt has no package $entry"
  chosen="$chosen $package"
done

# The tests start clusters of their own. Installing the server would create and start one more.
case $chosen in
  *" postgresql"*)
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    echo 'create_main_cluster = false' |
      as_root tee /etc/postgresql-common/createcluster.d/no-main-cluster.conf >/dev/null
    ;;
esac

echo "setup: installing$chosen"
# shellcheck disable=SC2086 # a list
as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install --yes --no-install-recommends $chosen
