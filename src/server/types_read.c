#include "server/types_read.h"

/* Schemas of the system, whose views and enums no file of types names. */
#define IS_SYSTEM(name) "(" name " ^@ 'pg_' OR " name " = 'information_schema')"
#define FLAG(condition, letter) "CASE WHEN " condition " THEN '" letter "' ELSE '' END"

#define COLUMN_FLAGS                                                                                      \
	FLAG("a.attnotnull OR t.typtype = 'd' AND t.typnotnull", "n")                                     \
	" || " FLAG("a.attidentity <> ''", "d") " || " FLAG("a.attidentity = 'a'",                        \
		"a") " || " FLAG("a.attgenerated <> ''", "g") " || " FLAG("a.atthasdef",                  \
		"v") " || "                                                                               \
		     "CASE WHEN r.relkind = 'v' AND pg_column_is_updatable(a.attrelid, a.attnum, false) " \
		     "THEN 'u' ELSE '' END || " FLAG(                                                     \
			     "NOT (pg_has_role(r.relowner, 'USAGE') OR has_column_privilege(a.attrelid, " \
			     "a.attnum, 'SELECT, INSERT, UPDATE, REFERENCES'))",                          \
			     "x")

/* Of one relation, so that what it costs depends on what is asked for, and not on all indexes that
 * there are. The column of a domain is read as what the domain is over, one level deep. */
#define COLUMNS                                                                                                         \
	"(SELECT json_agg(ARRAY[a.attname::text, coalesce(b.typname, t.typname)::text, tn.nspname::text, " COLUMN_FLAGS \
	", a.attnum::text] ORDER BY a.attnum) FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid "                \
	"LEFT JOIN pg_type b ON t.typtype = 'd' AND b.oid = t.typbasetype "                                             \
	"JOIN pg_namespace tn ON tn.oid = coalesce(b.typnamespace, t.typnamespace) "                                    \
	"WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped)"

#define RELATION_FLAGS                                                                                                  \
	"CASE WHEN r.relkind = 'v' THEN " FLAG("pg_relation_is_updatable(r.oid, false) & 8 <> 0",                       \
		"i") " || " FLAG("pg_relation_is_updatable(r.oid, false) & 4 <> 0",                                     \
		"u") " || " FLAG("EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = r.oid AND g.tgtype & 64 <> 0) OR " \
				 "EXISTS (SELECT FROM pg_rewrite w WHERE w.ev_class = r.oid AND w.ev_type <> '1')",     \
		"t") " ELSE '' END || " FLAG("NOT (pg_has_role(r.relowner, 'USAGE') OR has_table_privilege(r.oid, "     \
					     "'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER') OR "     \
					     "has_any_column_privilege(r.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))",  \
		"x")

#define NUMBERS(list) "array_to_json(" list "::text[])"

/* As their columns are numbered: that is how generators list a constraint's. */
#define SORTED(list) "ARRAY(SELECT n FROM unnest(" list ") AS u(n) ORDER BY n)"

#define UNIQUE                                                                                                \
	"coalesce((SELECT CASE WHEN bool_or(" SORTED(                                                         \
		"u.conkey") " = k.conkey) THEN 't' ELSE 'o' END "                                             \
			    "FROM pg_constraint u WHERE u.conrelid = k.conrelid AND u.contype IN ('p', 'u') " \
			    "AND " SORTED("u.conkey") " = " SORTED(                                           \
				    "k.conkey") " HAVING count(*) > 0), 'f')"

#define RELKIND(type)                                                                              \
	"coalesce((SELECT c.relkind::text FROM pg_class c WHERE c.oid = " type ".typrelid), '')"

#define ARGUMENTS                                                                                                   \
	"(SELECT json_agg(json_build_array(coalesce(p.proargmodes[a.o]::text, 'i'), "                               \
	"coalesce(p.proargnames[a.o], ''), t.typname, tn.nspname, " RELKIND(                                        \
		"t") ") ORDER BY a.o) "                                                                             \
		     "FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS a(type, o) " \
		     "JOIN pg_type t ON t.oid = a.type JOIN pg_namespace tn ON tn.oid = t.typnamespace)"

/* Kinds of rows, and what is in them: types/catalogue_rows.h. Rows of one name follow each other.
 */
