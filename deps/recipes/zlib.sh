#!/bin/sh
# Git's objects are deflated.
set -eu

./configure --static --prefix="$PREFIX"
$MAKE libz.a
install -m 644 libz.a "$PREFIX/lib/"
install -m 644 zlib.h zconf.h "$PREFIX/include/"
