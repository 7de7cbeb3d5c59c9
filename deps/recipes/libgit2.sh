#!/bin/sh
# Reads local repositories: no transport of any kind. musl's regular expressions serve it.
# Debian's source is without the bundled libraries, and will not configure without an HTTP parser.
set -eu

# A loose object that is cut off would be inflated for ever: zlib makes no progress, and says so only by that.
sed -i '/out_remain -= out_written;/i\
\t\tif (!out_written \&\& !zstream->in_len \&\& zstream->zerr != Z_STREAM_END) {\
\t\t\tgit_error_set(GIT_ERROR_ZLIB, "zlib input ends too early");\
\t\t\treturn -1;\
\t\t}' src/util/zstream.c
grep -q 'ends too early' src/util/zstream.c

cmake -S . -B build -DCMAKE_TOOLCHAIN_FILE="$DEPS/toolchain/musl.cmake" -DCMAKE_BUILD_TYPE=None \
  -DCMAKE_C_FLAGS="$CFLAGS -Os -ffile-prefix-map=$PWD=." -DBUILD_SHARED_LIBS=OFF -DBUILD_TESTS=OFF -DBUILD_CLI=OFF \
  -DUSE_SSH=OFF -DUSE_HTTPS=OFF -DUSE_GSSAPI=OFF -DUSE_NTLMCLIENT=OFF -DUSE_ICONV=OFF \
  -DUSE_SHA1=CollisionDetection -DUSE_SHA256=Builtin -DREGEX_BACKEND=regcomp \
  -DUSE_BUNDLED_ZLIB=OFF -DUSE_HTTP_PARSER=http-parser
$MAKE -C build libgit2package
install -m 644 build/libgit2.a "$PREFIX/lib/"
rm -rf "$PREFIX/include/git2"
cp -r include/git2 include/git2.h "$PREFIX/include/"
