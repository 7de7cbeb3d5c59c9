#include "server/pooler.h"

#include "base/interrupt.h"

enum {
	/* In session mode, the second connection may have to wait for a place in the pool. */
	ANSWER_LIMIT_MS = 2000
};

/* What has become of a question to a connection. */
typedef enum Answer {
	ANSWER_NONE, /* not in time: it may have to wait for a place in the pool */
	ANSWER_GIVEN,
	ANSWER_HUNG_UP, /* it was refused, or the connection ended */
} Answer;

typedef enum PoolMode {
	POOL_SESSION,
	POOL_TRANSACTION,
	POOL_STATEMENT,
} PoolMode;

/* The backend that runs this connection's statements now. With `hold` it is kept in a
 * transaction. */
static Answer ask_backend(Arena *arena, Db *db, bool hold, Str *backend)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	Err ignored = {.arena = &scratch};
	Deadline deadline = deadline_in(ANSWER_LIMIT_MS);
	if (hold)
		batch_add_literal(&batch, "BEGIN");
	Command *command = batch_add_literal(&batch, "SELECT pg_catalog.pg_backend_pid()");
	command->want_rows = true;
	const Command *last = &batch.commands.items[batch.commands.count - 1];
	if (!batch_run(db, &batch, deadline, true, &ignored))
		return deadline_left(deadline) ? ANSWER_HUNG_UP : ANSWER_NONE;
	if (batch_failed(&batch))
		return ANSWER_HUNG_UP;
	if (last->rows.count != 1)
		return ANSWER_NONE;
	*backend = str_copy(arena, last->rows.cells[0]);
	return ANSWER_GIVEN;
}

/* While a second connection holds a backend in a transaction: is it ours, or another one? A pool
 * that lends a backend for one statement lets nobody hold it. */
static PoolMode find_mode(Arena *arena, const Session *session)
{
	Err ignored = {.arena = arena};
	DbOptions options = session->options.db;
	AUTO_DB second = NULL;
	Str held, ours;
	options.notice = NULL;
	if (!db_open(&options, &second, &ignored))
		return POOL_SESSION;
	switch (ask_backend(arena, second, true, &held)) {
	case ANSWER_NONE:
		return POOL_SESSION;
	case ANSWER_HUNG_UP:
		return interrupt_pending() ? POOL_SESSION : POOL_STATEMENT;
	case ANSWER_GIVEN:
		break;
	}
	if (str_equal(held, session->backend_pid))
		return POOL_TRANSACTION;
	bool answered = ask_backend(arena, session->db, false, &ours) == ANSWER_GIVEN;
	return answered && !str_equal(ours, session->backend_pid) ? POOL_TRANSACTION : POOL_SESSION;
}

bool pooler_check(const Session *session, Err *err)
{
	static const char *const names[] = {
		[POOL_TRANSACTION] = "transaction", [POOL_STATEMENT] = "statement"};
	ARENA_SCRATCH(scratch);
	Str announced = str_format(&scratch, "%d", db_announced_pid(session->db));
	if (!session->backend_pid.len || str_equal(announced, session->backend_pid))
		return true;
	PoolMode mode = find_mode(&scratch, session);
	if (mode == POOL_SESSION)
		return true;
	Str where = db_describe(&scratch, session->db);
	err_add(err, ERR_BLOCKED, "%.*s is a connection pooler in %s mode", STR_ARG(where),
		names[mode])
		->hint =
		STR("a push needs a session of its own: give the server's own host and port, "
		    "or a pool in session mode (Supabase: port 5432 of the same host)");
	return false;
}
