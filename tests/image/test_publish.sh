#!/bin/sh
# release/release.sh with the images that are there, against the registry of registry.py: test_publish.sh IMAGE
set -eu
cd "$(dirname "$0")/../.."
REGISTRY_IMAGE=$REGISTRY/acme/supabase-promote
LOCAL_IMAGE=$1
DIST=$(mktemp -d)
IMAGES=$DIST/.images
GITHUB_OUTPUT=$DIST/.output
export REGISTRY_IMAGE LOCAL_IMAGE DIST IMAGES GITHUB_OUTPUT
trap 'rm -rf "$DIST"' EXIT

before=$(podman image inspect -f '{{.Id}}' "$1")
make --no-print-directory image-save image-load
[ "$(podman image inspect -f '{{.Id}}' "$1")" = "$before" ]
make --no-print-directory image-push image-index dist sbom checksums
manifest() {
  /usr/bin/python3 -c 'import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read().decode())' \
    "http://$REGISTRY/v2/acme/supabase-promote/manifests/$1"
}
for variant in '' -k8s; do
  digest=$(cat "$DIST/index$variant.digest")
  grep -qx "digest$variant=$digest" "$GITHUB_OUTPUT"
  manifest "$digest" | tr -d ' ' | grep -q "\"digest\":\"$(cat "$DIST"/image-*64$variant.digest)\""
done
podman image inspect -f '{{index .Labels "org.opencontainers.image.source"}}' "$1" |
  grep -q '^https://.*/supabase-promote$'
built=$PWD/build/release/supabase-promote
cd "$DIST"
sha256sum --check SHA256SUMS
cmp supabase-promote-*-linux-???64 "$built" ||
  echo 'another compiler than on this machine has made the binary of the image'
"./$(echo supabase-promote-*-linux-???64)" --version
