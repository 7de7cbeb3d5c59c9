#include "migrate/progress.h"

#include "base/interrupt.h"
#include "migrate/content.h"
#include "migrate/failure.h"
#include "migrate/lex.h"
#include "migrate/lookout.h"

#define TABLE "supabase_migrations.promote_progress"

enum {
	LIMIT_MS = 1000 /* for what is not worth waiting for */
};

/* May this statement, which runs alone, be run twice? */
static bool is_repeatable(const Statement *statement)
{
	static const Str names[] = {STR_INIT("CREATE INDEX CONCURRENTLY"), STR_INIT("ALTER SYSTEM"),
		STR_INIT("DISCARD ALL"), STR_INIT("ALTER DATABASE SET TABLESPACE")};
	static const Str words[] = {STR_INIT("vacuum"), STR_INIT("reindex"), STR_INIT("cluster")};
	ARENA_SCRATCH(scratch);
	Str rest = statement->text, word = sql_word(&scratch, &rest);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal(word, words[i]))
			return true;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_equal(statement->what, names[i]))
			return true;
	return false;
}

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

static Str flag(bool value)
{
	return value ? STR("true") : STR("false");
}

/* Is the statement behind the first `done` ones such that nobody would know whether it has run?
 * What is written down is never the middle of a transaction, but behind COMMIT AND CHAIN. */
static bool is_doubtful(const Script *script, size_t done)
{
	if (done >= script->count || script_chained(script, done))
		return false;
	const Statement *statement = &script->statements[done];
	if (statement->class == SQL_ALONE)
		return !is_repeatable(statement);
	return statement->may_commit &&
	       (script->mode == SCRIPT_AS_WRITTEN || script->mode == SCRIPT_AUTOCOMMIT);
}

/* A refusal of any other statement undoes all of it; that of a command of ours behind it does not.
 */
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

/* version, done, in_doubt, chain */
static const Param *params_of(const Session *session, Arena *arena, PushRow *row, size_t done)
{
	Param *params = arena_array(arena, Param, 4);
	params[0].value = row->script->migration->version;
	params[1].value = str_format(arena, "%zu", done);
	params[2].value = flag(is_doubtful(row->script, done));
	params[3].value = chain_of(session, row, done);
	if (!params[3].value.ptr)
		params[3].value = STR("");
	return params;
}

