/* One transaction on the target: its statements, how it is run and ended, when it is tried again,
 * and what is known of it after the connection broke. Migrations, roles, secrets, seeds, rehearsals
 * and verify scripts run here, and nowhere else.
 *
 * A transaction travels as one batch. Where the batch ends, nothing is left open, unless the caller
 * has asked for it. */
#ifndef SERVER_TRANSACTION_H
#define SERVER_TRANSACTION_H

#include "sql/script.h"
#include "server/session.h"

typedef enum TransactionEnd {
	TRANSACTION_DONE, /* it has ended as it was to */
	TRANSACTION_REFUSED, /* the server refused a command: batch_failed; rolled back */
	TRANSACTION_CANCELLED, /* a signal has come; rolled back */
	TRANSACTION_LOST, /* nobody knows: the connection broke, or the server kept silent */
} TransactionEnd;

typedef struct TransactionOptions {
	bool interruptible; /* signals cancel it */
	bool has_savepoints; /* a refused statement may be undone by itself: it stays open, and
				commits although one was */
	bool rolls_back; /* it is to end by ROLLBACK */
	bool is_unlocked; /* the session does not have the push's lock, and is not to take it */
	int64_t limit_ms; /* when it has taken so long, it is cancelled; 0: never */
} TransactionOptions;

/* The end of a file's transaction. */
void transaction_add_commit(Batch *batch);
/* One that resets the role is followed by what takes the session's on again. */
void transaction_add_statement(const Session *session, Batch *batch, const Statement *statement);
/* What a caller wants to do between the statements of a file, in their transaction. */
typedef struct TransactionHook {
	/* What runs as `statement`: itself, another one in its place, or NULL for nothing. */
	const Statement *(*choose)(void *context, const Statement *statement);
	/* Adds what comes right after it, whatever choose has said. */
	void (*after)(void *context, Batch *batch, const Statement *statement);
	void *context;
} TransactionHook;

/* Statements [from, to) of a script. */
typedef struct TransactionPart {
	const Script *script;
	size_t from, to;
} TransactionPart;

/* Adds a part, without the author's own BEGIN … COMMIT around it. `hook` may be NULL. */
void transaction_add_part(
	const Session *session, Batch *batch, TransactionPart part, const TransactionHook *hook);
/* The same for a whole script. */
void transaction_add_script(const Session *session, Batch *batch, const Script *script);

/* Runs a batch whose last command ends the transaction. Adds its time to *us, and the reason for
 * TRANSACTION_LOST to `lost`. */
TransactionEnd transaction_run(
	Session *session, Batch *batch, const TransactionOptions *options, int64_t *us, Err *lost);

/* Rolls back what is open; a connection whose server does not answer is closed, which does the
 * same. */
void transaction_roll_back(Session *session);

/* After TRANSACTION_REFUSED at `failed` (may be NULL): was it for a lock, or did this program
 * cancel it for others while it waited for one, and does lock-retries allow another try? Then it is
 * rolled back, the log says so, and the pause is over, or a signal has come, which the next try
 * sees. `what`: a file's name. */
bool transaction_retry(Session *session, Str what, const Command *failed, size_t *tries);
/* Adds to a fault's message how often it was tried, if more than once. */
void transaction_tell_tries(Arena *arena, Fault *fault, size_t tries);

/* Is it one that keeps nobody from reading and writing, and may take its time (… CONCURRENTLY)? */
bool transaction_blocks_nobody(const Statement *statement);
/* Time on the server and the way there. */
int64_t transaction_us(const Batch *batch);

#endif
