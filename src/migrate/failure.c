#include "migrate/failure.h"

#define RECORDED                                                                                   \
	"another run, or a person, has run this file and recorded its version at the same time"

/* What experience adds to the server's words; the first row that fits. */
static Str advice(Str sqlstate, Str message)
{
	static const struct {
		Str sqlstate, part, advice;
	} table[] = {
		{STR_INIT("55P03"), STR_INIT(""),
			STR_INIT("another session holds a lock on it: run the "
				 "job again when it is done, or raise lock-timeout or "
				 "lock-retries")},
		{STR_INIT("40P01"), STR_INIT(""),
			STR_INIT("another session and this one waited for each "
				 "other: run the job again")},
		{STR_INIT("57014"), STR_INIT("statement timeout"),
			STR_INIT("statement-timeout sets the "
				 "limit")},
		{STR_INIT("57014"), STR_INIT("user request"),
			STR_INIT("somebody has cancelled it at the "
				 "server; run the job again")},
		{STR_INIT("55P04"), STR_INIT(""),
			STR_INIT("a new enum value can be used only after its "
				 "transaction: move the use of it into the next migration")},
		{STR_INIT("23505"), STR_INIT("schema_migrations_pkey"), STR_INIT(RECORDED)},
		{STR_INIT("23505"), STR_INIT("has got into the history"), STR_INIT(RECORDED)},
		{STR_INIT(FAILURE_MOVED), STR_INIT(""),
			STR_INIT("another push has run a part of this file while this one did not "
				 "hold the lock, which a statement may have given back "
				 "(pg_advisory_unlock_all); run the job again: it plans anew")},
		{STR_INIT("25001"), STR_INIT(""),
			STR_INIT("it cannot run in a transaction block, nor from a function: make "
				 "it "
				 "a statement of its own, outside of BEGIN … COMMIT, and use "
				 "transaction: file")},
		{STR_INIT("2D000"), STR_INIT(""),
			STR_INIT(
				"only a procedure that is called by a statement of its own can end "
				"the transaction: CALL it outside of BEGIN … COMMIT, and use "
				"transaction: file")},
		{STR_INIT("25P02"), STR_INIT(""),
			STR_INIT("a statement before this one has failed inside "
				 "the file's own transaction")},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_equal(sqlstate, table[i].sqlstate) && str_contains(message, table[i].part))
			return table[i].advice;
	return (Str){0};
}

void failure_add(const Script *script, const Statement *statement, const ServerMessage *message,
	Str role, Err *err)
{
	Arena *arena = err->arena;
	Fault *fault = db_add_fault(err, ERR_MIGRATION, message);
	fault->file = script->migration->path;
	if (statement)
		script_locate(arena, script, statement, message->position, fault);
	fault->hint = advice(fault->sqlstate, fault->message);
	if (!fault->hint.len && str_equal(fault->sqlstate, STR("42501")))
		fault->hint = str_format(arena, "the push runs as role %.*s", STR_ARG(role));
	failure_tell_remains(statement, err);
}

void failure_tell_remains(const Statement *statement, Err *err)
{
	if (!statement || !str_equal(statement->what, STR("CREATE INDEX CONCURRENTLY")))
		return;
	Fault *fault = err->last;
	fault->hint = str_format(err->arena,
		"%.*s%sit may have left an invalid index behind: the next run drops it, and builds "
		"it again",
		STR_ARG(fault->hint), fault->hint.len ? "\n" : "");
}

void failure_add_open(const Script *script, Err *err)
{
	Fault *fault = err_add(err, ERR_MIGRATION,
		"the file ends with a transaction still open; it was rolled back");
	fault->file = script->migration->path;
	fault->hint = STR(
		"end it with COMMIT, or leave BEGIN out: every migration runs in a transaction");
}

void failure_add_lost(const Script *script, Str reason, size_t kept, bool is_tracked, Err *err)
{
	Fault *fault =
		err_add(err, ERR_OUTCOME, "%.*s; the history, read again, does not have %.*s",
			STR_ARG(reason), STR_ARG(script->migration->version));
	fault->file = script->migration->path;
	if (script->mode == SCRIPT_ATOMIC && !kept)
		fault->hint = STR("nothing of it is in the database: run the job again");
	else if (is_tracked)
		fault->hint = str_format(err->arena,
			"the file is not atomic: the first %zu of its %zu statements are in the "
			"database; run the job again, it goes on behind them",
			kept, script->count);
	else
		fault->hint = str_format(err->arena,
			"the file is not atomic: at least the first %zu of its %zu statements are "
			"in the database, and perhaps what was running; look before the next run",
			kept, script->count);
}

bool failure_is_lock(Str sqlstate)
{
	return str_equal(sqlstate, STR("55P03")) || str_equal(sqlstate, STR("40P01"));
}

bool failure_is_recorded(Str sqlstate, Str message)
{
	return str_equal(sqlstate, STR("23505")) &&
	       str_equal(advice(sqlstate, message), STR(RECORDED));
}

void failure_tell_kept(const Script *script, size_t kept, bool is_tracked, Err *err)
{
	Fault *fault = err->last;
	if (failure_is_recorded(fault->sqlstate, fault->message)) {
		fault->hint = str_format(err->arena,
			"%.*s\nthe first %zu of its %zu statements have been run by this one, "
			"too: look for what is there twice",
			STR_ARG(fault->hint), kept, script->count);
		return;
	}
	fault->hint = str_format(err->arena,
		"%.*s%sthe first %zu of its %zu statements are in the database, without a history "
		"row: %s",
		STR_ARG(fault->hint), fault->hint.len ? "\n" : "", kept, script->count,
		is_tracked ? "correct what comes behind them, and push the correction; it goes on "
			     "there"
			   : "undo them before the next run, or make them safe to repeat "
			     "(IF NOT EXISTS)");
}

void failure_tell_doubt(const Script *script, size_t kept, bool is_tracked, Err *err)
{
	Fault *fault = err->last;
	const Statement *statement = &script->statements[kept];
	fault->hint = str_format(err->arena,
		"%.*s%sstatement %zu (line %zu) may have committed a part of its work before it "
		"ended: look for it in the database; %s",
		STR_ARG(fault->hint), fault->hint.len ? "\n" : "", kept + 1,
		script_place(script, script_point(statement, 0)).line,
		is_tracked ? "the next run asks what is left to do"
			   : "how far the file has come is not kept, and the next run begins at "
			     "its first statement");
}

void failure_add_unknown(const Script *script, Str reason, Err *err)
{
	Fault *fault = err_add(err, ERR_OUTCOME,
		"outcome unknown: %.*s; the server could not be asked "
		"what has become of %.*s",
		STR_ARG(reason), STR_ARG(script->migration->file));
	fault->file = script->migration->path;
	fault->hint = str_format(err->arena,
		"look whether it was applied: SELECT version FROM "
		"supabase_migrations.schema_migrations "
		"WHERE version = '%.*s'; then run the job again",
		STR_ARG(script->migration->version));
}
