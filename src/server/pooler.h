/* Is there a pooler in between that changes our backend from one transaction, or statement, to the
 * next?
 *
 * Then a lock, a setting or a role of the session is not ours to keep, and may end up at somebody
 * else. Found out by what the connection does, not by what it is called: a pooler makes the process
 * number up that it announces, and in transaction mode a second connection is given the backend
 * that the first one, idle, thinks it holds; in statement mode nobody may open a transaction. */
#ifndef SERVER_POOLER_H
#define SERVER_POOLER_H

#include "server/session.h"

/* After session_begun, outside of a transaction. Costs nothing without a pooler, and a second
 * connection with one. False with ERR_BLOCKED if the backend is shared; what cannot be found out
 * within a few seconds is taken for session mode. */
bool pooler_check(const Session *session, Err *err);

#endif
