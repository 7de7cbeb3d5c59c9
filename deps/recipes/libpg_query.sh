#!/bin/sh
# PostgreSQL's own parser. Its objects carry hundreds of PostgreSQL's names (palloc, initStringInfo,
# pg_wchar_table …), and so does libpq with other meanings: one object is made of all, and only the
# interface stays visible.
set -eu

# What protoc would generate is shipped; it must not look older than its source.
touch protobuf/pg_query.pb-c.[ch]

# CFLAGS alone would be followed by "-g … -fPIC -O3".
$MAKE build CC="$CC" CFLAGS= CFLAGS_OPT_LEVEL="-g0 $CFLAGS"

ld -r --whole-archive libpg_query.a -o all.o
objcopy --wildcard --keep-global-symbol='pg_query_*' --keep-global-symbol='protobuf_c_*' all.o
rm -f "$PREFIX/lib/libpg_query.a"
ar rcs "$PREFIX/lib/libpg_query.a" all.o

install -m 644 pg_query.h protobuf/pg_query.pb-c.h "$PREFIX/include/"
install -D -m 644 vendor/protobuf-c/protobuf-c.h "$PREFIX/include/protobuf-c/protobuf-c.h"
