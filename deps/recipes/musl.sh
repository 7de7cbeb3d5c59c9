#!/bin/sh
# The C library itself, as Debian has built it: nothing of our own decides how it is compiled. With it comes a
# compiler wrapper for everything that follows.
set -eu

multiarch=$(uname -m)-linux-musl
cp "usr/lib/$multiarch"/*.a "usr/lib/$multiarch"/*.o "$PREFIX/lib/"
cp -r "usr/include/$multiarch/." "$PREFIX/include/"

install -D "$DEPS/toolchain/musl-gcc" "$PREFIX/bin/musl-gcc"
install -m 644 "$DEPS/toolchain/musl-gcc.specs" "$PREFIX/lib/"

# musl has no kernel headers. /usr/include as a whole would bring in glibc's, so only these three.
mkdir -p "$PREFIX/kernel"
ln -sfn /usr/include/linux "$PREFIX/kernel/linux"
ln -sfn /usr/include/asm-generic "$PREFIX/kernel/asm-generic"
ln -sfn "/usr/include/$(gcc -print-multiarch)/asm" "$PREFIX/kernel/asm"
