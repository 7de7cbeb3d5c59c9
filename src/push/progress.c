#include "push/progress.h"

#include "base/interrupt.h"
#include "base/sqlstate.h"
#include "plan/content.h"
#include "server/history_table.h"
#include "sql/lex.h"
#include "server/lock_monitor.h"

#define TABLE "supabase_migrations.promote_progress"

enum {
	LIMIT_MS = 1000 /* for what is not worth waiting for */
};

/* Under another session authorization our own table is out of reach in the middle of the file. */
static bool changes_authorization(const Script *script)
{
	Lexer lexer = {.text = script->migration->text};
	Str token;
	bool session = false;
	for (LexKind kind; (kind = lex_next_word(&lexer, &token)) != LEX_END;) {
		if (session && kind == LEX_WORD && lex_is(token, "AUTHORIZATION"))
			return true;
		session = kind == LEX_WORD && lex_is(token, "SESSION");
	}
	return false;
}

/* If the run ended in the statement after the first `done` ones, would it be unknown whether it
 * ran? What is recorded is never the middle of a transaction, except after COMMIT AND CHAIN. */
static bool is_doubtful(const Script *script, size_t done)
{
	if (done >= script->count || script_chained(script, done))
		return false;
	const Statement *statement = &script->statements[done];
	if (statement->class == SQL_NO_BLOCK)
		return !sql_kind_is_repeatable(statement->kind);
	return statement->may_commit &&
	       (script->mode == SCRIPT_AS_WRITTEN || script->mode == SCRIPT_AUTOCOMMIT);
}

/* If the statement itself fails, it leaves nothing; if our command after it fails, it may have
 * committed. */
bool progress_may_have_run(const PushRow *row, const Command *failed)
{
	if (!row->is_begun || !is_doubtful(row->script, row->kept))
		return false;
	const Statement *statement = &row->script->statements[row->kept];
	return statement->may_commit || !failed || failed->subject != statement;
}

static Str chain_of(const Session *session, PushRow *row, size_t done)
{
	if (row->chained > done) {
		row->chained = 0;
		row->chain = (Str){0};
	}
	for (; row->chained < done; row->chained++)
		row->chain = content_chain(
			session->arena, row->chain, row->script->statements[row->chained].text);
	return row->chain;
}

/* Our columns with what they are to be, or are expected to be. Versions are digits, chains are
 * hexadecimal: both are constants as they are. */
static Str columns_of(Arena *arena, const PushRow *row)
{
	return str_format(arena, "done = %zu, in_doubt = %s, chain = '%.*s'", row->noting,
		is_doubtful(row->script, row->noting) ? "true" : "false",
		STR_ARG(row->noting_chain));
}

static Str expected_of(Arena *arena, const PushRow *row)
{
	return str_format(arena,
		"version OPERATOR(pg_catalog.=) '%.*s' AND done OPERATOR(pg_catalog.=) %zu "
		"AND chain OPERATOR(pg_catalog.=) '%.*s'",
		STR_ARG(row->script->migration->version), row->noted, STR_ARG(row->noted_chain));
}

/* Fails unless it changes the file's row. */
static void add_change(Batch *batch, const PushRow *row, Str change)
{
	Str version = row->script->migration->version;
	Str sql = str_format(batch->arena,
		"DO $$BEGIN %.*s; IF NOT FOUND THEN RAISE SQLSTATE '" SQLSTATE_TEXT_PROGRESS
		"' USING MESSAGE = 'another run has continued with version %.*s'; END IF; END$$",
		STR_ARG(change), STR_ARG(version));
	batch_add(batch, str_from(str_z(batch->arena, sql)));
}

static void add_update(const Session *session, Batch *batch, PushRow *row, size_t done)
{
	row->noting = done;
	row->noting_chain = chain_of(session, row, done);
	add_change(batch, row,
		str_format(batch->arena, "UPDATE " TABLE " SET %.*s WHERE %.*s",
			STR_ARG(columns_of(batch->arena, row)),
			STR_ARG(expected_of(batch->arena, row))));
}

