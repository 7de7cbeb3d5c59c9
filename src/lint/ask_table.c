#include "lint/ask_table.h"

#include "lint/judge.h"
#include "sql/builtin_type.h"
#include "sql/lex.h"
#include "sql/query_tables.h"

/* ---- types ---- */

bool ask_is_touched(const Asker *asker, Str text)
{
	Lexer lexer = {.text = text};
	Str token;
	for (LexKind kind; (kind = lex_next_word(&lexer, &token)) != LEX_END;) {
		Str name = str_sql_unquoted(asker->arena, token);
		if ((kind == LEX_WORD || kind == LEX_QUOTED) && touched_has(&asker->touched, name))
			return true;
	}
	return false;
}

static bool is_session_path(const Asker *asker)
{
	const Names *path = &asker->world.path, *own = &asker->world.catalog->search_path;
	bool is_same = path->count == own->count;
	for (size_t i = 0; is_same && i < path->count; i++)
		is_same = str_equal(path->items[i], own->items[i]);
	return is_same;
}

/* A type without its schema may have been read with another search path: the catalogue's, with the
 * session's own. */
bool ask_means_the_same(const Asker *asker, const WorldColumn *column)
{
	bool is_catalogs = column->number && !column->has_new_type && !column->is_changed;
	return builtin_type_is(column->type) || str_contains(column->type, STR(".")) ||
	       (is_catalogs && is_session_path(asker));
}

/* ---- tables ---- */

static bool is_known_type(const Asker *asker, const WorldColumn *column)
{
	Str type = column->type;
	return type.len && !ask_is_touched(asker, type) && ask_means_the_same(asker, column);
}

static bool may_use(const Query *query, Str column)
{
	return query->has_all_columns || names_have(&query->names, column);
}

/* A table as the query that has its columns; empty if those that `query` may use are not known. */
static Str write_columns(const Asker *asker, const Query *query, const WorldRelation *table)
{
	Buf buf = buf_new(asker->arena, ASK_SQL_MAX);
	bool is_table = table->kind == RELATION_TABLE || table->kind == RELATION_PARTITIONED ||
			table->kind == RELATION_FOREIGN;
	if (table->hides_columns || table->is_loose || !is_table)
		return (Str){0};
	buf_add(&buf, STR("SELECT"));
	const char *comma = "";
	for (size_t i = 0; i < table->columns.count; i++) {
		const WorldColumn *column = &table->columns.items[i];
		bool is_known = is_known_type(asker, column);
		if (!column->name.len)
			continue;
		if (!is_known && may_use(query, column->name))
			return (Str){0};
		buf_format(&buf, "%s NULL%s%.*s AS %.*s", comma, is_known ? "::" : "",
			STR_ARG(is_known ? column->type : (Str){0}),
			STR_ARG(str_sql_name(asker->arena, column->name)));
		comma = ",";
	}
	return buf_str(&buf);
}

bool ask_is_as_it_was(const Asker *asker, const WorldRelation *table)
{
	return table->there && !table->hides_columns &&
	       !touched_has(&asker->touched, table->name) &&
	       str_equal(table->schema, table->there->schema);
}

Str ask_write_table(const Asker *asker, const Query *query, const WorldRelation *table, Str alias)
{
	Str name = str_sql_name(asker->arena, alias.len ? alias : table->name);
	if (ask_is_as_it_was(asker, table))
		return str_format(asker->arena, "%.*s.%.*s%s%.*s",
			STR_ARG(str_sql_name(asker->arena, table->there->schema)),
			STR_ARG(str_sql_name(asker->arena, table->there->name)),
			alias.len ? " AS " : "", STR_ARG(alias.len ? name : (Str){0}));
	Str columns = write_columns(asker, query, table);
	return columns.len
		       ? str_format(asker->arena, "(%.*s) AS %.*s", STR_ARG(columns), STR_ARG(name))
		       : (Str){0};
}

/* ---- names ---- */

/* What is in the place of tables that the plan has touched. */
typedef struct Replacer {
	Asker *asker;
	const Query *query;
	VEC(const WorldRelation *) tables;
	Names absent; /* tables that are not there, before the statement or now */
	bool is_written; /* the query is what is left of it */
	bool is_impossible;
} Replacer;

