/* Has the server analyse queries, and run none: one turn. */
#ifndef SERVER_ANALYSE_H
#define SERVER_ANALYSE_H

#include "preflight/analysis.h"
#include "server/session.h"

/* Answers each, as far as it can be said: what waits for a lock for too long stays open. False if
 * the server could not be asked. */
bool analyse_ask(Session *session, Analyses *analyses, Err *err);

#endif