static const Str question[] = {
	STR_INIT(
		"WITH schemas AS (SELECT n.oid, n.nspname FROM pg_namespace n WHERE n.nspname = ANY "
		"(string_to_array($1::text, chr(31))) AND NOT " IS_SYSTEM(
			"n.nspname") "), "
				     "others AS (SELECT n.oid, n.nspname FROM pg_namespace n WHERE NOT " IS_SYSTEM(
					     "n.nspname") "), "
							  "relations AS (SELECT c.oid, s.nspname, c.relname, c.relkind, c.relowner FROM pg_class c "
							  "JOIN schemas s ON s.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')) "),
	STR_INIT("SELECT 'n' AS kind, s.nspname::text AS schema, '' AS name, '' AS oid, " FLAG(
		"quote_ident(s.nspname) <> s.nspname", "q") " AS details FROM schemas s "),
	STR_INIT(
		"UNION ALL SELECT r.relkind::text, r.nspname, r.relname, r.oid::text, json_build_array(" RELATION_FLAGS
		", coalesce(" COLUMNS ", '[]'))::text FROM relations r "),
	STR_INIT(
		"UNION ALL SELECT 'c', s.nspname, c.relname, '', (SELECT coalesce(json_agg(json_build_array("
		"a.attname, t.typname, tn.nspname) ORDER BY a.attnum), '[]') FROM pg_attribute a "
		"JOIN pg_type t ON t.oid = a.atttypid JOIN pg_namespace tn ON tn.oid = t.typnamespace "
		"WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)::text "
		"FROM pg_class c JOIN schemas s ON s.oid = c.relnamespace WHERE c.relkind = 'c' "),
	STR_INIT(
		"UNION ALL SELECT 'e', s.nspname, t.typname, '', (SELECT coalesce(json_agg(e.enumlabel "
		"ORDER BY e.enumsortorder), '[]') FROM pg_enum e WHERE e.enumtypid = t.oid)::text "
		"FROM pg_type t JOIN others s ON s.oid = t.typnamespace WHERE t.typtype = 'e' "),
	STR_INIT(
		"UNION ALL SELECT 'k', s.nspname, k.conname, k.conrelid::text, json_build_array("
		"k.confrelid::text, " UNIQUE ", " NUMBERS("k.conkey") ", " NUMBERS(
			"k.confkey") ")::text "
				     "FROM pg_constraint k JOIN others s ON s.oid = k.connamespace "
				     "WHERE k.contype = 'f' AND k.conparentid = 0 "),
	STR_INIT(
		"UNION ALL SELECT 'w', s.nspname, c.relname, c.oid::text, w.ev_action::text FROM pg_class c "
		"JOIN others s ON s.oid = c.relnamespace JOIN pg_rewrite w ON w.ev_class = c.oid AND w.ev_type = '1' "
		"WHERE c.relkind IN ('v', 'm') "),
	STR_INIT("UNION ALL SELECT 'F', s.nspname, p.proname, '', json_build_array(p.pronargdefaults::text, " FLAG(
		"p.proretset", "s") " || " FLAG("p.prorows = 1",
		"1") ", r.typname, rn.nspname, " RELKIND("r") ", " ARGUMENTS
							      ")::text FROM pg_proc p JOIN schemas s ON s.oid = p.pronamespace "
							      "JOIN pg_type r ON r.oid = p.prorettype JOIN pg_namespace rn ON rn.oid = r.typnamespace "
							      "WHERE p.prokind = 'f' AND r.typname NOT IN ('trigger', 'event_trigger') "),
	STR_INIT("ORDER BY kind, schema, name"),
};

Command *types_read_add(Batch *batch, const Names *schemas)
{
	Buf list = buf_new(batch->arena, SIZE_MAX), text = buf_new(batch->arena, SIZE_MAX);
	Param *params = arena_array(batch->arena, Param, 1);
	for (size_t i = 0; i < schemas->count; i++)
		buf_format(&list, "%s%.*s", i ? "\x1f" : "", STR_ARG(schemas->items[i]));
	params[0].value = schemas->count ? buf_str(&list) : STR("");
	for (size_t i = 0; i < sizeof question / sizeof *question; i++)
		buf_add(&text, question[i]);
	buf_add_char(&text, '\0');
	Command *command = batch_add(batch, str_head(buf_str(&text), text.len - 1));
	command->params = params;
	command->param_count = 1;
	command->want_rows = true;
	return command;
}

/* The rows, for types_catalogue_read. */
static CatalogueAnswer types_read_answer(const Command *command)
{
	return (CatalogueAnswer){.cells = command->rows.cells, .rows = command->rows.count};
}

bool types_read(Session *session, const Names *schemas, CatalogueAnswer *out, Err *err)
{
	Batch batch = {.arena = session->arena};
	session_ask(&batch);
	batch_add_literal(&batch, "SELECT set_config('jit', 'off', true)");
	types_read_add(&batch, schemas);
	size_t index = batch.commands.count - 1;
	if (!session_run(session, &batch, ERR_SERVICE, err))
		return false;
	*out = types_read_answer(&batch.commands.items[index]);
	return true;
}
