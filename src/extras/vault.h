/* The vault: [db.vault]'s secrets are brought to the target before pending migrations are run.
 *
 * A secret that has its value already is left alone: the server is asked for the SHA-256 of what it
 * holds, so that neither its old nor its new value travels for the comparison. One that it cannot
 * decrypt any more (its key was lost when the database was moved) is written again. Values are sent
 * as parameters, never as a part of SQL, and are in no message. */
#ifndef EXTRAS_VAULT_H
#define EXTRAS_VAULT_H

#include "local/config.h"

typedef struct Session Session;

typedef enum VaultVerdict {
	VAULT_EQUAL, /* the target has this value */
	VAULT_NEW,
	VAULT_CHANGED,
	VAULT_UNKNOWN, /* the target could not be asked */
	VAULT_EMPTY, /* nothing to set: the value is empty, or its variable is not set */
} VaultVerdict;

typedef struct VaultRow {
	const VaultEntry *entry;
	VaultVerdict verdict;
	Str id; /* of the secret on the target, if there is one */
	bool is_unreadable; /* the target has one, and cannot decrypt it: VAULT_CHANGED */
} VaultRow;

typedef struct Vault {
	VEC(VaultRow) rows; /* by name */
	bool is_done; /* all that was to be done is committed */
	bool has_failed;
	int64_t us;
} Vault;

/* Asks the target about every entry that has a value; one turn, and one more for each that the
 * target cannot decrypt, which is a warning. Adds ERR_BLOCKED if it has no vault, ERR_DATA if our
 * role may not read it. */
bool vault_compare(Session *session, const Config *config, Vault *out, Err *warnings, Err *err);

size_t vault_count(const Vault *vault, VaultVerdict verdict);
/* How many are to be created or updated. */
size_t vault_to_do(const Vault *vault);

/* Creates and updates, in one transaction. Adds ERR_DATA. */
bool vault_run(Session *session, Vault *vault, Err *err);

Str vault_word(const VaultRow *row);

#endif
