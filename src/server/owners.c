#include "server/owners.h"

enum {
	NAMES_MAX = 30,
	OWNERS_MAX = 3,
};

/* Names for to_regclass and to_regnamespace, each with a \x1f at its end. */
typedef struct Questioned {
	Arena *arena;
	Buf tables, schemas;
	size_t count;
} Questioned;

static void add_schema(Questioned *names, Str schema)
{
	if (schema.len)
		buf_format(
			&names->schemas, "%.*s\x1f", STR_ARG(str_sql_name(names->arena, schema)));
}

static void add_table(Questioned *names, ObjectName table)
{
	if (!table.name.len || names->count++ >= NAMES_MAX)
		return;
	if (table.schema.len)
		buf_format(
			&names->tables, "%.*s.", STR_ARG(str_sql_name(names->arena, table.schema)));
	buf_format(&names->tables, "%.*s\x1f", STR_ARG(str_sql_name(names->arena, table.name)));
	add_schema(names, table.schema);
}

static Questioned names_of(Arena *arena, const Facts *facts)
{
	Questioned names = {.arena = arena,
		.tables = buf_new(arena, SIZE_MAX),
		.schemas = buf_new(arena, SIZE_MAX)};
	for (size_t i = 0; i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		if (action->in_function)
			continue;
		if (action->object_kind == OBJECT_SCHEMA)
			add_schema(&names, action->object.name);
		else
			add_table(&names, action->object);
		add_table(&names, action->other);
	}
	for (size_t i = 0; i < facts->uses.count; i++)
		if (facts->uses.items[i].kind == USE_TABLE && !facts->uses.items[i].in_function)
			add_table(&names, facts->uses.items[i].name);
	return names;
}

/* As the session finds names, for it is about the file's; so pg_catalog is named everywhere. */
static Command *add_question(Batch *batch, const Questioned *names)
{
	Param *params = arena_array(batch->arena, Param, 2);
	params[0].value = buf_str(&names->tables);
	params[1].value = buf_str(&names->schemas);
	Command *command = batch_add_literal(batch,
		"WITH tables AS (SELECT DISTINCT c.oid::pg_catalog.regclass::pg_catalog.text AS what, "
		"c.relowner AS owner FROM pg_catalog.unnest(pg_catalog.string_to_array("
		"$1::pg_catalog.text, pg_catalog.chr(31))) AS n JOIN pg_catalog.pg_class c "
		"ON c.oid OPERATOR(pg_catalog.=) CASE WHEN n OPERATOR(pg_catalog.<>) ''::pg_catalog.text "
		"THEN pg_catalog.to_regclass(n)::pg_catalog.oid END), "
		"schemas AS (SELECT DISTINCT pg_catalog.format('schema %I', s.nspname) AS what, "
		"s.nspowner AS owner FROM pg_catalog.unnest(pg_catalog.string_to_array("
		"$2::pg_catalog.text, pg_catalog.chr(31))) AS n JOIN pg_catalog.pg_namespace s "
		"ON s.oid OPERATOR(pg_catalog.=) CASE WHEN n OPERATOR(pg_catalog.<>) ''::pg_catalog.text "
		"THEN pg_catalog.to_regnamespace(n)::pg_catalog.oid END "
		"WHERE NOT EXISTS (SELECT FROM tables)) "
		"SELECT what, pg_catalog.pg_get_userbyid(owner) FROM "
		"(SELECT what, owner FROM tables UNION ALL SELECT what, owner FROM schemas) AS found "
		"WHERE NOT pg_catalog.pg_has_role(owner, 'USAGE') ORDER BY 1");
	command->params = params;
	command->param_count = 2;
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

void owners_add(Session *session, const Facts *facts, Fault *fault, Arena *arena)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	Err ignored = {.arena = &scratch};
	if (!facts || !session->db || db_in_transaction(session->db))
		return;
	Questioned names = names_of(&scratch, facts);
	Command *question = add_question(&batch, &names);
	if (!session_run(session, &batch, ERR_MIGRATION, &ignored) || !question->rows.count)
		return;
	fault->hint = str_format(arena,
		"%.*s, and %.*s: only the owner can change it or grant what is missing. On Supabase the schemas auth, "
		"storage, realtime and vault are managed for you: have the migration leave their objects alone, or use "
		"a schema of your own",
		STR_ARG(fault->hint), STR_ARG(owners_of(&scratch, &question->rows)));
}
