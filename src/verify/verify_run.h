/* Runs verify scripts: each after a savepoint, in a transaction that may only read and is rolled
 * back, as the role and with the settings of a migration. All travel in one turn. */
#ifndef VERIFY_VERIFY_RUN_H
#define VERIFY_VERIFY_RUN_H

#include "server/session.h"
#include "verify/verify.h"

/* Runs those that are chosen, in a transaction of their own. Outside of any transaction. Adds
 * ERR_VERIFY for what does not hold, ERR_CONNECT if the connection is lost, ERR_CANCELLED. */
bool verify_run(Session *session, Verify *verify, Err *err);

/* The same in parts, for a transaction that the caller has opened and rolls back. Adds those that
 * are chosen; role, settings and locks are as before after each. `limits` runs before each, after
 * the session's settings were reset; empty: nothing does. */
void verify_add(const Session *session, Batch *batch, Verify *verify, Str limits);
/* What has come of that batch. Adds ERR_VERIFY for what does not hold. */
bool verify_judge(Verify *verify, const Batch *batch, Err *err);

#endif
