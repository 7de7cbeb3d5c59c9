#!/bin/sh
# Builds the Dockerfile without a Docker daemon, and without a registry where none can be reached: the
# base image is then made with debootstrap. The result is $IMAGE, by default localhost/supabase-promote;
# VARIANT=k8s adds a shell to it (Dockerfile.k8s) and makes $IMAGE:k8s.
#
#     tests/image/build.sh [--from-scratch]
#
# Files and image carry one timestamp, SOURCE_DATE_EPOCH or that of the commit, so that the same files make the
# same layers.
#
# The libraries and sources of build/deps are lent to the build stage, which takes those that it would build and
# fetch itself (the stamps carry a hash of source and recipe). With --from-scratch it compiles everything, as it does
# for a user of the Dockerfile.
set -eu

[ "$(id -u)" -eq 0 ] ||
  exec sudo --preserve-env=IMAGE,VARIANT,SUPABASE_CA,SOURCE_DATE_EPOCH,SOURCE_URL,DEPS_EXACT,DEBIAN_MIRROR,DEBIAN_SECURITY_MIRROR,DEBIAN_SNAPSHOT \
    "$0" "$@"

cd "$(dirname "$0")/../.."
top=$PWD
work=$top/build/image
image=${IMAGE:-localhost/supabase-promote}
base=docker.io/library/debian:trixie-slim

if ! setup=$(deps/setup.sh image 2>&1); then
  echo "SKIP: no container tool can be installed: $(printf '%s\n' "$setup" | tail -n 1)"
  exit 77
fi
mkdir -p "$work"

# The runner's own registry first; otherwise Debian's packages, from the host's own mirror.
if ! buildah inspect --type image "$base" >/dev/null 2>&1 && ! timeout 60 buildah pull -q "$base" >/dev/null 2>&1; then
  if [ ! -f "$work/trixie.tar" ]; then
    echo "  base    debootstrap trixie"
    mirror=$(deps/apt.sh archives | sed 1q)
    rm -rf "$work/trixie"
    if ! debootstrap --variant=minbase trixie "$work/trixie" "$mirror" >"$work/debootstrap.log" 2>&1; then
      tail -n 20 "$work/debootstrap.log" >&2
      exit 1
    fi
    tar -C "$work/trixie" -c . >"$work/trixie.tar.new"
    mv "$work/trixie.tar.new" "$work/trixie.tar"
    rm -rf "$work/trixie"
  fi
  podman import -q "$work/trixie.tar" "$base" >/dev/null
fi

export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}"
label=org.opencontainers.image.source=${SOURCE_URL:-https://github.com/org/supabase-promote}
case ${VARIANT:-} in
  '') ;;
  k8s)
    podman image exists "$image" || VARIANT='' "$top/tests/image/build.sh"
    buildah build --isolation chroot --network host --timestamp "$SOURCE_DATE_EPOCH" --label "$label" \
      -f Dockerfile.k8s --build-arg IMAGE="$image" -t "$image:k8s" . >"$work/build-k8s.log" 2>&1 || {
      tail -n 40 "$work/build-k8s.log" >&2
      exit 1
    }
    echo "image: $image:k8s, $(podman image inspect -f '{{.Size}}' "$image:k8s") bytes"
    exit
    ;;
  *) echo "tests/image/build.sh: there is no variant '$VARIANT'" >&2 && exit 2 ;;
esac

# A copy, as what the build stage adds is not for the host.
seed=$work/seed
rm -rf "$seed"
mkdir -p "$seed"
if [ "${1:-}" != --from-scratch ] && [ -d build/deps/stamp ]; then
  cp -a build/deps/musl build/deps/stamp build/deps/src "$seed/"
fi

start=$(date +%s)
buildah build --build-arg SUPABASE_CA="${SUPABASE_CA:-}" --build-arg DEPS_EXACT="${DEPS_EXACT:-}" \
  --build-arg DEBIAN_MIRROR="${DEBIAN_MIRROR:-}" --build-arg DEBIAN_SECURITY_MIRROR="${DEBIAN_SECURITY_MIRROR:-}" \
  --build-arg DEBIAN_SNAPSHOT="${DEBIAN_SNAPSHOT:-}" --isolation chroot --network host \
  --volume "$seed:/src/build/deps" --timestamp "$SOURCE_DATE_EPOCH" --label "$label" \
  -t "$image" . >"$work/build.log" 2>&1 || {
  tail -n 40 "$work/build.log" >&2
  echo "tests/image/build.sh: the build failed; the whole output is in $work/build.log" >&2
  exit 1
}
rm -rf "$seed"
echo "image: $image, $(podman image inspect -f '{{.Size}}' "$image") bytes, built in $(($(date +%s) - start)) s"
