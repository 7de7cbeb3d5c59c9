/* Writes a repair to the history: one transaction under the lock on it, read back afterwards.
 * Nothing else is touched. */
#ifndef PUSH_REPAIR_RUN_H
#define PUSH_REPAIR_RUN_H

#include "plan/repair.h"

typedef struct Session Session;

/* Under the push's lock, with the history as it was when that was taken, which the plan is of. Sets
 * repair->is_done once it is committed. Adds ERR_HISTORY, ERR_OUTCOME, ERR_CANCELLED. */
bool repair_run(Session *session, Repair *repair, const History *history, Err *err);

#endif