static void add_insert(const Session *session, Batch *batch, PushRow *row)
{
	row->noting = row->kept;
	row->noting_chain = chain_of(session, row, row->kept);
	add_change(batch, row,
		str_format(batch->arena,
			"INSERT INTO " TABLE " (version, done, in_doubt, chain) "
			"VALUES ('%.*s', %zu, %s, '%.*s') ON CONFLICT (version) DO NOTHING",
			STR_ARG(row->script->migration->version), row->noting,
			is_doubtful(row->script, row->noting) ? "true" : "false",
			STR_ARG(row->noting_chain)));
}

void progress_noted(PushRow *row, bool committed)
{
	if (committed) {
		row->noted = row->noting;
		row->noted_chain = row->noting_chain;
	}
	row->noting = row->noted;
	row->noting_chain = row->noted_chain;
}

/* Under the lock on the history: whoever has run the file has recorded it by then. */
static void add_begin(const Session *session, Batch *batch, PushRow *row, bool tracked)
{
	batch_add_literal(batch, "BEGIN");
	session_limit(session, batch);
	history_lock(batch, row->history);
	history_refuse_recorded(batch, row->script);
	if (!tracked)
		return;
	batch_add_literal(batch, "SET LOCAL client_min_messages = 'error'");
	batch_add_literal(batch,
		"CREATE TABLE IF NOT EXISTS " TABLE
		" (version pg_catalog.text NOT NULL PRIMARY KEY, "
		"done pg_catalog.int4 NOT NULL, in_doubt pg_catalog.bool NOT NULL, "
		"chain pg_catalog.text NOT NULL)");
	if (!row->is_noted) {
		add_insert(session, batch, row);
		return;
	}
	row->noted_chain = chain_of(session, row, row->noted);
	add_update(session, batch, row, row->kept);
}

/* SET and RESET for the session, and SELECT set_config(…) as pg_dump writes it. */
static bool is_setting(Str statement)
{
	ARENA_SCRATCH(scratch);
	Str first = sql_word(&scratch, &statement), rest = statement;
	Str second = sql_word(&scratch, &rest);
	if (str_equal(first, STR("select")))
		return str_equal(second, STR("set_config")) ||
		       (str_equal(second, STR("pg_catalog")) &&
			       str_starts(rest, STR(".set_config")));
	return str_equal(first, STR("reset")) ||
	       (str_equal(first, STR("set")) && !str_equal(second, STR("local")) &&
		       !str_equal(second, STR("constraints")) &&
		       !str_equal(second, STR("transaction")));
}

/* The settings that the statements which are done have made: a later one may count on them. */
static void add_settings(Batch *batch, const PushRow *row)
{
	for (size_t i = 0; i < row->kept; i++) {
		const Statement *statement = &row->script->statements[i];
		if (is_setting(statement->text))
			batch_add(batch, statement->text)->subject = statement;
	}
}

/* Nothing of ours is in the way of a file: where the role may not keep notes, it does without. But
 * not where there are some, which would be wrong at the end. */
static bool may_go_without(const PushRow *row, const Command *failed)
{
	Str sqlstate = failed->failure->sqlstate;
	Cause cause = failed->failure->cause;
	return !row->kept && !cause_has(cause, CAUSE_IS_LOCK) && cause != CAUSE_RECORDED &&
	       cause != CAUSE_PROGRESS_CHANGED &&
	       !sqlstate_is(sqlstate, SQLSTATE_UNIQUE_VIOLATION) &&
	       !sqlstate_in_class(sqlstate, "57"); /* cancelled, or out of time */
}

static void begun(PushRow *row, bool tracked)
{
	row->is_begun = row->is_reset = true;
	row->is_tracked = row->is_noted = tracked;
}

static bool go_without(Session *session, PushRow *row, const Command *failed, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch undo = {.arena = &scratch};
	log_line(session->log, "how far %.*s has come cannot be kept: %.*s",
		STR_ARG(row->script->migration->file), STR_ARG(failed->failure->message));
	begun(row, false);
	batch_add_literal(&undo, "ROLLBACK");
	return session_run(session, &undo, ERR_OUTCOME, err);
}

