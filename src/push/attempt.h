/* One attempt at a migration, or at a part of it: a batch that ends a transaction, what has become
 * of it, and how that is reported. For the files of this room alone. */
#ifndef PUSH_ATTEMPT_H
#define PUSH_ATTEMPT_H

#include "plan/push_state.h"
#include "server/transaction.h"

/* BEGIN, with the author's options if there are any, and the lock on the history table. */
void attempt_add_begin(const Session *session, Batch *batch, const PushRow *row);

/* Runs a batch that ends a transaction; what it has written of the file's progress is noted. */
TransactionEnd attempt_run(
	Session *session, PushRow *row, Batch *batch, bool interruptible, Err *lost);

/* After a failed attempt: waits, if what has failed may be tried again, and says so. True: try
 * again, or see that a signal has come. */
bool attempt_again(Session *session, PushRow *row, const Batch *batch);

/* The connection broke while `row` was running. Only the history can tell what has become of it,
 * and only after the old backend has ended. True if it is recorded. */
bool attempt_resolve(Session *session, PushRow *row, Err *lost, Err *err);
/* The same where rows[1 … count) followed in the same batch: those that are recorded, too, are
 * marked as resumed, up to the first that is not. */
bool attempt_resolve_rows(Session *session, PushRow *rows, size_t count, Err *lost, Err *err);

/* The file ends here, since `batch` has failed or was cancelled (NULL: nothing was running): its
 * state, and what the next run is to know. Before the fault is added. */
void attempt_end(Session *session, PushRow *row, const Batch *batch);
/* Each adds the fault and returns false. */
bool attempt_fail(Session *session, const PushRow *row, const Batch *batch, Err *err);
bool attempt_cancelled(const PushRow *row, Err *err);

/* Has a signal come? Then the fault says before which file. */
bool attempt_stop_before(const PushRow *row, Err *err);

void attempt_mark_undone(PushRow *row);
void attempt_mark_applied(const Session *session, Push *push, PushRow *row);

#endif
