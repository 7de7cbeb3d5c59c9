/* Executes a plan: each migration with its history row, committed together or not at all.
 *
 * An atomic file is one batch: BEGIN, its statements, the history row, COMMIT. Files with
 * statements that PostgreSQL refuses in a transaction block run in parts; files that control
 * transactions themselves run as they are written. What a failure leaves is reported exactly. */
#ifndef PUSH_PUSH_H
#define PUSH_PUSH_H

#include "plan/push_state.h"

typedef struct Session Session;

/* One row a script, none of them run. Also when no push is made, for the report. */
void push_prepare(Arena *arena, Script *scripts, size_t count, Push *out);

/* Tells the rows what the history under the lock says: who may lock it, and which files an earlier
 * run has left half done. */
void push_start(Push *push, const History *history);

/* Adds ERR_BLOCKED for each script that cannot be part of one transaction for all. */
bool push_check_all(const Push *push, Err *err);

/* Runs the scripts in order, each in a transaction of its own where it can be. Stops at the first
 * failure (ERR_MIGRATION, ERR_HISTORY, ERR_OUTCOME) or signal (ERR_CANCELLED). */
bool push_files(Session *session, Push *push, Err *err);
/* The same in one transaction for the whole push; push_check_all must have passed. */
bool push_all(Session *session, Push *push, Err *err);

#endif
