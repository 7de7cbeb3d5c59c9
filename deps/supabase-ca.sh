#!/bin/sh
# The root certificates that a build trusts for Supabase's hosts, as a C string on stdout: the PEM file
# that is given, if all of its certificates are pinned, or an empty one without a file.
#
#     deps/supabase-ca.sh [FILE.pem [PINS]]
set -eu

pem=${1:-}
pins=${2:-$(dirname "$0")/supabase-ca.txt}

die() { echo "deps/supabase-ca.sh: $*" >&2; exit 1; }

if [ -z "$pem" ]; then
  echo '""'
  exit
fi
[ -r "$pem" ] || die "$pem cannot be read"
[ -r "$pins" ] || die "$pins cannot be read"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
awk -v folder="$scratch" '
  /-----BEGIN CERTIFICATE-----/ { file = sprintf("%s/%03d", folder, ++count) }
  file { print > file }
  /-----END CERTIFICATE-----/ { close(file); file = "" }' "$pem"
for certificate in "$scratch"/*; do
  [ -f "$certificate" ] || die "there is no certificate in $pem"
  print=$(openssl x509 -in "$certificate" -outform DER 2>/dev/null | sha256sum | cut -d ' ' -f 1)
  grep -q "^$print " "$pins" || die "a certificate in $pem is not pinned: SHA-256 $print"
  # comments and other blocks of the file stay behind
  openssl x509 -in "$certificate" | sed 's/.*/"&\\n"/'
done
