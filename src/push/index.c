#include "push/index.h"

#include "base/interrupt.h"
#include "sql/lex.h"
#include "server/lock_monitor.h"

/* An index without its own name and its table's: "CREATE UNIQUE INDEX USING btree (a)". */
#define DEFINITION                                                                                 \
	"pg_catalog.replace(pg_catalog.pg_get_indexdef(i.indexrelid), pg_catalog.format("          \
	"' INDEX %I ON %I.%I USING ', c.relname, CASE WHEN n.oid OPERATOR(pg_catalog.=) "          \
	"pg_catalog.pg_my_temp_schema() THEN 'pg_temp' ELSE n.nspname END, t.relname), "           \
	"' INDEX USING ')"
#define INDEXES                                                                                    \
	"FROM pg_catalog.pg_index i "                                                              \
	"JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) i.indexrelid "                 \
	"JOIN pg_catalog.pg_class t ON t.oid OPERATOR(pg_catalog.=) i.indrelid "                   \
	"JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) t.relnamespace "

static bool take_word(Lexer *lexer, const char *upper)
{
	Lexer look = *lexer;
	Str token;
	if (lex_next_word(&look, &token) != LEX_WORD || !lex_is(token, upper))
		return false;
	*lexer = look;
	return true;
}

/* A name, perhaps with a schema: the text from its first to its last token. */
static bool take_name(Lexer *lexer, Str *name)
{
	Str token = {0};
	for (bool first = true;; first = false) {
		Lexer look = *lexer;
		LexKind kind = lex_next_word(&look, &token);
		if (kind != LEX_WORD && kind != LEX_QUOTED)
			return false;
		if (first)
			name->ptr = token.ptr;
		name->len = (size_t)(token.ptr + token.len - name->ptr);
		*lexer = look;
		if (lex_next_word(&look, &token) != LEX_OTHER || !str_equal(token, STR(".")))
			return true;
		*lexer = look;
	}
}

bool index_parts(Str statement, IndexParts *out)
{
	Lexer lexer = {.text = statement};
	*out = (IndexParts){0};
	if (!take_word(&lexer, "CREATE"))
		return false;
	out->unique = take_word(&lexer, "UNIQUE");
	if (!take_word(&lexer, "INDEX") || !take_word(&lexer, "CONCURRENTLY"))
		return false;
	if (take_word(&lexer, "IF") && (!take_word(&lexer, "NOT") || !take_word(&lexer, "EXISTS")))
		return false;
	if (!take_word(&lexer, "ON") &&
		(!take_name(&lexer, &out->name) || !take_word(&lexer, "ON")))
		return false;
	take_word(&lexer, "ONLY");
	if (!take_name(&lexer, &out->table))
		return false;
	out->rest = str_skip(statement, lexer.at);
	return true;
}

/* With the terminator that a command's text needs; `%` becomes the value. */
static Str format(Arena *arena, const char *template, Str value)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	Str rest = str_from(template), before = {0};
	str_next(&rest, '%', &before);
	buf_add(&buf, before);
	buf_add(&buf, value);
	buf_add(&buf, rest);
	return str_from(str_z(arena, buf_str(&buf)));
}

/* Our own short questions here run as whatever role the file has taken on. */
static bool ask_indexes(Session *session, Batch *batch, bool *answered)
{
	Err lost = {.arena = batch->arena};
	*answered =
		batch_run(session->db, batch, deadline_in(session->answer_limit_ms), true, &lost) &&
		!interrupt_pending();
	return *answered && !batch_failed(batch);
}

/* Indexes of the table that may be the statement's: by their name, or all of them if it has none.
 * One that is being built right now is somebody else's. */
