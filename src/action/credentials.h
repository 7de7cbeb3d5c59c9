/* The inputs that say where the target is and let us in: their formats, and what contradicts. All
 * is decided before anything is contacted. */
#ifndef ACTION_CREDENTIALS_H
#define ACTION_CREDENTIALS_H

#include "base/err.h"
#include "base/secret.h"

/* In the order of the input's choices. `auto`: verify-full where an authority is known. */
typedef enum SslMode {
	SSL_MODE_AUTO,
	SSL_MODE_VERIFY_FULL,
	SSL_MODE_VERIFY_CA,
	SSL_MODE_REQUIRE,
} SslMode;

typedef struct Credentials {
	Str project_ref, access_token, db_password, db_url, db_ca_cert, api_url;
	SslMode ssl_mode;
} Credentials;

/* Does it name a target that can be reached? Pull requests from forks have no token. */
bool credentials_suffice(const Credentials *given);
/* Registers token and password, in all forms; false if the password cannot be masked. */
bool credentials_keep(const Credentials *given, Secrets *secrets);
/* Adds an ERR_INPUT for each fault but for what is missing. */
void credentials_check(const Credentials *given, Err *err);
/* The same for the staging database, which is optional. */
void credentials_check_staging(const Credentials *given, Err *err);
/* Adds an ERR_INPUT that says what is missing to name a target, and where it may be given. */
void credentials_add_missing(const Credentials *given, bool in_workflow, Err *err);

#endif
