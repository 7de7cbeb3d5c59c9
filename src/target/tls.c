#include "target/tls.h"

#include <stdlib.h>

/* The authorities of the public, for servers that have a certificate from one of them. */
static Str bundle(void)
{
	const char *named = getenv("SSL_CERT_FILE");
	return named && named[0] ? str_from(named) : STR("/etc/ssl/certs/ca-certificates.crt");
}

static Str authority(const TlsCase *c)
{
	if (c->ca_cert.len)
		return c->ca_cert;
	if (c->url_roots.len)
		return c->url_roots;
	return c->rooted && c->roots.len ? c->roots : bundle();
}

static TlsChoice with_roots(const TlsCase *c, DbTls tls)
{
	if (c->url_roots.len)
		return (TlsChoice){.tls = tls, .ca_cert = c->url_roots};
	if (!c->roots.len || !c->rooted)
		return (TlsChoice){.tls = DB_TLS_REQUIRE, .unverified = true};
	return (TlsChoice){.tls = tls, .ca_cert = c->roots};
}

static TlsChoice automatic(const TlsCase *c)
{
	bool verifies_ca = str_equal(c->url_mode, STR("verify-ca"));
	bool verifies = verifies_ca || str_equal(c->url_mode, STR("verify-full"));
	if (c->ca_cert.len)
		return (TlsChoice){.tls = DB_TLS_VERIFY_FULL, .ca_cert = c->ca_cert};
	if (c->project)
		return with_roots(c, DB_TLS_VERIFY_FULL);
	if (!c->rooted || str_equal(c->url_mode, STR("disable")) || (verifies && !c->roots.len))
		return (TlsChoice){.tls = DB_TLS_OF_URL};
	return with_roots(c, verifies_ca ? DB_TLS_VERIFY_CA : DB_TLS_VERIFY_FULL);
}

TlsChoice target_tls(const TlsCase *c)
{
	switch (c->mode) {
	case SSL_MODE_REQUIRE:
		return (TlsChoice){.tls = DB_TLS_REQUIRE};
	case SSL_MODE_VERIFY_CA:
		return (TlsChoice){.tls = DB_TLS_VERIFY_CA, .ca_cert = authority(c)};
	case SSL_MODE_VERIFY_FULL:
		return (TlsChoice){.tls = DB_TLS_VERIFY_FULL, .ca_cert = authority(c)};
	case SSL_MODE_AUTO:
		break;
	}
	return automatic(c);
}
