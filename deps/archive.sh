# shellcheck shell=sh disable=SC2154
# Packages of Debian's archive and their files, for deps/fetch.sh and deps/update.sh, which source this
# file. A line of a lock is: source package, version, SHA-256 and name of one file. Files are source files
# or, where a library is taken as Debian has built it, .deb files, one for each architecture we build for.
#
# The caller sets `deps` (this folder) and `log` (a folder for what apt says).

architectures='amd64 arm64'

lock_names() { # LOCK
  awk '!/^#/ { print $1 }' "$1" | sort -u
}

lock_version() { # LOCK NAME
  awk -v name="$2" '$1 == name { print $2; exit }' "$1"
}

# The lines of a package, without those of other machines.
lock_lines() { # LOCK NAME
  awk -v name="$2" -v ours="_$(dpkg --print-architecture).deb" '
    $1 == name && ($4 !~ /\.deb$/ || substr($4, length($4) - length(ours) + 1) == ours)' "$1"
}

# In the current folder: are the files of a package all there, and the right ones?
lock_holds() { # LOCK NAME
  lock_lines "$1" "$2" | awk '{ print $3 "  " $4 }' | sha256sum --check --quiet --strict >/dev/null 2>&1
}

# What of a package is taken, and so stays: the whole source with Debian's patches; upstream's bare tarball; or
# the .deb files of the binary package NAME.
lock_form() { # LOCK NAME
  awk -v name="$2" '
    $1 == name && $4 ~ /\.dsc$/ { form = "source" }
    $1 == name && $4 ~ /\.deb$/ { form = $4; sub(/_.*/, "", form); form = "deb:" form }
    $1 == name && !form { form = "tarball" }
    END { print form }' "$1"
}

# Where the pools are that may have a file: both archives of the mirror, and those of DEBIAN_SNAPSHOT.
archive_pools() {
  "$deps/apt.sh" archives | {
    read -r main
    read -r security
    printf '%s\n' "$main/pool/main" "$security/pool/updates/main"
  }
  for snapshot in ${DEBIAN_SNAPSHOT:-}; do
    printf '%s\n' "${snapshot%/}/pool/main" "${snapshot%/}/pool/updates/main"
  done
}

# archive_download POOL <LINES: the files of these lines into the current folder, as far as that pool has
# exactly them. apt checks their SHA-256, and so do we. What went wrong is added to $log/pools.log.
archive_download() {
  pool=$1
  set --
  while read -r name _ digest file; do
    case $name in
      lib*) folder=$(echo "$name" | cut -c 1-4)/$name ;;
      *) folder=$(echo "$name" | cut -c 1)/$name ;;
    esac
    set -- "$@" "$pool/$folder/$file" "partial/$file" "SHA256:$digest"
  done
  rm -rf partial
  mkdir partial
  "$deps/apt.sh" /usr/lib/apt/apt-helper download-file "$@" >>"$log/pools.log" 2>&1 || :
  while [ $# -gt 0 ]; do
    file=${2#partial/}
    if echo "${3#SHA256:}  $2" | sha256sum --check --quiet --strict >/dev/null 2>&1; then
      mv "$2" "$file"
    elif [ -e "$2.FAILED" ]; then
      echo "deps: $1 is not the file that is locked (its SHA-256 differs): not used" >&2
    fi
    shift 3
  done
  rm -rf partial
}

archive_apt() { # FORM COMMAND…
  form=$1
  shift
  case $form in
    deb:*) ARCHITECTURES=$architectures "$deps/apt.sh" "$@" ;;
    *) "$deps/apt.sh" "$@" ;;
  esac
}

# Renews apt's lists, once for a caller, and only those that the form needs. What cannot be renewed stays as
# it was; the reasons are in $log/update.log.
archive_update() { # FORM
  case " ${archive_updated:-} " in *" ${1%%:*} "*) return ;; esac
  archive_apt "$1" apt-get update >"$log/update.log" 2>&1 || :
  archive_updated="${archive_updated:-} ${1%%:*}"
}

# The versions that the suite announces, newest first.
archive_versions() { # FORM NAME
  case $1 in
    deb:*) archive_apt "$1" apt-cache show "${1#deb:}" | sed -n 's/^Version: //p' ;;
    *) archive_apt "$1" apt-cache showsrc --only-source "$2" 2>/dev/null | sed -n 's/^Version: //p' ;;
  esac | sort -ruV
}

# archive_take FORM NAME VERSION: the files of that version into the current folder, checked by apt against the
# signed index; their lines on stdout. Fails if one of them cannot be had.
archive_take() {
  case $1 in
    source) archive_take_source "$2" "$3" ;;
    tarball) archive_take_source "$2" "$3" --tar-only ;;
    deb:*) archive_take_deb "${1#deb:}" "$3" ;;
  esac >"$log/take-$2.names" 2>"$log/take-$2.log" || return 1
  while read -r file; do
    echo "$2 $3 $(sha256sum "$file" | cut -d ' ' -f 1) $file"
  done <"$log/take-$2.names"
}

archive_take_source() { # NAME VERSION [--tar-only]
  "$deps/apt.sh" apt-get source --download-only --only-source ${3:+"$3"} "$1=$2" >&2 || return 1
  # apt names only the files that do not lie in the current folder, so it is asked in an empty one.
  empty=$(mktemp -d)
  (cd "$empty" && "$deps/apt.sh" apt-get source --print-uris --only-source ${3:+"$3"} "$1=$2") |
    sed -n "s/^'[^']*' \([^ ]*\) .*/\1/p" | sort
  rmdir "$empty"
}

archive_take_deb() { # BINARY-PACKAGE VERSION
  for architecture in $architectures; do
    ARCHITECTURES=$architectures "$deps/apt.sh" apt-get download "$1:$architecture=$2" >&2 || return 1
    echo "$1_$(echo "$2" | sed 's/:/%3a/')_$architecture.deb"
  done
}
