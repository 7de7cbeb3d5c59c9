#!/bin/sh
# libgit2 does not configure without it. Nothing of it reaches our binary.
set -eu

# shellcheck disable=SC2086 # a list of flags
$CC $CFLAGS -c http_parser.c
ar rcs "$PREFIX/lib/libhttp_parser.a" http_parser.o
install -m 644 http_parser.h "$PREFIX/include/"
