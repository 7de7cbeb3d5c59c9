#include "server/owners.h"

#include "sql/lex.h"

enum {
	NAMES_MAX = 30,
	NAME_BYTES = 200,
	OWNERS_MAX = 3,
};

/* Names of the statement and, of those with a schema, the schema; each ends with \x1f. */
static Str names_of(Arena *arena, Str statement)
{
	Lexer lexer = {.text = statement};
	Buf buf = buf_new(arena, (size_t)NAMES_MAX * 2 * (NAME_BYTES + 1));
	Str token, second;
	size_t count = 0;
	LexKind kind = lex_next_word(&lexer, &token);
	while (kind != LEX_END && count < NAMES_MAX) {
		bool is_name =
			(kind == LEX_WORD || kind == LEX_QUOTED) && token.len < NAME_BYTES / 2;
		Str first = token;
		kind = lex_next_word(&lexer, &token);
		if (!is_name)
			continue;
		count++;
		buf_format(&buf, "%.*s\x1f", STR_ARG(first));
		if (kind != LEX_OTHER || !str_equal(token, STR(".")))
			continue;
		kind = lex_next_word(&lexer, &second);
		token = second;
		if ((kind == LEX_WORD || kind == LEX_QUOTED) && token.len < NAME_BYTES / 2)
			buf_format(&buf, "%.*s.%.*s\x1f", STR_ARG(first), STR_ARG(second));
	}
	return buf_str(&buf);
}

/* As the session finds names, for it is about the file's; so pg_catalog is named everywhere. */
static Command *add_question(Batch *batch, Str names)
{
	Param *param = arena_new(batch->arena, Param);
	param->value = names;
	Command *command = batch_add_literal(batch,
		"WITH names AS (SELECT DISTINCT n FROM pg_catalog.unnest(pg_catalog.string_to_array("
		"$1::pg_catalog.text, pg_catalog.chr(31))) AS n "
		"WHERE n OPERATOR(pg_catalog.<>) ''::pg_catalog.text), "
		"tables AS (SELECT c.oid::pg_catalog.regclass::pg_catalog.text AS what, c.relowner AS owner "
		"FROM names JOIN pg_catalog.pg_class c "
		"ON c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(n)::pg_catalog.oid), "
		"schemas AS (SELECT pg_catalog.format('schema %I', s.nspname) AS what, s.nspowner AS owner "
		"FROM names JOIN pg_catalog.pg_namespace s "
		"ON s.oid OPERATOR(pg_catalog.=) CASE WHEN "
		"pg_catalog.strpos(n, '.') OPERATOR(pg_catalog.=) 0 "
		"THEN pg_catalog.to_regnamespace(n)::pg_catalog.oid END "
		"WHERE NOT EXISTS (SELECT FROM tables)) "
		"SELECT what, pg_catalog.pg_get_userbyid(owner) FROM "
		"(SELECT what, owner FROM tables UNION ALL SELECT what, owner FROM schemas) AS found "
		"WHERE NOT pg_catalog.pg_has_role(owner, 'USAGE') ORDER BY 1");
	command->params = param;
	command->param_count = 1;
	command->want_rows = true;
	return command;
}

static Str owners_of(Arena *arena, const Rows *rows)
{
	Buf buf = buf_new(arena, 4096);
	for (size_t i = 0; i < rows->count && i < OWNERS_MAX; i++)
		buf_format(&buf, "%s%.*s belongs to %.*s", i ? ", " : "",
			STR_ARG(str_visible(arena, rows->cells[i * 2])),
			STR_ARG(str_visible(arena, rows->cells[i * 2 + 1])));
	return buf_str(&buf);
}

void owners_tell(Session *session, Str statement, Fault *fault, Arena *arena)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	Err ignored = {.arena = &scratch};
	if (!session->db || db_in_transaction(session->db))
		return;
	Command *question = add_question(&batch, names_of(&scratch, statement));
	if (!session_run(session, &batch, ERR_MIGRATION, &ignored) || !question->rows.count)
		return;
	fault->hint = str_format(arena,
		"%.*s, and %.*s: only the owner can change it or grant what is missing. On Supabase the schemas auth, "
		"storage, realtime and vault are managed for you: have the migration leave their objects alone, or use "
		"a schema of your own",
		STR_ARG(fault->hint), STR_ARG(owners_of(&scratch, &question->rows)));
}
