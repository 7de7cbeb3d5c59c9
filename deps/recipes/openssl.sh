#!/bin/sh
# TLS 1.2 and 1.3 for libpq and curl, and what SCRAM needs. Everything optional is off: no engines or
# providers to load, no legacy algorithms, no protocol that nobody here speaks.
# `no-deprecated` is impossible, as libpq calls HMAC_CTX functions.
set -eu

# Asked to be small: what is fast here is assembly anyway.
export CFLAGS="$CFLAGS -Os"

# One file of AES-GCM for AVX-512 is a tenth of our whole binary. Without it AES-NI is used.
# shellcheck disable=SC2016 # Perl's variable
sed -i 's/\$avx512vaes = (.*/$avx512vaes = 0;/' crypto/modes/asm/aes-gcm-avx512.pl

perl Configure "linux-$(uname -m)" --prefix=/usr --openssldir=/etc/ssl --with-rand-seed=getrandom \
  no-shared no-makedepend no-tests no-apps no-docs no-dso no-engine no-module no-legacy no-async no-ui-console \
  no-autoload-config no-filenames no-uplink no-afalgeng no-thread-pool no-default-thread-pool \
  no-ssl3 no-tls1 no-tls1_1 no-dtls no-quic no-srp no-srtp no-sctp no-nextprotoneg no-comp no-http \
  no-cms no-cmp no-ts no-ct no-rfc3779 no-unstable-qlog no-integrity-only-ciphers no-weak-ssl-ciphers no-tls-deprecated-ec \
  no-argon2 no-aria no-bf no-blake2 no-camellia no-cast no-cmac no-des no-dh no-dsa no-ec2m no-gost \
  no-idea no-md2 no-md4 no-mdc2 no-ml-dsa no-ml-kem no-multiblock no-ocb no-ocsp no-psk no-rc2 \
  no-rc4 no-rc5 no-rmd160 no-scrypt no-seed no-siphash no-siv no-slh-dsa no-sm2 no-sm3 no-sm4 \
  no-whirlpool
$MAKE build_libs

# `make install_dev` takes longer than this by far.
install -m 644 libssl.a libcrypto.a "$PREFIX/lib/"
rm -rf "$PREFIX/include/openssl"
cp -r include/openssl "$PREFIX/include/"
