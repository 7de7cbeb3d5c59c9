#include "server/failure.h"

#include "base/sqlstate.h"
#include "server/purpose.h"

/* Whose statement was refused decides: a file may have a table of the same name, write to ours, and
 * raise whatever it likes. */
static Cause cause_of(const Statement *statement, const ServerMessage *message)
{
	if (statement)
		return message->cause == CAUSE_RECORDED || message->cause == CAUSE_PROGRESS_CHANGED
			       ? CAUSE_NONE
			       : message->cause;
	bool duplicate = sqlstate_is(message->sqlstate, SQLSTATE_UNIQUE_VIOLATION) &&
			 str_equal(message->schema, STR("supabase_migrations")) &&
			 str_equal(message->table, STR("schema_migrations"));
	return duplicate ? CAUSE_RECORDED : message->cause;
}

static bool has_column(const Action *action, Str column)
{
	for (size_t i = 0; i < action->columns.count; i++)
		if (str_equal(action->columns.items[i], column))
			return true;
	return str_equal(action->name, column);
}

/* A constraint without a name is given one by the server, which says it: then its kind tells. */
static bool is_of_kind(const Action *action, Str sqlstate)
{
	switch ((int)action->kind) {
	case ACTION_ADD_CHECK:
		return sqlstate_is(sqlstate, SQLSTATE_CHECK_VIOLATION);
	case ACTION_ADD_FOREIGN_KEY:
		return sqlstate_is(sqlstate, SQLSTATE_FOREIGN_KEY_VIOLATION);
	case ACTION_ADD_UNIQUE:
	case ACTION_ADD_PRIMARY_KEY:
		return sqlstate_is(sqlstate, SQLSTATE_UNIQUE_VIOLATION);
	default:
		return false;
	}
}

static bool is_about(const Action *action, const ServerMessage *message)
{
	if (action->in_function || (action->object.name.len && message->table.len &&
					   !str_equal(action->object.name, message->table)))
		return false;
	if (message->column.len && has_column(action, message->column))
		return true;
	if (!message->constraint.len)
		return false;
	return action->name.len ? str_equal(action->name, message->constraint)
				: is_of_kind(action, message->sqlstate);
}

/* Where the server does not say it: the one part of the statement that is about what the message is
 * about. */
static size_t position_of(const Statement *statement, const ServerMessage *message)
{
	const Action *found = NULL;
	size_t count = 0;
	for (size_t i = 0; statement->facts && i < statement->facts->actions.count; i++)
		if (is_about(&statement->facts->actions.items[i], message)) {
			found = &statement->facts->actions.items[i];
			count++;
		}
	if (message->position || count != 1 || !found->offset)
		return message->position;
	return str_utf8_count(str_head(statement->text, found->offset)) + 1;
}

bool failure_is_ours(const Command *failed)
{
	return !failed->subject && failed->purpose != PURPOSE_COMMIT;
}

void failure_add(const Script *script, const Command *failed, Str role, Err *err)
{
	Arena *arena = err->arena;
	const Statement *statement = failed->subject;
	const ServerMessage *message = failed->failure;
	Fault *fault = db_add_fault(err, ERR_MIGRATION, message);
	fault->file = script->migration->path;
	if (statement)
		script_locate(arena, script, statement, position_of(statement, message), fault);
	fault->cause = cause_of(statement, message);
	fault->hint = fault->cause == CAUSE_PRIVILEGE
			      ? str_format(arena, "the push runs as role %.*s", STR_ARG(role))
			      : cause_hint(fault->cause);
	failure_tell_remains(statement, err);
}

#define SWALLOWED                                                                                  \
	"a trigger or a rule of supabase_migrations.schema_migrations swallows or changes it: "    \
	"take that away"

void failure_add_unseen(const Script *script, bool committed, Err *err)
{
	Str file = script->migration->file;
	if (committed)
		err_add(err, ERR_HISTORY,
			"the history row of %.*s was committed, and is not there; what follows it "
			"was not run",
			STR_ARG(file))
			->hint = STR(SWALLOWED);
	else
		err_add(err, ERR_MIGRATION,
			"%.*s was rolled back at its COMMIT without an error; what follows it was "
			"not run",
			STR_ARG(file))
			->file = script->migration->path;
}

