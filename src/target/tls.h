/* Who has to prove what: how a connection is encrypted and verified, in one table of cases. */
#ifndef TARGET_TLS_H
#define TARGET_TLS_H

#include "action/credentials.h"
#include "wrap/db.h"

typedef struct TlsCase {
	SslMode mode; /* db-ssl-mode */
	Str ca_cert; /* db-ca-cert */
	Str roots; /* of this build, for Supabase's hosts */
	bool rooted; /* is the host one of those that they sign for? */
	bool project; /* a project, not a URL */
	Str url_mode, url_roots; /* the URL's own sslmode and sslrootcert */
} TlsCase;

typedef struct TlsChoice {
	DbTls tls;
	Str ca_cert;
	bool unverified; /* encrypted only, and nobody has said that this is enough */
} TlsChoice;

/* db-ssl-mode decides; then db-ca-cert, which wants verify-full; then, at Supabase's hosts, the
 * authority that the URL names or the roots of the build, which want it, too, unless the URL wants
 * `disable` or `verify-ca`. A project is encrypted in any case; any other URL is left as it is. */
TlsChoice target_tls(const TlsCase *c);

#endif
