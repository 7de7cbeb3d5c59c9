/* OpenSSL, beside what libpq does with it. */
#ifndef WRAP_CRYPTO_H
#define WRAP_CRYPTO_H

/* For example "OpenSSL 3.5.4 30 Sep 2025". */
const char *crypto_library_version(void);

#endif
