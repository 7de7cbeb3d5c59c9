/* Questions about rows that a statement makes of the rows of a table. A sample of the
 * table can be asked for. */
#include "preflight/query.h"

enum {
	SQL_MAX = 256 * 1024
};

/* Values of the row are looked at where the condition lets it through, and not before. */
#define FENCE " OFFSET 0"

static Str where(Arena *arena, const RowsQuery *rows)
{
	return rows->condition.len ? str_format(arena, "WHERE (%.*s)", STR_ARG(rows->condition))
				   : (Str){0};
}

static void add_names(Buf *buf, const char *before, const Names *names)
{
	for (size_t i = 0; i < names->count; i++)
		buf_format(buf, "%s%s%.*s", i ? ", " : "", before, STR_ARG(names->items[i]));
}

/* What selects no row of the table is there for the types, and the collations. */
static Str begin_rows(Arena *arena, const RowsQuery *rows)
{
	Buf buf = buf_new(arena, SQL_MAX);
	buf_add(&buf, STR("WITH v ("));
	add_names(&buf, "", &rows->names);
	buf_add(&buf, STR(") AS (SELECT "));
	add_names(&buf, "k.", &rows->columns);
	buf_format(&buf, " FROM %.*s AS k WHERE false UNION ALL (SELECT ", STR_ARG(rows->table));
	add_names(&buf, "", &rows->rows.items[0]);
	return buf_str(&buf);
}

QuestionSql query_row_of_source(Arena *arena, const RowsQuery *rows, Str condition)
{
	return (QuestionSql){begin_rows(arena, rows), rows->source,
		str_format(arena, "%.*s" FENCE ")) SELECT 1 FROM v WHERE %.*s LIMIT 1",
			STR_ARG(where(arena, rows)), STR_ARG(condition))};
}

Str query_too_long(Arena *arena, long limit)
{
	if (!limit)
		return STR("pg_catalog.num_nulls(v.c) OPERATOR(pg_catalog.<) 0");
	return str_format(arena,
		"pg_catalog.length(pg_catalog.rtrim(v.c, ' ')) OPERATOR(pg_catalog.>) %ld", limit);
}

static Str list_of(Arena *arena, const Names *values)
{
	Buf buf = buf_new(arena, SQL_MAX);
	buf_add(&buf, STR("(VALUES "));
	for (size_t i = 0; i < values->count; i++)
		buf_format(&buf, "%s(%.*s)", i ? ", " : "", STR_ARG(values->items[i]));
	buf_add(&buf, STR(") AS v (c)"));
	return buf_str(&buf);
}

QuestionSql query_values(Arena *arena, const RowsQuery *source, const Names *values, Str condition)
{
	Str rest = str_format(arena, "WHERE %.*s LIMIT 1", STR_ARG(condition));
	if (!source->source.len)
		return (QuestionSql){STR("SELECT 1"), list_of(arena, values), rest};
	return (QuestionSql){
		str_format(arena, "SELECT 1 FROM (SELECT %.*s AS c", STR_ARG(values->items[0])),
		source->source,
		str_format(arena, "%.*s" FENCE ") AS v %.*s", STR_ARG(where(arena, source)),
			STR_ARG(rest))};
}

/* ---- keys ---- */

static Str have_twice(Arena *arena, const Names *names)
{
	Buf buf = buf_new(arena, SQL_MAX);
	for (size_t i = 0; i < names->count; i++)
		buf_format(&buf, "%sv.%.*s IS DISTINCT FROM NULL", i ? " AND " : "WHERE ",
			STR_ARG(names->items[i]));
	buf_add(&buf, STR(" GROUP BY "));
	add_names(&buf, "v.", names);
	buf_add(&buf, STR(" HAVING pg_catalog.count(*) OPERATOR(pg_catalog.>) 1 LIMIT 1"));
	return buf_str(&buf);
}

