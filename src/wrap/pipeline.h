/* libpq's pipeline mode: a batch of commands goes out at once, the results are matched in order.
 *
 * A command that fails makes the server skip the rest up to the next synchronisation point (manual,
 * "Pipeline Mode"); there is always one at the end of a batch. One batch is one network turn,
 * whatever it holds, unless it is larger than the socket's buffers.
 *
 * When a signal comes, nothing more is sent, the server is asked to cancel, and the results are
 * collected for a short while, so that the caller knows what has happened. */
#ifndef WRAP_PIPELINE_H
#define WRAP_PIPELINE_H

#include "base/vec.h"
#include "wrap/db.h"

typedef struct Param {
	Str value; /* ptr NULL is SQL NULL */
	bool binary;
} Param;

typedef struct Rows {
	size_t count, columns;
	Str *cells; /* row by row; ptr NULL is SQL NULL */
	/* with rows_max: */
	size_t total; /* rows that have come, kept or not */
	Str *names; /* of the columns; of a description, too */
	int64_t *types; /* of a description: their oids */
	bool is_truth; /* there is one column, of type boolean */
} Rows;

typedef enum CommandState {
	COMMAND_NOT_RUN, /* not sent, or no answer has come */
	COMMAND_DONE,
	COMMAND_FAILED,
	COMMAND_SKIPPED, /* by the server, after a failure before it */
} CommandState;

typedef struct Command {
	/* One statement. Either NUL-terminated, or in memory that is writable one byte past its
	 * end: libpq wants a terminator, lent for the call instead of copying megabytes. */
	Str sql;
	const Param *params; /* at most 8 */
	size_t param_count;
	bool sync; /* a failure before it does not make the server skip what follows */
	bool parse_only; /* have it parsed, not run */
	bool describe; /* the columns of what was parsed right before it; `sql` is not sent */
	/* The name of a prepared statement; NULL: none. With parse_only `sql` gets that name;
	 * otherwise what has it is run, and `sql` is not sent. */
	const char *prepared;
	bool want_rows; /* keep the result's rows; otherwise they are dropped one by one */
	size_t rows_max; /* with want_rows: keep the first ones only, each cell cut at 1 KiB, for
			    a query that anybody may have written; 0: all */
	const void *subject; /* the caller's own */
	int purpose; /* the caller's own: what a command without a subject is for; 0: nothing
			special */

	CommandState state;
	int64_t us; /* time from the result before to this one */
	Str tag; /* if done: what the server says it was, for example COMMIT */
	Rows rows; /* if wanted */
	const ServerMessage *failure; /* if failed */
} Command;

/* Is called every now and then while a batch waits for answers; true asks the server to cancel. */
typedef bool BatchTickFn(void *context);
/* Is called for each command, in order, when its answer is complete and the next one's has not
 * begun. */
typedef void BatchAnsweredFn(void *context, const Command *command);

typedef struct Batch {
	Arena *arena; /* owns the results */
	VEC(Command) commands;
	BatchTickFn *tick; /* may be NULL */
	void *tick_context;
	BatchAnsweredFn *answered; /* may be NULL */
	void *answered_context;
} Batch;

/* A new command at the end; fill in the rest. The pointer holds until the next call. */
Command *batch_add(Batch *batch, Str sql);
/* A literal statement without parameters. */
#define batch_add_literal(batch, text) batch_add((batch), STR(text))

/* Sends all, waits for all results. True if they are in: look at each command's state, and at
 * interrupt_pending. False: the connection was lost or no answer came in time (ERR_OUTCOME, with
 * the server's last words), or a cancelled server did not answer in time (ERR_CANCELLED); the
 * states tell what is known. `interruptible` = let signals cancel it. */
bool batch_run(Db *db, Batch *batch, Deadline deadline, bool interruptible, Err *err);

/* The same in steps that never wait, for a connection that looks on while another one is busy. */
typedef struct BatchRun BatchRun;
typedef enum BatchState {
	BATCH_UNDER_WAY,
	BATCH_ANSWERED,
	BATCH_LOST,
} BatchState;
/* The run lives in the batch's arena. */
BatchRun *batch_begin(Db *db, Batch *batch);
BatchState batch_step(BatchRun *run);

/* The first failed command, or NULL. */
const Command *batch_failed(const Batch *batch);

#endif
