#include "extras/roles.h"

#include "base/file.h"
#include "base/sqlstate.h"
#include "server/failure.h"
#include "server/session.h"
#include "server/transaction.h"

#define POINT "supabase_promote_role"

/* ---- reading ---- */

static bool is_name_char(char c, bool first)
{
	return (c >= 'a' && c <= 'z') || c == '_' || (!first && c >= '0' && c <= '9');
}

/* A name at the front: plain ASCII, or quoted without quotes in it. Empty for any other: then the
 * server is the judge. */
static Str take_name(Arena *arena, Str rest)
{
	rest = str_trim(rest);
	size_t end = 0;
	if (str_starts(rest, STR("\""))) {
		Str inner = str_skip(rest, 1), name;
		return str_next(&inner, '"', &name) && inner.ptr && !str_starts(inner, STR("\""))
			       ? name
			       : (Str){0};
	}
	char *name = str_z(arena, rest);
	for (; end < rest.len; end++) {
		if (name[end] >= 'A' && name[end] <= 'Z')
			name[end] = (char)(name[end] - 'A' + 'a');
		if (!is_name_char(name[end], end == 0))
			break;
	}
	bool ends = end == rest.len || rest.ptr[end] == ' ' || rest.ptr[end] == '\n' ||
		    rest.ptr[end] == '\t' || rest.ptr[end] == '\r';
	return ends ? (Str){name, end} : (Str){0};
}

static bool names_roles(Str word)
{
	return str_equal(word, STR("role")) || str_equal(word, STR("user")) ||
	       str_equal(word, STR("group"));
}

/* Is it CREATE ROLE, USER or GROUP? `name` is the role's; empty if it is one for the server. */
static bool creates_role(Arena *arena, Str text, Str *name)
{
	Str first = sql_word(arena, &text);
	if (!str_equal(first, STR("create")) || !names_roles(sql_word(arena, &text)))
		return false;
	*name = take_name(arena, text);
	/* CREATE USER MAPPING is something else */
	return !str_equal(*name, STR("mapping"));
}

/* True only if the statement certainly neither drops nor renames a role: of ALTER ROLE without a
 * RENAME anywhere in it. */
static bool keeps_roles(Arena *arena, Str text)
{
	static const Str harmless[] = {STR_INIT("grant"), STR_INIT("revoke"), STR_INIT("comment")};
	Str name, first = sql_word(arena, &text);
	for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
		if (str_equal(first, harmless[i]))
			return true;
	if (!str_equal(first, STR("alter")) || !names_roles(sql_word(arena, &text)))
		return false;
	while (text.len) {
		name = sql_word(arena, &text);
		if (str_equal(name, STR("rename")))
			return false;
		text = str_skip(text, name.len ? 0 : 1);
	}
	return true;
}

static bool is_neutral(const Statement *statement)
{
	ARENA_SCRATCH(scratch);
	Str text = statement->text, word = sql_word(&scratch, &text);
	return statement->class == SQL_EMPTY || str_equal(word, STR("set")) ||
	       str_equal(word, STR("reset"));
}

bool roles_read(Arena *arena, Str root, Str base, Roles *out, Err *err)
{
	Str path = file_join(arena, base, STR("supabase/roles.sql"));
	*out = (Roles){0};
	if (file_type(path) == FILE_MISSING && !file_is_symlink(path))
		return true;
	out->file = (Migration){.file = STR("supabase/roles.sql"), .path = file_below(root, path)};
	if (!source_text(arena, root, path, &out->file.text, err))
		return false;
	size_t before = err->count;
	script_read_statements(arena, &out->file, &out->script, err);
	out->states = arena_array(arena, RoleState, out->script.count + 1);
	out->is_found = true;
	if (err->count > before || !script_require_atomic(&out->script, err))
		return false;
	for (size_t i = 0; i < out->script.count; i++) {
		bool own = out->script.has_begin &&
			   (i == out->script.own_begin || i == out->script.own_commit);
		if (own || is_neutral(&out->script.statements[i]))
			out->states[i] = ROLE_NEUTRAL;
	}
	return true;
}

/* ---- comparing ---- */

static bool is_there(const Rows *rows, Str name)
{
	for (size_t i = 0; i < rows->count; i++)
		if (str_equal(rows->cells[i], name))
			return true;
	return false;
}

/* What is there now says nothing of a CREATE ROLE after a statement that may drop a role, or
 * give it another name: from there on the server is the judge. */
static void mark_there(Arena *arena, const Rows *rows, Roles *roles)
{
	for (size_t i = 0; i < roles->script.count; i++) {
		Str name, text = roles->script.statements[i].text;
		if (roles->states[i] == ROLE_NEUTRAL)
			continue;
		bool creates = creates_role(arena, text, &name);
		if (!creates && !keeps_roles(arena, text))
			return;
		if (creates && name.len && is_there(rows, name))
			roles->states[i] = ROLE_THERE;
	}
}

bool roles_compare(Session *session, Roles *roles, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	if (!roles->is_found)
		return true;
	session_ask(&batch);
	size_t index = batch.commands.count;
	batch_add_literal(&batch, "SELECT rolname FROM pg_catalog.pg_roles")->want_rows = true;
	if (!session_run(session, &batch, ERR_DATA, err))
		return false;
	mark_there(&scratch, &batch.commands.items[index].rows, roles);
	return true;
}

size_t roles_count(const Roles *roles, RoleState state)
{
	size_t count = 0;
	for (size_t i = 0; roles->is_found && i < roles->script.count; i++)
		count += roles->states[i] == state;
	return count;
}

/* ---- running ---- */

static bool is_own(const Script *script, size_t i)
{
	return script->has_begin && (i == script->own_begin || i == script->own_commit);
}

