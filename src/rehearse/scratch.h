/* A throw-away server for a rehearsal: is it one, and how is it different from the target? */
#ifndef REHEARSE_SCRATCH_H
#define REHEARSE_SCRATCH_H

#include "plan/history.h"
#include "server/session.h"

/* May it be used? It must not be the target, and must be empty, or hold nothing but a part of the
 * target's history. False with ERR_INPUT. */
bool scratch_check(Session *scratch, const History *there, const History *target, Err *err);
/* The same for what begins with nothing: it must be empty, and known not to be the target. */
bool scratch_check_unused(Session *scratch, const History *there, const History *target, Err *err);

/* Adds to `notes` what is different: the server's version, extensions. A question to each. */
void scratch_compare(Session *target, Session *scratch, Err *notes);

#endif