void failure_tell_ours(const Script *script, const Command *failed, Err *err)
{
	Fault *fault = err->last;
	Cause cause = fault->cause;
	Str file = script->migration->file;
	if (cause_has(cause, CAUSE_IS_LOCK) || cause_has(cause, CAUSE_PASSES) ||
		cause_has(cause, CAUSE_IS_LIMIT) || cause == CAUSE_RECORDED ||
		cause == CAUSE_PROGRESS_CHANGED)
		return;
	fault->kind = ERR_HISTORY;
	fault->file = (Str){0};
	if (failed->purpose == PURPOSE_SEEN) {
		fault->sqlstate = fault->context = (Str){0};
		fault->message = str_format(err->arena,
			"the history row of %.*s was written, and is not there", STR_ARG(file));
		fault->hint = STR(SWALLOWED);
		return;
	}
	fault->message = str_format(err->arena, "the history row of %.*s cannot be written: %.*s",
		STR_ARG(file), STR_ARG(fault->message));
	if (!fault->hint.len)
		fault->hint = STR("the file is not to blame: supabase_migrations.schema_migrations "
				  "should be as the CLI makes it (version text, name text, "
				  "statements text[]), without constraints and triggers of "
				  "somebody else");
}

/* Refused before anything was made: of a partitioned table, or where the name is taken. */
static bool leaves_nothing(const Fault *fault)
{
	return sqlstate_is(fault->sqlstate, SQLSTATE_FEATURE_NOT_SUPPORTED) ||
	       sqlstate_is(fault->sqlstate, SQLSTATE_DUPLICATE_TABLE);
}

void failure_tell_remains(const Statement *statement, Err *err)
{
	Fault *fault = err->last;
	if (!statement || statement->kind != STATEMENT_CREATE_INDEX_CONCURRENTLY ||
		leaves_nothing(fault))
		return;
	fault->hint = str_format(err->arena,
		"%.*s%sit may have left an invalid index behind: "
		"the next run drops it, and builds it again",
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
			"database; run the job again: it resumes after them",
			kept, script->count);
	else
		fault->hint = str_format(err->arena,
			"the file is not atomic: at least the first %zu of its %zu statements are "
			"in the database, and perhaps what was running; look before the next run",
			kept, script->count);
}

void failure_tell_kept(const Script *script, size_t kept, bool is_tracked, Err *err)
{
	Fault *fault = err->last;
	if (fault->cause == CAUSE_RECORDED) {
		fault->hint = str_format(err->arena,
			"%.*s\nthe first %zu of its %zu statements may have run twice: look for "
			"what is there twice",
			STR_ARG(fault->hint), kept, script->count);
		return;
	}
	const char *correct = fault->kind == ERR_HISTORY ? "correct that, and run the job again; "
							   "it resumes there"
							 : "correct what follows, "
							   "and push the correction; it resumes "
							   "there";
	fault->hint = str_format(err->arena,
		"%.*s%sthe first %zu of its %zu statements are in the database, "
		"without a history row: %s",
		STR_ARG(fault->hint), fault->hint.len ? "\n" : "", kept, script->count,
		is_tracked ? correct
			   : "undo them before the next run, "
			     "or make them safe to repeat (IF NOT EXISTS)");
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
			   : "how far the file has come is not kept, "
			     "and the next run begins at its first statement");
}

void failure_add_unknown(const Script *script, Str reason, Err *err)
{
	Fault *fault = err_add(err, ERR_OUTCOME,
		"outcome unknown: %.*s; the server could not be asked what has become of %.*s",
		STR_ARG(reason), STR_ARG(script->migration->file));
	fault->file = script->migration->path;
	fault->hint = str_format(err->arena,
		"look whether it was applied: "
		"SELECT version FROM supabase_migrations.schema_migrations WHERE version = '%.*s'; "
		"then run the job again",
		STR_ARG(script->migration->version));
}
