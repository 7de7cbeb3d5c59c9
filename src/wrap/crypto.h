/* OpenSSL, beside what libpq does with it. */
#ifndef WRAP_CRYPTO_H
#define WRAP_CRYPTO_H

#include "base/str.h"

/* Number of certificates in a PEM text that can be read; other blocks are skipped. */
size_t crypto_count_certificates(Str pem);

/* Who the other side of a TLS connection says it is: subject, issuer and end of its certificate,
 * for people. `ssl` is OpenSSL's SSL, after the handshake; NULL: somebody without a certificate. */
Str crypto_describe_peer(Arena *arena, void *ssl);

/* SHA-256 (FIPS 180-4) of what is added piece by piece. */
typedef struct CryptoSha256 CryptoSha256;
CryptoSha256 *crypto_sha256_begin(void);
void crypto_sha256_add(CryptoSha256 *hash, Str bytes);
/* 64 digits of a-f and 0-9; `hash` is gone. */
Str crypto_sha256_end(Arena *arena, CryptoSha256 *hash);

/* For example "OpenSSL 3.5.4 30 Sep 2025". */
const char *crypto_library_version(void);

#endif
