/* A transaction of a push that is no migration: roles, vault secrets, a seed file.
 *
 * What it has done is either all there or not at all, and the caller knows which. */
#ifndef MIGRATE_ERRAND_H
#define MIGRATE_ERRAND_H

#include "migrate/script.h"
#include "migrate/session.h"

typedef enum ErrandOutcome {
	ERRAND_DONE, /* committed */
	ERRAND_FAILED, /* the server refused a command; the transaction is still open */
	ERRAND_CANCELLED, /* rolled back */
	ERRAND_LOST, /* the connection broke: who knows; the reason is in `lost` */
} ErrandOutcome;

/* Adds ERR_BLOCKED unless all of the script can run in one transaction. */
bool errand_check(const Script *script, Err *err);

/* One that drops the role which the session has taken on is followed by taking it on again. */
void errand_add_statement(const Session *session, Flight *flight, const Statement *statement);

/* Runs a flight that ends with COMMIT, until it is answered or a signal comes. */
ErrandOutcome errand_run(Session *session, Flight *flight, int64_t *us, Err *lost);

/* Whatever is open is undone; a server that does not answer is left, and does so by itself. */
void errand_roll_back(Session *session);

/* Connects again after ERRAND_LOST, and waits until the lost session has ended: what it has left is
 * final then. Takes the push's lock again. False with the reason in `err`. */
bool errand_recover(Session *session, Err *err);

#endif
