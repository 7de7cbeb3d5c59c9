#!/bin/sh
# The steps of a release, each a make target (docs/releasing.md has the order). Everything they make is in
# DIST, by default build/dist; outputs for later steps also go to GITHUB_OUTPUT where there is one.
#
#     release/release.sh STEP
#
# IMAGES           where image-save puts them, and image-load finds them (default: build/images)
# REGISTRY_IMAGE   name of the image where it is published: ghcr.io/org/supabase-promote
# LOCAL_IMAGE      what `make image` has built, and its :k8s (default: localhost/supabase-promote)
# TAG              the tag that asks for a release: release-1.2.3
# CA_FILES         files or https:// addresses of Supabase's roots (default: those of its CLI), and
# CA_PINS          their fingerprints (default: deps/supabase-ca.txt)
# REMOTE           the repository that release commits are pushed to (default: origin)
# TLS_VERIFY       false for the registry of a test
# REGISTRY_AUTH_FILE  the registry's credentials, as podman and docker keep them
set -eu

cd "$(dirname "$0")/.."
dist=${DIST:-build/dist}
images=${IMAGES:-build/images}
version=$(sed -n 's/^VERSION := //p' Makefile)
local_image=${LOCAL_IMAGE:-localhost/supabase-promote}
remote=${REMOTE:-origin}
tls=${TLS_VERIFY:-true}
branch=releases/v$version
cli=https://raw.githubusercontent.com/supabase/cli/703afc860284dc9203d816eff4d0893f6f9c1c97
roots=$cli/apps/cli-go/internal/gen/types/templates
# A registry knows small letters only, and an owner of a repository may have others.
[ -z "${REGISTRY_IMAGE:-}" ] || REGISTRY_IMAGE=$(echo "$REGISTRY_IMAGE" | tr '[:upper:]' '[:lower:]')
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
mkdir -p "$dist"

die() { echo "release/release.sh: $*" >&2; exit 1; }
output() { echo "$1=$2" | tee -a "${GITHUB_OUTPUT:-/dev/null}"; }
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo --preserve-env=REGISTRY_AUTH_FILE "$@"; fi; }
# A push asks the GitHub CLI for its credentials, so that none lie in the clone.
push() { git -c credential.helper= -c credential.helper='!gh auth git-credential' push "$@"; }
machine() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) die "no release is made for $(uname -m)" ;;
  esac
}

# The section of this version in the change log, without its head line.
notes() {
  awk -v head="## $version" '
    index($0, "## ") == 1 { inside = ($0 == head || index($0, head " ") == 1); next }
    inside' CHANGELOG.md
}

check() {
  [ "${TAG:-}" = "release-$version" ] || die "the tag is '${TAG:-}', but the Makefile says VERSION := $version"
  notes | grep -q '[^[:space:]]' || die "CHANGELOG.md has no section ## $version"
  echo "$version is ready to be released"
}

# Supabase publishes its roots in its own CLI. They are taken only if they are those that are pinned.
supabase_ca() {
  rm -f supabase-ca.pem
  for file in ${CA_FILES:-$roots/prod-ca-2021.crt $roots/prod-ca-2025.crt}; do
    case $file in
      https://*) curl --fail --silent --show-error --location --proto '=https' --max-time 60 "$file" ;;
      *) cat "$file" ;;
    esac
    echo
  done >build/supabase-ca.new
  pins=${CA_PINS:-deps/supabase-ca.txt}
  found=0
  # one certificate a word
  for certificate in $(awk '/BEGIN CERT/ { text = "" } { text = text $0 "|" } /END CERT/ { print text }' \
    build/supabase-ca.new | tr ' ' '~'); do
    print=$(echo "$certificate" | tr '~|' ' \n' | openssl x509 -outform DER | sha256sum | cut -d ' ' -f 1)
    grep -q "^$print " "$pins" || die "a certificate that is not pinned: SHA-256 $print"
    found=$((found + 1))
  done
  wanted=$(grep -c '^[0-9a-f]' "$pins")
  [ "$found" = "$wanted" ] || die "$found certificates were fetched, $wanted are pinned"
  mv build/supabase-ca.new supabase-ca.pem
  echo "supabase-ca.pem: $found certificates, all pinned"
}

# The binary as it is in the image: what people download is what runs.
dist() {
  file=$dist/supabase-promote-$version-linux-$(machine)
  container=$(as_root podman create "$local_image")
  as_root podman cp "$container:/supabase-promote" - | tar -xO >"$file.new"
  as_root podman rm "$container" >/dev/null
  chmod 755 "$file.new"
  ! "$file.new" --version | grep '^not as deps/sources.lock' >&2 ||
    die 'the image was built without what is locked: build it with DEPS_EXACT=1 (docs/building.md)'
  mv "$file.new" "$file"
  release/licences.sh >"$file.licences.txt"
  ls -l "$file" "$file.licences.txt"
}

