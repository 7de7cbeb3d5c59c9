#include "preflight/query.h"

enum {
	SQL_MAX = 256 * 1024
};

Str query_column(Arena *arena, Str name)
{
	return str_sql_name(arena, name);
}

Str query_table(Arena *arena, const CatalogRelation *table, bool only)
{
	bool is_plain = only && table->kind != RELATION_PARTITIONED;
	return str_format(arena, "%s%.*s.%.*s", is_plain ? "ONLY " : "",
		STR_ARG(str_sql_name(arena, table->schema)),
		STR_ARG(str_sql_name(arena, table->name)));
}

QuestionSql query_any(Arena *arena, Str from, Str condition)
{
	return (QuestionSql){STR("SELECT 1"), from,
		str_format(arena, "%s%.*s LIMIT 1", condition.len ? "WHERE " : "",
			STR_ARG(condition))};
}

/* "a, b", each with what comes before and after it. */
typedef struct List {
	const char *before, *after, *separator;
} List;

static void add_list(Buf *buf, const Names *names, const List *list)
{
	for (size_t i = 0; i < names->count; i++)
		buf_format(buf, "%s%s%.*s%s", i ? list->separator : "", list->before,
			STR_ARG(names->items[i]), list->after);
}

/* IS DISTINCT FROM, since a row of NULLs is NULL to IS NULL, and not to a constraint. */
static const List none_is_null = {"(", ") IS DISTINCT FROM NULL", " AND "};

QuestionSql query_unique(Arena *arena, const UniqueQuery *unique)
{
	static const List plain = {"(", ")", ", "};
	Buf buf = buf_new(arena, SQL_MAX);
	bool has_nulls = unique->nulls_not_distinct;
	if (!has_nulls || unique->predicate.len)
		buf_add(&buf, STR("WHERE "));
	if (!has_nulls)
		add_list(&buf, &unique->keys, &none_is_null);
	if (unique->predicate.len)
		buf_format(&buf, "%s(%.*s)", has_nulls ? "" : " AND ", STR_ARG(unique->predicate));
	buf_add(&buf, STR(" GROUP BY "));
	add_list(&buf, &unique->keys, &plain);
	buf_add(&buf, STR(" HAVING pg_catalog.count(*) OPERATOR(pg_catalog.>) 1 LIMIT 1"));
	return (QuestionSql){STR("SELECT 1"), unique->from, buf_str(&buf)};
}

static Names with_alias(Arena *arena, char alias, const Names *columns)
{
	Names names = {0};
	for (size_t i = 0; i < columns->count; i++)
		*vec_add(arena, &names) = str_format(
			arena, "%c.%.*s", alias, STR_ARG(str_sql_name(arena, columns->items[i])));
	return names;
}

/* MATCH FULL: none is NULL but some are. */
static void add_full(Buf *buf, const Names *columns)
{
	static const List any_is_null = {"(", ") IS NOT DISTINCT FROM NULL", " OR "};
	static const List any_is_not = {"(", ") IS DISTINCT FROM NULL", " OR "};
	buf_add(buf, STR("(("));
	add_list(buf, columns, &any_is_null);
	buf_add(buf, STR(") AND ("));
	add_list(buf, columns, &any_is_not);
	buf_add(buf, STR(")) OR "));
}

static void add_not_exists(Buf *buf, const KeyQuery *key, const Names *from, const Names *to)
{
	add_list(buf, from, &none_is_null);
	buf_format(buf, " AND NOT EXISTS (SELECT FROM %.*s AS k WHERE ", STR_ARG(key->to));
	for (size_t i = 0; i < from->count && i < to->count; i++)
		buf_format(buf, "%s%.*s OPERATOR(pg_catalog.=) %.*s", i ? " AND " : "",
			STR_ARG(to->items[i]), STR_ARG(from->items[i]));
	buf_add(buf, STR(")"));
}

