#include "wrap/crypto.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

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

static Str bio_text(Arena *arena, BIO *bio)
{
	char *text = NULL;
	long length = BIO_get_mem_data(bio, &text);
	Str copy = str_copy(arena, (Str){text, length > 0 ? (size_t)length : 0});
	(void)BIO_reset(bio);
	return copy;
}

static Str name_text(Arena *arena, BIO *bio, const X509_NAME *name)
{
	X509_NAME_print_ex(bio, name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
	return bio_text(arena, bio);
}

Str crypto_describe_peer(Arena *arena, void *ssl)
{
	X509 *certificate = ssl ? SSL_get0_peer_certificate(ssl) : NULL;
	__attribute__((cleanup(bio_free))) BIO *bio = BIO_new(BIO_s_mem());
	if (!certificate || !bio)
		return STR("the server has shown no certificate");
	Str subject = name_text(arena, bio, X509_get_subject_name(certificate));
	Str issuer = name_text(arena, bio, X509_get_issuer_name(certificate));
	ASN1_TIME_print(bio, X509_get0_notAfter(certificate));
	Str end = bio_text(arena, bio);
	bool over = X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0;
	return str_format(arena, "the server's certificate: subject %.*s; issuer %.*s; %s %.*s",
		STR_ARG(subject), STR_ARG(issuer), over ? "expired" : "valid until", STR_ARG(end));
}

const char *crypto_library_version(void)
{
	return OpenSSL_version(OPENSSL_VERSION);
}
