#!/bin/sh
# Installs what is missing of the named groups of deps/packages.txt, on Debian or Ubuntu.
#
#     deps/setup.sh [--no-upgrade] build test
#
# Nothing that it installs is started, now or at boot; what is there already stays as it is set up. With
# --no-upgrade no package that is there changes its version either: if it would have to, that is an error.
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

# The links by which systemd and its predecessor start services at boot.
boot_links() {
  find /etc/systemd/system /etc/rc?.d -type l 2>/dev/null | sort
}

# A server package starts its service, and would do so at each boot; PostgreSQL's makes a cluster as well. The
# tests start servers of their own. What tells the packages so is taken away again.
policy=/usr/sbin/policy-rc.d
clusters=/etc/postgresql-common/createcluster.d/supabase-promote.conf
hold_services() {
  boot_links >"$scratch/before"
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\n# made by supabase-promote, for a moment\nexit 101\n' | as_root tee $policy >/dev/null
    as_root chmod 755 $policy
  fi
  as_root mkdir -p "${clusters%/*}"
  echo 'create_main_cluster = false' | as_root tee $clusters >/dev/null
}

release_services() {
  ! grep -qs supabase-promote $policy || as_root rm $policy
  as_root rm -f $clusters
  boot_links | comm -13 "$scratch/before" - | while read -r link; do
    as_root rm "$link"
  done
  rm -r "$scratch"
}

install() { # PACKAGE…
  scratch=$(mktemp -d)
  trap release_services EXIT
  trap 'exit 130' INT TERM
  hold_services
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install --yes --no-install-recommends "$@"
}

no_upgrade=
if [ "${1:-}" = --no-upgrade ]; then
  no_upgrade=yes
  shift
fi

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
as_root apt-get -q update || echo "deps/setup.sh: apt-get update failed; the present lists are used" >&2

chosen=
for entry in $missing; do
  package=$(first available "$entry")
  [ -n "$package" ] || die "apt has no package $entry"
  chosen="$chosen $package"
done

if [ -n "$no_upgrade" ]; then
  # shellcheck disable=SC2086 # a list
  upgrades=$(apt-get -q -s install --no-install-recommends $chosen | sed -n 's/^Inst \([^ ]*\) \[.*/\1/p' | tr '\n' ' ')
  [ -z "$upgrades" ] || die "installing$chosen would upgrade ${upgrades% }, and nothing that is there is changed without \
your consent: run 'apt-get upgrade' first, or 'make setup', which may upgrade"
fi

echo "setup: installing$chosen"
# shellcheck disable=SC2086 # a list
install $chosen
