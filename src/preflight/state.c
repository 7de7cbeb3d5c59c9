#include "preflight/state.h"

#include "preflight/evaluable.h"
#include "preflight/query.h"
#include "sql/builtin_type.h"

/* ---- names ---- */

/* The last one counts; NULL: it has none. */
static State *find_state(const Finder *finder, ObjectName name)
{
	for (size_t i = finder->states.count; i-- > 0;) {
		State *state = finder->states.items[i];
		if (str_equal(state->relation.name, name.name) &&
			str_equal(state->relation.schema, name.schema))
			return state;
	}
	return NULL;
}

State *state_find(const Finder *finder, ObjectName name)
{
	const CatalogRelation *table = changes_table(&finder->changes, name);
	if (table)
		return find_state(finder, (ObjectName){table->schema, table->name});
	if (!name.schema.len && finder->changes.has_path)
		return NULL;
	State *made = find_state(finder, changes_full_name(&finder->changes, name));
	return made && made->relation.oid < 0 ? made : NULL;
}

const CatalogRelation *finder_table(const Finder *finder, ObjectName name)
{
	const State *state = state_find(finder, name);
	return state && !state->is_open ? &state->relation : changes_table(&finder->changes, name);
}

const CatalogRelation *finder_table_by_oid(const Finder *finder, int64_t oid)
{
	for (size_t i = finder->states.count; i-- > 0;) {
		const State *state = finder->states.items[i];
		if (state->relation.oid == oid && !state->is_open)
			return &state->relation;
		if (state->relation.oid == oid)
			break;
	}
	return catalog_relation_by_oid(finder->changes.catalog, oid);
}

const State *state_behind(const Finder *finder, const CatalogRelation *table)
{
	if (finder->within && &finder->within->relation == table)
		return finder->within;
	for (size_t i = finder->states.count; i-- > 0;)
		if (&finder->states.items[i]->relation == table)
			return finder->states.items[i];
	return NULL;
}

/* ---- rows ---- */

Str state_type(const CatalogColumn *column)
{
	return evaluable_is_builtin(column->type) ? column->type : STR("text");
}

bool state_is_computable(const CatalogColumn *column)
{
	return evaluable_is_builtin(column->type) && !str_starts(column->type, STR("bit")) &&
	       !str_starts(column->type, STR("reg")) && !str_ends(column->type, STR("range"));
}

/* No rows, but their columns. */
static Str empty_rows(const Finder *finder, const CatalogRelation *table)
{
	Arena *arena = finder->arena;
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < table->columns.count; i++)
		buf_format(&buf, "%sCAST(NULL AS %.*s) AS %.*s", i ? ", " : "",
			STR_ARG(state_type(&table->columns.items[i])),
			STR_ARG(query_column(arena, table->columns.items[i].name)));
	return str_format(arena, "(SELECT %.*s WHERE false)", STR_ARG(buf_str(&buf)));
}

Str finder_rows(const Finder *finder, const CatalogRelation *table, bool only)
{
	const State *state = state_behind(finder, table);
	if (state && state->is_empty)
		return empty_rows(finder, table);
	return state && state->rows.len ? state->rows : query_table(finder->arena, table, only);
}

Str finder_item(const Finder *finder, const CatalogRelation *table, bool only, Str alias)
{
	const State *state = state_behind(finder, table);
	bool is_query = state && (state->rows.len || state->is_empty);
	return str_format(finder->arena, "%.*s AS %.*s%s",
		STR_ARG(finder_rows(finder, table, only)),
		STR_ARG(str_sql_name(finder->arena, alias)), is_query ? "" : QUESTION_SAMPLE);
}

Str finder_own(const Finder *finder, bool only)
{
	return finder_item(finder, finder->table, only, finder->table->name);
}