static bool has_query_within(const Query *query)
{
	for (size_t i = 0; i < query->names.count; i++)
		if (str_equal(query->names.items[i], STR("SELECT")))
			return true;
	return false;
}

/* Of a table whose columns are written out. A field of another row may have the name that the plan
 * has changed. */
static bool is_replaced(const Replacer *replacer, Str name)
{
	bool may_be_field = replacer->query->has_row_values &&
			    touched_is_named(&replacer->asker->touched, name);
	if (names_have(&replacer->absent, name))
		return true;
	for (size_t i = 0; i < replacer->tables.count; i++) {
		const WorldRelation *table = replacer->tables.items[i];
		if (str_equal(name, table->name) || str_equal(name, table->schema) ||
			(!may_be_field && world_column(table, name)))
			return true;
	}
	return false;
}

/* The columns of `row` (which may be NULL), and those that it had, are not looked up anywhere else.
 */
static bool names_touched(const Replacer *replacer, const WorldRelation *row)
{
	const Query *query = replacer->query;
	const Touched *touched = &replacer->asker->touched;
	bool is_row_alone = row && query->scope != QUERY_STORED && !has_query_within(query);
	for (size_t i = 0; i < query->names.count; i++) {
		Str name = query->names.items[i];
		bool is_object = names_have(&query->objects, name);
		bool is_table = names_have(&query->tables, name);
		bool is_row = row && str_equal(name, row->name);
		bool is_column = row && !is_row && world_column(row, name);
		bool is_own = !is_table && (is_column || (is_row && replacer->is_written));
		bool was_own = (is_row_alone || replacer->tables.count) && !is_table &&
			       !query->has_row_values && touched_is_column(touched, name);
		bool is_known = is_own || was_own || is_replaced(replacer, name);
		if (touched_has(touched, name) && (is_object || !is_known))
			return true;
	}
	return false;
}

/* ---- replacing ---- */

/* As the server looks a name up for the query. */
static Presence find_table(const Replacer *replacer, ObjectName name, WorldRelation **out)
{
	World *world = &replacer->asker->world;
	const Query *query = replacer->query;
	*out = NULL;
	if (!name.schema.len && str_starts(name.name, STR("pg_")))
		return PRESENCE_UNKNOWN; /* pg_catalog comes first */
	return world_find_on(world, query->has_path ? &query->path : &world->path, name, out);
}

static Str write_replacement(void *context, ObjectName name)
{
	Replacer *replacer = context;
	Asker *asker = replacer->asker;
	WorldRelation *table;
	Presence presence = find_table(replacer, name, &table);
	replacer->is_impossible |=
		presence == PRESENCE_UNKNOWN && touched_has(&asker->touched, name.name);
	if (presence == PRESENCE_ABSENT)
		*vec_add(asker->arena, &replacer->absent) = str_copy(asker->arena, name.name);
	if (presence != PRESENCE_THERE || ask_is_as_it_was(asker, table))
		return (Str){0};
	Str columns = write_columns(asker, replacer->query, table);
	replacer->is_impossible |= !columns.len;
	*vec_add(asker->arena, &replacer->tables) = table;
	return columns;
}

/* "row.f" may be a function of a row that was there before the plan. */
static bool has_changed_table(const Replacer *replacer)
{
	for (size_t i = 0; i < replacer->tables.count; i++)
		if (replacer->tables.items[i]->there)
			return true;
	return false;
}

bool ask_names_system_column(const Query *query)
{
	for (size_t i = 0; i < query->names.count; i++)
		if (world_is_system_column(query->names.items[i]))
			return true;
	return false;
}

bool ask_replace_tables(
	Asker *asker, const Query *query, const WorldRelation *row, Analysis *analysis)
{
	Replacer replacer = {.asker = asker, .query = query};
	if (!names_touched(&replacer, row))
		return true;
	if (ask_names_system_column(query))
		return false;
	Str sql = query_replace_tables(
		asker->arena, analysis->sql, &(QueryTables){write_replacement, &replacer});
	replacer.is_written = true;
	if (!sql.len || replacer.is_impossible || names_touched(&replacer, row))
		return false;
	analysis->sql = sql;
	analysis->has_made_tables = true;
	analysis->has_changed_tables |= has_changed_table(&replacer);
	return true;
}
