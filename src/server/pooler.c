#include "server/pooler.h"

enum {
	/* In session mode, the second connection may have to wait for a place in the pool. */
	ANSWER_LIMIT_MS = 2000
};

/* The backend that runs this connection's statements now; empty if there was no answer. With `hold`
 * it is kept in a transaction. */
static Str backend_of(Arena *arena, Db *db, bool hold)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	Err ignored = {.arena = &scratch};
	if (hold)
		batch_add_literal(&batch, "BEGIN");
	Command *command = batch_add_literal(&batch, "SELECT pg_catalog.pg_backend_pid()");
	command->want_rows = true;
	const Command *last = &batch.commands.items[batch.commands.count - 1];
	if (!batch_run(db, &batch, deadline_in(ANSWER_LIMIT_MS), true, &ignored) ||
		last->rows.count != 1)
		return (Str){0};
	return str_copy(arena, last->rows.cells[0]);
}

/* While a second connection holds a backend in a transaction: is it ours, or another one? */
static bool is_shared(Arena *arena, const Session *session)
{
	Err ignored = {.arena = arena};
	DbOptions options = session->options.db;
	AUTO_DB second = NULL;
	options.notice = NULL;
	if (!db_open(&options, &second, &ignored))
		return false;
	Str held = backend_of(arena, second, true);
	if (!held.len || str_equal(held, session->backend_pid))
		return held.len > 0;
	Str ours = backend_of(arena, session->db, false);
	return ours.len && !str_equal(ours, session->backend_pid);
}

bool pooler_check(const Session *session, Err *err)
{
	ARENA_SCRATCH(scratch);
	Str announced = str_format(&scratch, "%d", db_announced_pid(session->db));
	if (!session->backend_pid.len || str_equal(announced, session->backend_pid))
		return true;
	if (!is_shared(&scratch, session))
		return true;
	Str where = db_describe(&scratch, session->db);
	err_add(err, ERR_BLOCKED, "%.*s is a connection pooler in transaction mode", STR_ARG(where))
		->hint =
		STR("a push needs a session of its own: give the server's own host and port, "
		    "or a pool in session mode (Supabase: port 5432 of the same host)");
	return false;
}
