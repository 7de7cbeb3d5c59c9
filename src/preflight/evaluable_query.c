/* Expressions with sub-selects. */
#include "preflight/evaluable.h"
#include "sql/expression.h"

enum {
	TABLES_MAX = 8,
	SQL_MAX = 256 * 1024
};

typedef struct Tables {
	const CatalogRelation *items[TABLES_MAX + 2];
	size_t count;
} Tables;

/* Aggregates that give the same for the same rows, in whatever order they come. */
static Names without_aggregates(Arena *arena, const Names *functions)
{
	static const Str aggregates[] = {STR_INIT("count"), STR_INIT("min"), STR_INIT("max"),
		STR_INIT("sum"), STR_INIT("bool_and"), STR_INIT("bool_or")};
	Names others = {0};
	for (size_t i = 0; i < functions->count; i++)
		if (!STR_IS_AMONG(functions->items[i], aggregates))
			*vec_add(arena, &others) = functions->items[i];
	return others;
}

static Doubt check_names(const Finder *finder, const Expression *expression)
{
	ARENA_SCRATCH(scratch);
	const Changes *changes = &finder->changes;
	Names functions = without_aggregates(&scratch, &expression->functions);
	if (changes->has_settings || changes->has_path)
		return DOUBT_SETTINGS;
	for (size_t i = 0; i < expression->functions.count; i++)
		if (evaluable_has_rival(changes, expression->functions.items[i]))
			return DOUBT_EXPRESSION;
	return evaluable_check_functions(changes, &functions);
}

/* All of its rows are known, and no others. */
static Doubt add_table(const Finder *finder, ObjectName name, Tables *tables)
{
	const CatalogRelation *table = finder_table(finder, name);
	Doubt otherwise = DOUBT_NONE;
	if (!table || (table->kind != RELATION_TABLE && table->kind != RELATION_PARTITIONED) ||
		tables->count >= TABLES_MAX)
		return DOUBT_NOT_ASKED;
	Doubt doubt = finder_check_target(finder, table, &(Names){0}, &otherwise);
	tables->items[tables->count++] = table;
	return doubt == DOUBT_NONE ? otherwise : doubt;
}

/* Of whichever table the column may be, its values are known. */
static Doubt check_column(const Finder *finder, const Tables *tables, Str name)
{
	Names column = {.items = &name, .count = 1};
	bool is_found = false;
	Doubt doubt = DOUBT_NONE;
	for (size_t i = 0; i < tables->count && doubt == DOUBT_NONE; i++) {
		const CatalogColumn *found = catalog_column(tables->items[i], name);
		if (!found)
			continue;
		is_found = true;
		doubt = evaluable_is_builtin(found->type) && !found->is_collated
				? finder_check_columns(finder, tables->items[i], &column)
				: DOUBT_COLUMN_TYPE;
	}
	return doubt == DOUBT_NONE && !is_found ? DOUBT_CHANGED : doubt;
}

/* The marks as what has the tables' rows. */
static Str with_rows(
	const Finder *finder, const ExpressionQuery *query, const Tables *tables, int64_t *bytes)
{
	Str sql = query->sql;
	for (size_t i = 0; i < query->tables.count; i++) {
		Str rest = sql, mark = query->tables.items[i].mark;
		Buf buf = buf_new(finder->arena, SQL_MAX);
		while (rest.len && !str_starts(rest, mark)) {
			buf_add_char(&buf, rest.ptr[0]);
			rest = str_skip(rest, 1);
		}
		buf_add(&buf,
			finder_rows(finder, tables->items[i], query->tables.items[i].is_only));
		buf_add(&buf, str_skip(rest, mark.len));
		*bytes += finder_bytes(finder, tables->items[i]);
		sql = buf_str(&buf);
	}
	return question_whole(finder->arena, sql);
}

Doubt evaluable_check_query(
	const Finder *finder, const CatalogRelation *other, Str expression, EvaluableQuery *read)
{
	ExpressionQuery query;
	Tables tables = {0};
	if (!expression_read_query(finder->arena, expression, &query))
		return DOUBT_EXPRESSION;
	Doubt doubt = check_names(finder, &query.expression);
	for (size_t i = 0; i < query.tables.count && doubt == DOUBT_NONE; i++)
		doubt = add_table(finder, query.tables.items[i].name, &tables);
	tables.items[tables.count++] = finder->table;
	if (other)
		tables.items[tables.count++] = other;
	for (size_t i = 0; i < query.expression.columns.count && doubt == DOUBT_NONE; i++)
		doubt = check_column(finder, &tables, query.expression.columns.items[i]);
	*read = (EvaluableQuery){.has_value = query.has_value};
	if (doubt == DOUBT_NONE)
		read->sql = with_rows(finder, &query, &tables, &read->bytes);
	return doubt;
}