sbom() {
  for file in "$dist"/supabase-promote-"$version"-linux-*; do
    case $file in *.json | *.new | *.txt) continue ;; esac
    python3 release/sbom.py "$file" "$version" >"$file.spdx.json"
    echo "$file.spdx.json"
  done
}

checksums() {
  (cd "$dist" && rm -f SHA256SUMS && sha256sum supabase-promote-* >SHA256SUMS && cat SHA256SUMS)
}

# One machine's two images as files, for the job that pushes them and builds nothing.
image_save() {
  mkdir -p "$images"
  for variant in '' -k8s; do
    rm -f "$images/$(machine)$variant.tar"
    as_root podman save --quiet --format oci-archive --output "$images/$(machine)$variant.tar" \
      "$local_image${variant:+:k8s}"
    as_root chmod a+r "$images/$(machine)$variant.tar"
  done
}

image_load() {
  for variant in '' -k8s; do
    as_root podman load --quiet --input "$images/$(machine)$variant.tar"
  done
}

# One machine's two images, by digest: an index names them when both machines are done.
image_push() {
  for variant in '' -k8s; do
    tag=$version-$(machine)$variant
    as_root podman push --tls-verify="$tls" --format oci --digestfile "$dist/.digest" \
      "$local_image${variant:+:k8s}" "docker://$REGISTRY_IMAGE:$tag"
    as_root cat "$dist/.digest" >"$dist/image-$(machine)$variant.digest"
  done
}

image_index() {
  for variant in '' -k8s; do
    list=localhost/supabase-promote-index:$version$variant
    as_root buildah manifest rm "$list" >/dev/null 2>&1 || :
    as_root buildah manifest create "$list" >/dev/null
    for file in "$dist"/image-a??64"$variant".digest; do
      as_root buildah manifest add --tls-verify="$tls" "$list" "docker://$REGISTRY_IMAGE@$(cat "$file")" >/dev/null
    done
    as_root buildah manifest push --tls-verify="$tls" --all --format oci --digestfile "$dist/.digest" \
      "$list" "docker://$REGISTRY_IMAGE:$version$variant"
    as_root cat "$dist/.digest" >"$dist/index$variant.digest"
    as_root buildah manifest rm "$list" >/dev/null
  done
  output digest "$(cat "$dist/index.digest")"
  output digest-k8s "$(cat "$dist/index-k8s.digest")"
}

# The commit that is released: the source with the image's digest in action.yml. It is on a branch of its own.
commit() {
  digest=${DIGEST:-$(cat "$dist/index.digest")}
  case $digest in sha256:*) hex=${digest#sha256:} ;; *) hex='' ;; esac
  case $hex in *[!0-9a-f]*) hex='' ;; esac
  [ ${#hex} = 64 ] || die "no digest: $digest"
  grep -q '^  image: Dockerfile$' action.yml || die 'action.yml does not say image: Dockerfile'
  git checkout --quiet --detach
  sed -i "s|^  image: Dockerfile\$|  image: docker://$REGISTRY_IMAGE@$digest|" action.yml
  git -c user.name='github-actions[bot]' -c user.email='41898282+github-actions[bot]@users.noreply.github.com' \
    commit --quiet -m "Release $version" action.yml
  push --quiet "$remote" "HEAD:refs/heads/$branch"
  output commit "$(git rev-parse HEAD)"
}

# Nobody sees a draft. Its tag is made when it is published.
draft() {
  notes >build/notes.md
  gh release create "v$version" --draft --target "$COMMIT" --title "v$version" --notes-file build/notes.md \
    "$dist"/supabase-promote-* "$dist/SHA256SUMS"
}

# v1 is a tag without a release: it can be moved also where releases are immutable.
publish() {
  gh release edit "v$version" --draft=false
  push --quiet --force "$remote" "$COMMIT:refs/tags/v${version%%.*}"
  push --quiet "$remote" --delete "refs/heads/$branch"
}

expect() {
  [ "${ACTUAL:-}" = "${EXPECTED:-}" ] || die "expected '${EXPECTED:-}', got '${ACTUAL:-}'"
  echo "as expected: $ACTUAL"
}

case ${1:-} in
  check | supabase_ca | dist | sbom | checksums | image_save | image_load | image_push | image_index | commit | draft | publish | expect) "$1" ;;
  *) die "no step is called '${1:-}'" ;;
esac