QuestionSql query_added_key(Arena *arena, const RowsQuery *rows)
{
	Buf buf = buf_new(arena, SQL_MAX);
	buf_add(&buf, STR("SELECT 1 FROM (SELECT "));
	for (size_t i = 0; i < rows->columns.count; i++)
		buf_format(&buf, "%sk.%.*s AS %.*s", i ? ", " : "", STR_ARG(rows->columns.items[i]),
			STR_ARG(rows->names.items[i]));
	buf_format(&buf, " FROM %.*s AS k UNION ALL (SELECT ", STR_ARG(rows->table));
	add_names(&buf, "", &rows->rows.items[0]);
	return (QuestionSql){buf_str(&buf), rows->source,
		str_format(arena, "%.*s" FENCE ")) AS v %.*s", STR_ARG(where(arena, rows)),
			STR_ARG(have_twice(arena, &rows->names)))};
}

/* As the statement leaves it; `old` where the row is not changed. */
static Str changed(Arena *arena, const RowsQuery *rows, Str value, Str old)
{
	if (!rows->condition.len)
		return value;
	return str_format(arena, "CASE WHEN %.*s THEN %.*s ELSE %.*s END", STR_ARG(rows->condition),
		STR_ARG(value), STR_ARG(old));
}

QuestionSql query_changed_key(Arena *arena, const RowsQuery *rows)
{
	Buf buf = buf_new(arena, SQL_MAX);
	buf_add(&buf, STR("SELECT 1 FROM (SELECT "));
	for (size_t i = 0; i < rows->columns.count; i++)
		buf_format(&buf, "%s%.*s AS %.*s", i ? ", " : "",
			STR_ARG(changed(
				arena, rows, rows->rows.items[0].items[i], rows->columns.items[i])),
			STR_ARG(rows->names.items[i]));
	return (QuestionSql){buf_str(&buf), rows->source,
		str_format(arena, FENCE ") AS v %.*s", STR_ARG(have_twice(arena, &rows->names)))};
}

/* ---- what refers to them ---- */

static void add_equal(Buf *buf, const Names *names)
{
	for (size_t i = 0; i < names->count; i++)
		buf_format(buf, "%sk.%.*s OPERATOR(pg_catalog.=) v.c%zu", i ? " AND " : "",
			STR_ARG(names->items[i]), i);
}

/* No other row has the old key instead. */
static void add_not_kept(Buf *buf, const ReferencedQuery *query)
{
	const RowsQuery *rows = query->rows;
	buf_format(buf, " AND NOT EXISTS (SELECT FROM %.*s WHERE ",
		STR_ARG(question_whole(buf->arena, rows->source)));
	for (size_t i = 0; i < query->keys.count; i++) {
		Str old = str_format(buf->arena, "%.*s.%.*s", STR_ARG(query->alias),
			STR_ARG(query->keys.items[i]));
		buf_format(buf, "%s(%.*s) OPERATOR(pg_catalog.=) v.c%zu", i ? " AND " : "",
			STR_ARG(changed(buf->arena, rows, rows->rows.items[0].items[i], old)), i);
	}
	buf_add(buf, STR(")"));
}

QuestionSql query_referenced(Arena *arena, const ReferencedQuery *query)
{
	Buf select = buf_new(arena, SQL_MAX), rest = buf_new(arena, SQL_MAX);
	buf_add(&select, STR("SELECT 1 FROM (SELECT "));
	for (size_t i = 0; i < query->keys.count; i++)
		buf_format(&select, "%s%.*s.%.*s AS c%zu", i ? ", " : "", STR_ARG(query->alias),
			STR_ARG(query->keys.items[i]), i);
	buf_format(&rest, "%.*s" FENCE ") AS v WHERE EXISTS (SELECT FROM %.*s AS k WHERE ",
		STR_ARG(where(arena, query->rows)), STR_ARG(query->by));
	add_equal(&rest, &query->by_columns);
	buf_add(&rest, STR(")"));
	if (query->rows->rows.count)
		add_not_kept(&rest, query);
	buf_add(&rest, query->enforced);
	buf_add(&rest, STR(" LIMIT 1"));
	return (QuestionSql){buf_str(&select), query->rows->source, buf_str(&rest)};
}