/* Under the lock on the history: whoever has run the file has recorded it by then. */
static void add_begin(const Session *session, Flight *flight, PushRow *row, bool tracked)
{
	flight_add_literal(flight, "BEGIN");
	session_limit(session, flight);
	history_lock(flight, row->history);
	history_refuse_recorded(flight, row->script);
	if (!tracked)
		return;
	flight_add_literal(flight, "SET LOCAL client_min_messages = 'error'");
	flight_add_literal(flight,
		"CREATE TABLE IF NOT EXISTS " TABLE
		" (version pg_catalog.text NOT NULL PRIMARY KEY, "
		"done pg_catalog.int4 NOT NULL, in_doubt pg_catalog.bool NOT NULL, "
		"chain pg_catalog.text NOT NULL)");
	Command *command = flight_add_literal(flight,
		"INSERT INTO " TABLE " (version, done, in_doubt, chain) "
		"VALUES ($1, $2::pg_catalog.int4, $3::pg_catalog.bool, $4) ON CONFLICT (version) "
		"DO UPDATE SET "
		"done = excluded.done, in_doubt = excluded.in_doubt, chain = excluded.chain");
	command->params = params_of(session, flight->arena, row, row->kept);
	command->param_count = 4;
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
static void add_settings(Flight *flight, const PushRow *row)
{
	for (size_t i = 0; i < row->kept; i++) {
		const Statement *statement = &row->script->statements[i];
		if (is_setting(statement->text))
			flight_add(flight, statement->text)->subject = statement;
	}
}

/* Nothing of ours is in the way of a file: where the role may not keep notes, it does without. But
 * not where there are some, which would be wrong at the end. */
static bool may_go_without(const PushRow *row, const Command *failed)
{
	Str sqlstate = failed->failure->sqlstate;
	return !row->kept && !failure_is_lock(sqlstate) && !str_equal(sqlstate, STR("23505")) &&
	       !str_starts(sqlstate, STR("57")); /* cancelled, or out of time */
}

static void begun(PushRow *row, bool tracked)
{
	row->is_begun = row->is_reset = true;
	row->is_tracked = tracked;
}

static bool go_without(Session *session, PushRow *row, const Command *failed, Err *err)
{
	ARENA_SCRATCH(scratch);
	Flight undo = {.arena = &scratch};
	log_line(session->log, "how far %.*s has come cannot be kept: %.*s",
		STR_ARG(row->script->migration->file), STR_ARG(failed->failure->message));
	begun(row, false);
	flight_add_literal(&undo, "ROLLBACK");
	return session_run(session, &undo, ERR_OUTCOME, err);
}

bool progress_begin(Session *session, PushRow *row, Flight *flight, Err *err)
{
	bool tracked = row->kept || !changes_authorization(row->script);
	session_reset(session, flight);
	flight->commands.items[flight->commands.count - 1].sync = true;
	add_begin(session, flight, row, tracked);
	flight_add_literal(flight, "COMMIT");
	add_settings(flight, row);
	lookout_flight(session->lookout, flight, false);
	if (!flight_run(session->db, flight, DEADLINE_NONE, true, err))
		return false;
	const Command *failed = flight_failed(flight);
	if (interrupt_pending())
		return true;
	if (failed && may_go_without(row, failed))
		return go_without(session, row, failed, err);
	if (!failed)
		begun(row, tracked);
	if (!tracked)
		log_line(session->log,
			"%.*s: sets a session authorization, so how far it has come is not kept",
			STR_ARG(row->script->migration->file));
	return true;
}

/* As the session's own role, for the rest of the transaction; the file's own comes back behind it.
 */
void progress_add(const Session *session, Flight *flight, PushRow *row, size_t done)
{
	if (!row->is_tracked)
		return;
	session_own_role(session, flight);
	history_refuse_recorded(flight, row->script);
	Command *command = flight_add_literal(flight,
		"UPDATE " TABLE " SET done = $2::pg_catalog.int4, in_doubt = $3::pg_catalog.bool, "
		"chain = $4 WHERE version OPERATOR(pg_catalog.=) $1");
	command->params = params_of(session, flight->arena, row, done);
	command->param_count = 4;
}

bool progress_renew(Session *session, PushRow *row, Err *err)
{
	ARENA_SCRATCH(scratch);
	Flight flight = {.arena = &scratch};
	progress_add(session, &flight, row, row->kept);
	return !row->is_tracked || session_run(session, &flight, ERR_OUTCOME, err);
}

void progress_end(Flight *flight, const PushRow *row)
{
	if (!row->is_tracked)
		return;
	Command *command = flight_add_literal(
		flight, "DELETE FROM " TABLE " WHERE version OPERATOR(pg_catalog.=) $1");
	Param *param = arena_new(flight->arena, Param);
	param->value = row->script->migration->version;
	command->params = param;
	command->param_count = 1;
}

static bool is_used(const Push *push)
{
	bool used = push->count && push->rows[0].history->has_halves;
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
	Flight flight = {.arena = &scratch}, undo = {.arena = &scratch};
	Err ignored = {.arena = &scratch};
	session_reset_role(session, &flight);
	flight_add_literal(&flight, "BEGIN");
	flight_add_literal(&flight, "LOCK TABLE " TABLE " IN ACCESS EXCLUSIVE MODE NOWAIT");
	flight_add_literal(&flight,
		"DELETE FROM " TABLE
		" AS p WHERE (done OPERATOR(pg_catalog.=) 0 AND NOT in_doubt) OR "
		"EXISTS (SELECT FROM supabase_migrations.schema_migrations AS h "
		"WHERE h.version OPERATOR(pg_catalog.=) p.version)");
	flight_add_literal(&flight, "DO $$BEGIN IF NOT EXISTS (SELECT FROM " TABLE
				    ") THEN DROP TABLE " TABLE "; END IF; END$$");
	flight_add_literal(&flight, "COMMIT");
	flight_run(session->db, &flight, deadline_in(LIMIT_MS), false, &ignored);
	if (!db_in_transaction(session->db))
		return;
	flight_add_literal(&undo, "ROLLBACK");
	if (!flight_run(session->db, &undo, deadline_in(LIMIT_MS), false, &ignored))
		db_close(&session->db);
}

void progress_settle(Session *session, const PushRow *row)
{
	if (!row->is_tracked || !session->db || !is_doubtful(row->script, row->kept))
		return;
	ARENA_SCRATCH(scratch);
	Flight flight = {.arena = &scratch};
	Err ignored = {.arena = &scratch};
	const Param param = {.value = row->script->migration->version};
	session_reset_role(session, &flight);
	Command *command = flight_add_literal(&flight,
		"UPDATE " TABLE " SET in_doubt = false WHERE version OPERATOR(pg_catalog.=) $1");
	command->params = &param;
	command->param_count = 1;
	flight_run(session->db, &flight, deadline_in(LIMIT_MS), false, &ignored);
}