/* Statements from `from` on, each with its savepoint; SET and RESET may matter for those that
 * follow. */
static void add_rest(const Session *session, Batch *batch, const Roles *roles, size_t from)
{
	const Script *script = &roles->script;
	for (size_t i = from; i < script->count; i++) {
		if (roles->states[i] == ROLE_THERE || is_own(script, i))
			continue;
		batch_add_literal(batch, "SAVEPOINT " POINT);
		transaction_add_statement(session, batch, &script->statements[i]);
		batch_add_literal(batch, "RELEASE SAVEPOINT " POINT);
	}
	transaction_add_commit(batch);
}

/* Everything that was waiting and has no other state has been run. */
static void mark_done(Roles *roles)
{
	for (size_t i = 0; i < roles->script.count; i++)
		if (roles->states[i] == ROLE_WAITING)
			roles->states[i] = ROLE_RUN;
	roles->is_done = true;
}

static bool add_roles_fault(
	Session *session, Roles *roles, const Command *failed, size_t tries, Err *err)
{
	roles->has_failed = true;
	transaction_roll_back(session);
	failure_add(&roles->script, failed, session->role, err);
	err->last->kind = ERR_DATA;
	transaction_tell_tries(err->arena, err->last, tries);
	if (!err->last->hint.len)
		err->last->hint =
			STR("nothing of roles.sql was run; correct it, and push the correction");
	return false;
}

static bool stop(Roles *roles, TransactionEnd outcome, const Err *lost, Err *err)
{
	roles->has_failed = true;
	if (outcome == TRANSACTION_CANCELLED)
		err_add(err, ERR_CANCELLED, "cancelled at %.*s", STR_ARG(roles->file.file))->hint =
			STR("nothing of it was run: run the job again");
	else
		err_add(err, ERR_OUTCOME, "%.*s: outcome unknown: %.*s", STR_ARG(roles->file.file),
			STR_ARG(lost->first->message))
			->hint = STR("run the job again: what exists already is skipped");
	return false;
}

/* CREATE ROLE of one that exists has nothing else to do. What else says that something exists may
 * have done a part of its work, which is undone: the author has to know. */
static void tell_undone(const Roles *roles, const Statement *statement, Str message, Err *warnings)
{
	ARENA_SCRATCH(scratch);
	Str name;
	if (creates_role(&scratch, statement->text, &name))
		return;
	Fault *fault =
		err_add(warnings, ERR_DATA, "rolled back as a whole: %.*s", STR_ARG(message));
	script_locate(warnings->arena, &roles->script, statement, 0, fault);
	fault->hint = STR("nothing of this statement is in the database: "
			  "let it look first whether that exists");
}

/* Where to continue after a refused statement; false if the refusal is a failure. */
static bool pass_over(
	const Session *session, Roles *roles, const Command *failed, size_t *next, Err *warnings)
{
	if (!failed || !failed->subject ||
		!sqlstate_is(failed->failure->sqlstate, SQLSTATE_DUPLICATE_OBJECT))
		return false;
	const Statement *statement = failed->subject;
	*next = (size_t)(statement - roles->script.statements);
	log_line(session->log, "%.*s: %.*s", STR_ARG(roles->file.file),
		STR_ARG(failed->failure->message));
	roles->states[(*next)++] = ROLE_EXISTED;
	tell_undone(roles, statement, failed->failure->message, warnings);
	return true;
}

/* All of it was rolled back. */
static void start_again(Roles *roles)
{
	for (size_t i = 0; i < roles->script.count; i++)
		if (roles->states[i] == ROLE_EXISTED)
			roles->states[i] = ROLE_WAITING;
}

static bool run_roles(Session *session, Roles *roles, Err *warnings, Err *err)
{
	static const TransactionOptions options = {.interruptible = true, .has_savepoints = true};
	Err undone = {.arena = warnings->arena};
	size_t tries = 0;
	for (size_t from = 0;;) {
		ARENA_SCRATCH(scratch);
		Batch batch = {.arena = &scratch};
		Err lost = {.arena = err->arena};
		if (from == 0) {
			session_reset(session, &batch);
			batch_add_literal(&batch, "BEGIN");
		} else {
			batch_add_literal(&batch, "ROLLBACK TO SAVEPOINT " POINT);
			batch_add_literal(&batch, "RELEASE SAVEPOINT " POINT);
		}
		add_rest(session, &batch, roles, from);
		TransactionEnd outcome =
			transaction_run(session, &batch, &options, &roles->us, &lost);
		if (outcome == TRANSACTION_DONE)
			break;
		if (outcome != TRANSACTION_REFUSED)
			return stop(roles, outcome, &lost, err);
		const Command *failed = batch_failed(&batch);
		if (transaction_retry(session, roles->file.file, failed, &tries)) {
			start_again(roles);
			undone = (Err){.arena = warnings->arena};
			from = 0;
		} else if (!pass_over(session, roles, failed, &from, &undone)) {
			return add_roles_fault(session, roles, failed, tries, err);
		}
	}
	err_append(warnings, &undone);
	return true;
}

bool roles_run(Session *session, Roles *roles, Err *warnings, Err *err)
{
	if (!roles_count(roles, ROLE_WAITING))
		return true;
	session->speaker = roles->file.file;
	bool done = run_roles(session, roles, warnings, err);
	session->speaker = (Str){0};
	if (!done)
		return false;
	mark_done(roles);
	log_line(session->log, "%.*s: %zu statements run, %zu exist already, %.1f ms",
		STR_ARG(roles->file.file), roles_count(roles, ROLE_RUN),
		roles_count(roles, ROLE_EXISTED) + roles_count(roles, ROLE_THERE),
		(double)roles->us / 1000);
	return true;
}
