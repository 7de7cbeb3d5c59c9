#!/bin/sh
# libpq with TLS and SCRAM, and the two helper libraries in the form that libpq links: the plain
# libpgcommon and libpgport are for programs and lack symbols that libpq uses.
set -eu

./configure CC="$CC" CFLAGS="$CFLAGS" --with-ssl=openssl \
  --without-readline --without-zlib --without-icu --disable-nls --disable-rpath

# Nothing is made of the server, but its generated headers are included everywhere.
$MAKE -C src/backend generated-headers

# PostgreSQL's makefiles build each helper's object three times, for programs, libraries and the server.
# We need the second only, and it is enough that its twin for programs exists.
for library in common port; do
  for file in "src/$library"/*.c; do
    touch "${file%.c}.o"
  done
  $MAKE -C "src/$library" "libpg${library}_shlib.a"
  install -m 644 "src/$library/libpg${library}_shlib.a" "$PREFIX/lib/"
done
$MAKE -C src/interfaces/libpq libpq.a SHLIB_PREREQS=

install -m 644 src/interfaces/libpq/libpq.a "$PREFIX/lib/"
install -m 644 src/interfaces/libpq/libpq-fe.h src/include/postgres_ext.h src/include/pg_config_ext.h \
  "$PREFIX/include/"
