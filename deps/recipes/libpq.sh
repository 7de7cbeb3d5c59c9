#!/bin/sh
# libpq with TLS and SCRAM, and what it uses of the two helper libraries, in the form that libpq links: the
# plain libpgcommon and libpgport are for programs and lack symbols that libpq uses.
set -eu

CONFIG_SITE=$DEPS/recipes/libpq.site ./configure CC="$CC" CFLAGS="$CFLAGS" --with-ssl=openssl \
  --without-readline --without-zlib --without-icu --disable-nls --disable-rpath

# Nothing is made of the server, but its generated headers are included everywhere.
$MAKE -C src/backend generated-headers

# helper LIBRARY MODULE…: of a helper library these modules only; a link of our binary would lack what is forgotten.
# PostgreSQL's makefiles build each object three times, for programs, libraries and the server. We need the
# second, and it is enough that its twin for programs exists.
helper() {
  library=$1
  shift
  for module; do
    touch "src/$library/$module.o"
  done
  # shellcheck disable=SC2046 # a list
  $MAKE -C "src/$library" "libpg${library}_shlib.a" OBJS_SHLIB="$(printf '%s_shlib.o ' "$@")"
  install -m 644 "src/$library/libpg${library}_shlib.a" "$PREFIX/lib/"
}
helper common base64 cryptohash_openssl encnames hmac_openssl ip link-canary md5_common pg_prng saslprep scram-common \
  string unicode_norm wchar
helper port chklocale getpeereid inet_net_ntop pg_strong_random pgstrcasecmp snprintf strerror timingsafe_bcmp user
$MAKE -C src/interfaces/libpq libpq.a SHLIB_PREREQS=

install -m 644 src/interfaces/libpq/libpq.a "$PREFIX/lib/"
install -m 644 src/interfaces/libpq/libpq-fe.h src/include/postgres_ext.h src/include/pg_config_ext.h \
  "$PREFIX/include/"