static void add_candidates(Batch *batch, const IndexParts *parts)
{
	Param *params = arena_array(batch->arena, Param, 2);
	params[0].value = parts->table;
	params[1].value = parts->name.len ? parts->name : (Str){0};
	Command *command = batch_add_literal(batch,
		"SELECT i.indexrelid::pg_catalog.regclass, i.indisvalid, " DEFINITION " " INDEXES
		"WHERE i.indrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1) "
		"AND ($2::pg_catalog.text IS NULL OR c.relname OPERATOR(pg_catalog.=) "
		"(pg_catalog.parse_ident($2::pg_catalog.text))[1]) "
		"AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p "
		"WHERE p.index_relid OPERATOR(pg_catalog.=) i.indexrelid) ORDER BY i.indexrelid");
	command->params = params;
	command->param_count = 2;
	command->want_rows = true;
}

/* The definition that the statement would give, by a copy of the table that nobody sees. */
static size_t add_wanted(Batch *batch, const IndexParts *parts)
{
	Arena *arena = batch->arena;
	batch_add_literal(batch, "BEGIN");
	batch_add(
		batch, format(arena, "CREATE TEMPORARY TABLE promote_copy (LIKE %)", parts->table));
	batch_add(batch, format(arena,
				 parts->unique ? "CREATE UNIQUE INDEX ON pg_temp.promote_copy %"
					       : "CREATE INDEX ON pg_temp.promote_copy %",
				 parts->rest));
	batch_add_literal(batch,
		"SELECT " DEFINITION " " INDEXES "WHERE i.indrelid OPERATOR(pg_catalog.=) "
		"'pg_temp.promote_copy'::pg_catalog.regclass");
	size_t wanted = batch->commands.count - 1;
	batch->commands.items[wanted].want_rows = batch->commands.items[wanted].sync = true;
	batch_add_literal(batch, "ROLLBACK");
	return wanted;
}

/* Empty if unknown. False: the connection is gone, or a signal has come. */
static bool find_wanted(Session *session, Arena *arena, const IndexParts *parts, Str *wanted)
{
	Batch batch = {.arena = arena};
	bool answered;
	size_t index = add_wanted(&batch, parts);
	ask_indexes(session, &batch, &answered);
	const Command *command = &batch.commands.items[index];
	if (command->state == COMMAND_DONE && command->rows.count == 1)
		*wanted = command->rows.cells[0];
	return answered;
}

static bool drop(Session *session, const Script *script, Str index, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	log_line(session->log, "%.*s: an earlier try has left the index %.*s invalid; dropping it",
		STR_ARG(script->migration->file), STR_ARG(index));
	session_suspend_limits(&batch);
	batch_add(&batch, format(&scratch, "DROP INDEX CONCURRENTLY IF EXISTS %", index));
	session_resume_limits(&batch);
	lock_monitor_watch(session->monitor, &batch, true);
	if (!batch_run(session->db, &batch, DEADLINE_NONE, true, err))
		return false;
	if (interrupt_pending())
		err_add(err, ERR_CANCELLED, "cancelled while the index %.*s was dropped",
			STR_ARG(index));
	else if (batch_failed(&batch))
		db_add_fault(err, ERR_MIGRATION, batch_failed(&batch)->failure);
	return !interrupt_pending() && !batch_failed(&batch);
}

bool index_prepare(
	Session *session, const Script *script, const Statement *statement, bool *exists, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	IndexParts parts;
	Str wanted = {0};
	bool answered;
	*exists = false;
	if (!index_parts(statement->text, &parts))
		return true;
	add_candidates(&batch, &parts);
	ask_indexes(session, &batch, &answered);
	const Rows *rows = &batch.commands.items[0].rows;
	/* a connection that is gone is found to be so by the statement itself */
	if (!rows->count || !find_wanted(session, &scratch, &parts, &wanted) || !wanted.len)
		return true;
	for (size_t i = 0; i < rows->count; i++) {
		const Str *cells = &rows->cells[i * rows->columns];
		if (!str_equal(cells[2], wanted))
			continue;
		if (str_equal(cells[1], STR("t"))) {
			log_line(session->log,
				"%.*s: the index %.*s is there already, as it is wanted",
				STR_ARG(script->migration->file), STR_ARG(cells[0]));
			*exists = true;
		} else if (!drop(session, script, cells[0], err)) {
			return false;
		}
	}
	return true;
}
