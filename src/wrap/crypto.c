#include "wrap/crypto.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <stdlib.h>

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

struct CryptoSha256 {
	EVP_MD_CTX *context;
};

CryptoSha256 *crypto_sha256_begin(void)
{
	CryptoSha256 *hash = calloc(1, sizeof *hash);
	if (!hash)
		arena_exhausted();
	hash->context = EVP_MD_CTX_new();
	if (!hash->context || EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL) != 1)
		arena_exhausted();
	return hash;
}

void crypto_sha256_add(CryptoSha256 *hash, Str bytes)
{
	EVP_DigestUpdate(hash->context, bytes.ptr, bytes.len);
}

Str crypto_sha256_end(Arena *arena, CryptoSha256 *hash)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned length = 0;
	EVP_DigestFinal_ex(hash->context, digest, &length);
	EVP_MD_CTX_free(hash->context);
	free(hash);
	Buf hex = buf_new(arena, EVP_MAX_MD_SIZE * 2);
	for (unsigned i = 0; i < length; i++)
		buf_format(&hex, "%02x", digest[i]);
	return buf_str(&hex);
}

const char *crypto_library_version(void)
{
	return OpenSSL_version(OPENSSL_VERSION);
}
