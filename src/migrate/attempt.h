/* One attempt at a migration, or at a part of it: a flight that ends a transaction, what has become
 * of it, and how that is told. For migrate/push and its like alone. */
#ifndef MIGRATE_ATTEMPT_H
#define MIGRATE_ATTEMPT_H

#include "migrate/row.h"

typedef enum Outcome {
	OUTCOME_DONE,
	OUTCOME_FAILED, /* the server refused a command; rolled back */
	OUTCOME_CANCELLED, /* rolled back */
	OUTCOME_LOST, /* who knows; the reason is in err */
} Outcome;

void attempt_add_statement(const Session *session, Flight *flight, const Statement *statement);
/* Statements [from, to), without the author's own BEGIN … COMMIT around them. */
void attempt_add_statements(
	const Session *session, Flight *flight, const Script *script, size_t from, size_t to);
/* BEGIN, with the author's options if there are any, and the lock on the history table. */
void attempt_add_begin(const Session *session, Flight *flight, const PushRow *row);
/* The history row, as the session's own role. */
void attempt_add_record(const Session *session, Flight *flight, const Script *script);

/* Is it one that keeps nobody from reading and writing, and may take its time (… CONCURRENTLY)? */
bool attempt_is_gentle(const Statement *statement);

/* Runs a flight that ends a transaction, and leaves the session outside of any. */
Outcome attempt_fly(Session *session, PushRow *row, Flight *flight, bool heed, Err *lost);
int64_t attempt_us(const Flight *flight);
void attempt_roll_back(Session *session);

/* After a failed attempt: waits, if what has failed may be tried again, and says so. True: try
 * again, or see that a signal has come. */
bool attempt_again(Session *session, PushRow *row, const Flight *flight);

/* The connection broke while `row` was running. Only the history can tell what has become of it,
 * and only after the old backend has ended. True if it is recorded. */
bool attempt_resolve(Session *session, PushRow *row, Err *lost, Err *err);

/* The file ends here, since `flight` has failed or was cancelled (NULL: nothing was running): its
 * state, and what the next run is to know. Before the fault is added. */
void attempt_end(Session *session, PushRow *row, const Flight *flight);
/* Each adds the fault and returns false. */
bool attempt_fail(const Session *session, const PushRow *row, const Flight *flight, Err *err);
bool attempt_cancelled(const PushRow *row, Err *err);

/* Has a signal come? Then the fault says before which file. */
bool attempt_stop_before(const PushRow *row, Err *err);

void attempt_mark_undone(PushRow *row);
void attempt_mark_applied(const Session *session, Push *push, PushRow *row);

#endif
