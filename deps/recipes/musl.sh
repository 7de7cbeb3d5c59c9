#!/bin/sh
# The C library itself, static only, with a compiler wrapper for everything that follows.
set -eu

# What no program of ours can need; a link would tell.
rm -r src/aio src/complex src/crypt src/ipc src/mq

./configure CC=gcc CFLAGS=-fPIE --prefix="$PREFIX" --disable-shared --disable-wrapper
$MAKE
$MAKE install

install -D "$DEPS/toolchain/musl-gcc" "$PREFIX/bin/musl-gcc"
install -m 644 "$DEPS/toolchain/musl-gcc.specs" "$PREFIX/lib/"

# musl has no kernel headers. /usr/include as a whole would bring in glibc's, so only these three.
mkdir -p "$PREFIX/kernel"
ln -sfn /usr/include/linux "$PREFIX/kernel/linux"
ln -sfn /usr/include/asm-generic "$PREFIX/kernel/asm-generic"
ln -sfn "/usr/include/$(gcc -print-multiarch)/asm" "$PREFIX/kernel/asm"
