#!/bin/sh
# Runs an apt command against one suite of Debian, whatever this host runs:
#
#     deps/apt.sh apt-get update
#     deps/apt.sh apt-get source --download-only musl
#     ARCHITECTURES='amd64 arm64' deps/apt.sh apt-get download musl-dev:arm64
#     deps/apt.sh archives            the addresses of the main and the security archive, a line each
#
# Everything apt writes lies in build/deps, so no root is needed and the host's own package lists stay as
# they are. The mirror, proxies and other transport settings are the host's. Every index is checked against
# Debian's archive keys. Only with ARCHITECTURES are there binary packages, those of these architectures.
#
# DEBIAN_MIRROR and DEBIAN_SECURITY_MIRROR override the mirrors that are derived from the host's sources;
# DEBIAN_KEYRING overrides Debian's keys (docs/building.md).
set -eu

suite=trixie
keyring=${DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}
top=$(cd "$(dirname "$0")/.." && pwd)
dir=$top/build/deps/apt${ARCHITECTURES:+-binary}

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

find_archives() {
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
  security=${security%/}
}

sources() { # TYPE [OPTIONS]
  echo "$1 [signed-by=$keyring${2:+ $2}] $main $suite main"
  echo "$1 [signed-by=$keyring${2:+ $2}] $main $suite-updates main"
  echo "$1 [signed-by=$keyring${2:+ $2}] $security $suite-security main"
}

configure() {
  : >"$dir/state/status"
  {
    sources deb-src
    [ -z "${ARCHITECTURES:-}" ] || sources deb "arch=$(echo "$ARCHITECTURES" | tr ' ' ',')"
  } >"$dir/sources.list"

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
APT::Architectures { $(for one in ${ARCHITECTURES:-}; do printf '"%s"; ' "$one"; done)};
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
END
}

mkdir -p "$dir/state/lists/partial" "$dir/cache/archives/partial" "$dir/host/lists/partial"
find_archives
if [ "$1" = archives ]; then
  printf '%s\n' "$main" "$security"
  exit
fi
configure
command=$1
shift
exec "$command" -c "$dir/apt.conf" -q "$@"
