/* Does the target take writes at all? Found out by the dry run, before a file is blamed for it. */
#ifndef SERVER_WRITABLE_H
#define SERVER_WRITABLE_H

#include "plan/history.h"
#include "server/session.h"

/* After session_begun; asks nothing. False with ERR_BLOCKED on a standby, and where the database,
 * the server or the login is read only by default. `is_dry`: a login that is made for reading alone
 * is no fault, for it is not the one that pushes. */
bool writable_check(const Session *session, const History *history, bool is_dry, Err *err);

#endif
