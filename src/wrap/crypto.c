#include "wrap/crypto.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>

static void bio_free(BIO **bio)
{
	BIO_free(*bio);
}

size_t crypto_count_certificates(Str pem)
{
	size_t count = 0;
	if (pem.len > INT_MAX)
		return 0;
	__attribute__((cleanup(bio_free))) BIO *bio = BIO_new_mem_buf(pem.ptr, (int)pem.len);
	for (X509 *certificate; bio && (certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL));
		count++)
		X509_free(certificate);
	return count;
}

const char *crypto_library_version(void)
{
	return OpenSSL_version(OPENSSL_VERSION);
}
