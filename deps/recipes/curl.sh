#!/bin/sh
# An HTTP/1.1 client over TLS, and nothing else of what curl can do.
set -eu

# Most of curl's configure questions have known answers, which it ships; but for Linux with glibc, and
# musl's strerror_r is POSIX's.
sed -i '/STRERROR_R/d' CMake/unix-cache.cmake

off() { printf -- '-D%s=OFF ' "$@"; }
disable() { printf -- '-DCURL_DISABLE_%s=ON ' "$@"; }

# Not OPENSSL_USE_STATIC_LIBS: CMake would look for zlib too, and curl would take it up in spite of
# CURL_ZLIB=OFF. There are only static libraries to find anyway.
# A unity build compiles many files as one, which curl supports; it takes a third of the time.
# shellcheck disable=SC2046 # lists of options
cmake -S . -B build -DCMAKE_TOOLCHAIN_FILE="$DEPS/toolchain/musl.cmake" \
  -DCMAKE_BUILD_TYPE=None -DCMAKE_C_FLAGS="$CFLAGS -Os" -DCMAKE_UNITY_BUILD=ON -DBUILD_STATIC_LIBS=ON \
  -D_CURL_PREFILL=ON -DHAVE_GLIBC_STRERROR_R=0 -DHAVE_POSIX_STRERROR_R=1 \
  -DHTTP_ONLY=ON -DENABLE_THREADED_RESOLVER=ON \
  -DCURL_USE_OPENSSL=ON -DOPENSSL_ROOT_DIR="$PREFIX" \
  -DCURL_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt -DCURL_CA_PATH=none \
  $(off BUILD_SHARED_LIBS BUILD_CURL_EXE BUILD_TESTING BUILD_EXAMPLES BUILD_LIBCURL_DOCS BUILD_MISC_DOCS \
    ENABLE_CURL_MANUAL CURL_BROTLI CURL_ZSTD CURL_ZLIB USE_NGHTTP2 USE_LIBIDN2 CURL_USE_LIBPSL \
    CURL_USE_LIBSSH2 CURL_USE_LIBSSH CURL_USE_GSSAPI) \
  $(disable ALTSVC AWS COOKIES DOH HSTS IPFS KERBEROS_AUTH MIME NEGOTIATE_AUTH NETRC NTLM PROGRESS_METER \
    WEBSOCKETS)
$MAKE -C build libcurl_static
install -m 644 build/lib/libcurl.a "$PREFIX/lib/"
install -D -m 644 -t "$PREFIX/include/curl" include/curl/*.h