bool progress_begin(Session *session, PushRow *row, Batch *batch, Err *err)
{
	bool tracked = row->kept || !changes_authorization(row->script);
	session_reset(session, batch);
	batch->commands.items[batch->commands.count - 1].sync = true;
	add_begin(session, batch, row, tracked);
	batch_add_literal(batch, "COMMIT");
	add_settings(batch, row);
	lock_monitor_watch(session->monitor, batch, false);
	if (!batch_run(session->db, batch, DEADLINE_NONE, true, err))
		return false;
	const Command *failed = batch_failed(batch);
	if (interrupt_pending())
		return true;
	if (failed && may_go_without(row, failed))
		return go_without(session, row, failed, err);
	if (!failed)
		begun(row, tracked);
	progress_noted(row, !failed && tracked);
	if (!tracked)
		log_line(session->log,
			"%.*s: sets a session authorization, so how far it has come is not kept",
			STR_ARG(row->script->migration->file));
	return true;
}

/* As the session's role, for the rest of the transaction; the file's own comes back after it. */
void progress_add(const Session *session, Batch *batch, PushRow *row, size_t done)
{
	if (!row->is_tracked)
		return;
	session_own_role(session, batch);
	history_refuse_recorded(batch, row->script);
	add_update(session, batch, row, done);
}

bool progress_renew(Session *session, PushRow *row, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	if (!row->is_tracked)
		return true;
	progress_add(session, &batch, row, row->kept);
	bool renewed = session_run(session, &batch, ERR_OUTCOME, err);
	progress_noted(row, renewed);
	return renewed;
}

void progress_end(Batch *batch, const PushRow *row)
{
	if (row->is_tracked)
		add_change(batch, row,
			str_format(batch->arena, "DELETE FROM " TABLE " WHERE %.*s",
				STR_ARG(expected_of(batch->arena, row))));
}

static bool is_used(const Push *push)
{
	bool used = push->count && push->rows[0].history->has_partials;
	for (size_t i = 0; i < push->count; i++)
		used = used || push->rows[i].is_tracked;
	return used;
}

/* A row whose file is recorded, or which says that nothing is done, is of no use to anybody. */
void progress_clear(Session *session, const Push *push)
{
	if (!session->db || interrupt_pending() || !is_used(push))
		return;
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch}, undo = {.arena = &scratch};
	Err ignored = {.arena = &scratch};
	session_reset_role(session, &batch);
	batch_add_literal(&batch, "BEGIN");
	batch_add_literal(&batch, "LOCK TABLE " TABLE " IN ACCESS EXCLUSIVE MODE NOWAIT");
	batch_add_literal(&batch, "DELETE FROM " TABLE
				  " AS p WHERE (done OPERATOR(pg_catalog.=) 0 AND NOT in_doubt) OR "
				  "EXISTS (SELECT FROM supabase_migrations.schema_migrations AS h "
				  "WHERE h.version OPERATOR(pg_catalog.=) p.version)");
	batch_add_literal(&batch, "DO $$BEGIN IF NOT EXISTS (SELECT FROM " TABLE
				  ") THEN DROP TABLE " TABLE "; END IF; END$$");
	batch_add_literal(&batch, "COMMIT");
	batch_run(session->db, &batch, deadline_in(LIMIT_MS), false, &ignored);
	if (!db_in_transaction(session->db))
		return;
	batch_add_literal(&undo, "ROLLBACK");
	if (!batch_run(session->db, &undo, deadline_in(LIMIT_MS), false, &ignored))
		db_close(&session->db);
}

void progress_settle(Session *session, const PushRow *row)
{
	if (!row->is_tracked || !session->db || !is_doubtful(row->script, row->kept))
		return;
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	Err ignored = {.arena = &scratch};
	session_reset_role(session, &batch);
	Str sql = str_format(&scratch, "UPDATE " TABLE " SET in_doubt = false WHERE %.*s",
		STR_ARG(expected_of(&scratch, row)));
	batch_add(&batch, str_from(str_z(&scratch, sql)));
	batch_run(session->db, &batch, deadline_in(LIMIT_MS), false, &ignored);
}
