#include "push/post_push.h"

#include "plan/content.h"
#include "server/history_table.h"
#include "server/lock.h"

enum {
	INDEXES_MAX = 20,
	FAILURE_LIMIT_MS = 1000,
};

static void add_reload(Batch *batch)
{
	batch_add_literal(batch, "NOTIFY pgrst, 'reload schema'")->sync = true;
}

/* One that is being built right now is not a leftover. */
static size_t add_indexes(Batch *batch)
{
	session_ask(batch);
	Command *command = batch_add_literal(batch,
		"SELECT i.indexrelid::pg_catalog.regclass, i.indrelid::pg_catalog.regclass "
		"FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
		"WHERE NOT i.indisvalid AND c.relkind = 'i' AND NOT EXISTS (SELECT FROM "
		"pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid) "
		"ORDER BY i.indexrelid");
	command->want_rows = command->sync = true;
	return batch->commands.count - 1;
}

static void name_indexes(const Rows *rows, Err *warnings)
{
	for (size_t i = 0; i < rows->count && i < INDEXES_MAX; i++) {
		const Str *cells = &rows->cells[i * 2];
		Fault *fault = err_add(warnings, ERR_HISTORY,
			"the index %.*s of %.*s is invalid: it costs time, and serves no query",
			STR_ARG(cells[0]), STR_ARG(cells[1]));
		fault->hint = str_format(warnings->arena,
			"build it again, or drop it:\n  REINDEX INDEX CONCURRENTLY %.*s;\n"
			"  DROP INDEX CONCURRENTLY %.*s;",
			STR_ARG(cells[0]), STR_ARG(cells[0]));
	}
}

static void compare_row(const History *history, const PushRow *row, Err *err)
{
	ARENA_SCRATCH(scratch);
	const Migration *migration = row->script->migration;
	Str digest = content_digest(&scratch, row->script);
	for (size_t i = 0; i < history->versions.count; i++) {
		if (!str_equal(history->versions.items[i], migration->version))
			continue;
		if (!str_equal(history->records[i].digest, digest))
			err_add(err, ERR_HISTORY,
				"the history, read back, has other statements for %.*s "
				"than were pushed",
				STR_ARG(migration->file));
		return;
	}
	err_add(err, ERR_HISTORY, "the history, read back, does not have %.*s",
		STR_ARG(migration->version))
		->hint = STR("somebody has taken it out, or a migration has: look at "
			     "supabase_migrations.schema_migrations before the next run");
}

/* That the history cannot be read at this moment, since somebody has locked it, is no fault of what
 * was committed. */
static bool excuse(Err *failure, Err *warnings, Err *err)
{
	bool is_locked = failure->last && cause_has(failure->last->cause, CAUSE_IS_LOCK);
	if (is_locked)
		failure->last->hint = STR("everything was pushed, but not read back and compared: "
					  "the next run compares it");
	err_append(is_locked ? warnings : err, failure);
	return is_locked;
}

bool post_push(Session *session, const Push *push, Err *warnings, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	History history = {0};
	Err failure = {.arena = err->arena};
	size_t before = err->count;
	session_reset(session, &batch);
	batch.commands.items[batch.commands.count - 1].sync = true;
	add_reload(&batch);
	size_t indexes = add_indexes(&batch);
	HistoryQuestion question = history_ask(session, &batch);
	if (session->held)
		lock_release(&batch);
	if (!batch_run(session->db, &batch, deadline_in(session->answer_limit_ms), false, err))
		return false;
	if (batch.commands.items[indexes].state == COMMAND_DONE)
		name_indexes(&batch.commands.items[indexes].rows, warnings);
	if (!history_take(session, &batch, question, &history, &failure))
		return excuse(&failure, warnings, err);
	for (size_t i = 0; i < push->count; i++)
		if (push->rows[i].state == PUSH_APPLIED)
			compare_row(&history, &push->rows[i], err);
	return err->count == before;
}

void post_push_failure(Session *session, const Push *push)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	Err ignored = {.arena = &scratch};
	bool changed = push->applied > 0;
	for (size_t i = 0; i < push->count; i++)
		changed = changed || push->rows[i].kept > 0;
	if (!session->db || !(changed || session->held))
		return;
	if (changed)
		add_reload(&batch);
	if (session->held)
		lock_release(&batch); /* a pooler may keep the connection */
	batch_run(session->db, &batch, deadline_in(FAILURE_LIMIT_MS), false, &ignored);
}
