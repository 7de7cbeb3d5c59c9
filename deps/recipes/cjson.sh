#!/bin/sh
set -eu

# shellcheck disable=SC2086 # a list of flags
$CC $CFLAGS -c cJSON.c
ar rcs "$PREFIX/lib/libcjson.a" cJSON.o
install -D -m 644 cJSON.h "$PREFIX/include/cjson/cJSON.h"