/* EXCEPT compares by the type's own equality, whatever the search path has. */
static QuestionSql except(Arena *arena, const KeyQuery *key, const Names *from, const Names *to)
{
	static const List plain = {"", "", ", "};
	Buf select = buf_new(arena, SQL_MAX), rest = buf_new(arena, SQL_MAX);
	buf_add(&select, STR("SELECT 1 FROM (SELECT "));
	add_list(&select, from, &plain);
	buf_add(&rest, STR("WHERE "));
	add_list(&rest, from, &none_is_null);
	buf_add(&rest, STR(" EXCEPT SELECT "));
	add_list(&rest, to, &plain);
	buf_format(&rest, " FROM %.*s AS k) AS q LIMIT 1", STR_ARG(key->to));
	return (QuestionSql){buf_str(&select), str_format(arena, "%.*s AS f", STR_ARG(key->from)),
		buf_str(&rest)};
}

QuestionSql query_foreign_key(Arena *arena, const KeyQuery *key)
{
	Names from = with_alias(arena, 'f', &key->columns);
	Names to = with_alias(arena, 'k', &key->other_columns);
	if (!key->by_name)
		return except(arena, key, &from, &to);
	Buf buf = buf_new(arena, SQL_MAX);
	if (key->match_full && from.count > 1)
		add_full(&buf, &from);
	add_not_exists(&buf, key, &from, &to);
	buf_add(&buf, key->enforced);
	return query_any(arena, str_format(arena, "%.*s AS f", STR_ARG(key->from)), buf_str(&buf));
}

QuestionSql query_evaluate(Arena *arena, Str from, Str expression)
{
	return (QuestionSql){
		str_format(arena, "SELECT pg_catalog.count(%.*s)", STR_ARG(expression)), from,
		(Str){0}};
}

/* Keys under names of our own, so that expressions find the columns of one table alone. */
static Str keys_of(Arena *arena, const ExcludeQuery *exclude)
{
	Buf buf = buf_new(arena, SQL_MAX);
	buf_add(&buf, STR("(SELECT ctid AS t"));
	for (size_t i = 0; i < exclude->keys.count; i++)
		buf_format(&buf, ", (%.*s) AS k%zu", STR_ARG(exclude->keys.items[i]), i);
	buf_format(&buf, " FROM %.*s", STR_ARG(exclude->from));
	if (exclude->predicate.len)
		buf_format(&buf, " WHERE (%.*s)", STR_ARG(exclude->predicate));
	buf_add(&buf, STR(" OFFSET 0)")); /* evaluated for each row, whatever comes of it */
	return buf_str(&buf);
}

/* A NULL excludes nothing, and no operator that constraints use is true of it. */
QuestionSql query_exclude(Arena *arena, const ExcludeQuery *exclude)
{
	Str keys = keys_of(arena, exclude);
	Buf buf = buf_new(arena, SQL_MAX);
	buf_format(&buf, "AS a JOIN %.*s AS b ON a.t OPERATOR(pg_catalog.<) b.t", STR_ARG(keys));
	for (size_t i = 0; i < exclude->keys.count; i++)
		buf_format(&buf, " AND a.k%zu OPERATOR(pg_catalog.%.*s) b.k%zu", i,
			STR_ARG(exclude->operators.items[i]), i);
	buf_add(&buf, STR(" LIMIT 1"));
	return (QuestionSql){STR("SELECT 1"), keys, buf_str(&buf)};
}

QuestionSql query_value(Arena *arena, Str from, Str value, Str condition)
{
	return (QuestionSql){
		str_format(arena, "SELECT 1 FROM (SELECT %.*s AS value", STR_ARG(value)), from,
		str_format(arena, ") AS d WHERE %.*s LIMIT 1", STR_ARG(condition))};
}

QuestionSql query_count(Arena *arena, Str from, Str column)
{
	return (QuestionSql){str_format(arena, "SELECT pg_catalog.count(%.*s)", STR_ARG(column)),
		from, (Str){0}};
}
