#!/bin/sh
# Runs an apt command against Debian's source packages of one suite, whatever this host runs:
#
#     deps/apt.sh apt-get update
#     deps/apt.sh apt-get source --download-only musl
#
# Everything apt writes lies in build/deps/apt, so no root is needed and the host's own package lists
# stay as they are. The mirror, proxies and other transport settings are the host's. Every index is
# checked against Debian's archive keys.
#
# DEBIAN_MIRROR and DEBIAN_SECURITY_MIRROR override the mirror that is derived from the host's sources.
set -eu

suite=trixie
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
top=$(cd "$(dirname "$0")/.." && pwd)
dir=$top/build/deps/apt

# The host's repositories as apt itself reads them (.list and .sources, disabled ones left out):
# one "URI SUITE" line for each that has a component `main`.
host_repositories() {
  apt-get --print-uris -o "Dir::State=$dir/host" -o "Dir::Cache=$dir/host" -o Debug::NoLocking=1 update |
    sed -n "s|^'\(.*\)/dists/\(.*\)/main/binary-[^/]*/Packages.*|\1 \2|p"
}

# The first of those whose suite matches.
host_mirror() { # EXTENDED-REGEXP
  host_repositories | sed -nE "s#^([^ ]+) ($1)\$#\1#p" | sed 1q
}

# What debootstrap would use for Debian, on a host that is not Debian itself.
debootstrap_mirror() {
  cat /usr/sbin/debootstrap /usr/share/debootstrap/scripts/sid 2>/dev/null |
    sed -nE 's#.*(http://[^" ]*/debian)("?|/"?)$#\1#p' | sed 1q
}

configure() {
  mkdir -p "$dir/state/lists/partial" "$dir/cache/archives/partial" "$dir/host/lists/partial"
  : >"$dir/state/status"

  main=${DEBIAN_MIRROR:-} security=${DEBIAN_SECURITY_MIRROR:-}
  # shellcheck source=/dev/null
  if [ -z "$main" ] && (. /etc/os-release && [ "$ID" = debian ]); then
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-sid}")
    main=$(host_mirror "$codename|stable|oldstable|testing|unstable|sid")
    [ -n "$security" ] || security=$(host_mirror "($codename|stable|oldstable|testing)(-security|/updates)")
  elif [ -z "$main" ]; then
    main=$(debootstrap_mirror)
  fi
  main=${main%/}
  if [ -z "$main" ]; then
    echo "deps/apt.sh: no Debian mirror found in apt's sources; name one in DEBIAN_MIRROR" >&2
    return 1
  fi
  # Without a security repository on the host, the one beside the main archive.
  security=${security:-${main%/debian}/debian-security}

  cat >"$dir/sources.list" <<END
deb-src [signed-by=$keyring] $main $suite main
deb-src [signed-by=$keyring] $main $suite-updates main
deb-src [signed-by=$keyring] ${security%/} $suite-security main
END

  # Read after the host's apt.conf, so this wins. Root must not drop to the user _apt, who cannot
  # write here; and the host's hooks are about the host's own lists.
  cat >"$dir/apt.conf" <<END
Dir::State "$dir/state/";
Dir::State::status "$dir/state/status";
Dir::Cache "$dir/cache/";
Dir::Etc::sourcelist "$dir/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
APT::Sandbox::User "$(id -un)";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
END
}

[ -r "$keyring" ] || { echo "deps/apt.sh: $keyring is missing: run 'make setup-build'" >&2; exit 1; }
configure
command=$1
shift
exec "$command" -c "$dir/apt.conf" -q "$@"
