/* Questions about rows that are not there yet: those that a statement inserts. */
#include "preflight/query.h"

enum {
	SQL_MAX = 256 * 1024
};

static void add_names(Buf *buf, const char *before, const Names *names)
{
	for (size_t i = 0; i < names->count; i++)
		buf_format(buf, ", %s%.*s", before, STR_ARG(names->items[i]));
}

/* What selects no row of the table is there for the types, and the collations. */
static Str rows_of(Arena *arena, const char *name, const RowsQuery *rows)
{
	Buf buf = buf_new(arena, SQL_MAX);
	buf_format(&buf, "%s (\"row number\"", name);
	add_names(&buf, "", &rows->names);
	buf_add(&buf, STR(") AS (SELECT 0"));
	add_names(&buf, "k.", &rows->columns);
	buf_format(&buf, " FROM %.*s AS k WHERE false UNION ALL VALUES ", STR_ARG(rows->table));
	for (size_t i = 0; i < rows->rows.count; i++) {
		buf_format(&buf, "%s(%zu", i ? ", " : "", i + 1);
		add_names(&buf, "", &rows->rows.items[i]);
		buf_add(&buf, STR(")"));
	}
	buf_add(&buf, STR(")"));
	return buf_str(&buf);
}

static void add_equal(Buf *buf, const Names *keys, const Names *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_format(buf, "%sk.%.*s OPERATOR(pg_catalog.=) v.%.*s", i ? " AND " : "",
			STR_ARG(keys->items[i]), STR_ARG(names->items[i]));
}

#define IS_BEFORE "k.\"row number\" OPERATOR(pg_catalog.<) v.\"row number\" AND "

/* Those of `w` that ON CONFLICT does not leave out, as v. */
static Str without_conflicts(Arena *arena, const RowsQuery *rows)
{
	size_t from = rows->arbiter;
	Names columns = {.items = rows->columns.items + from, .count = rows->columns.count - from};
	Names names = {.items = rows->names.items + from, .count = columns.count};
	Buf buf = buf_new(arena, SQL_MAX);
	buf_format(&buf,
		"v AS (SELECT * FROM w AS v WHERE NOT EXISTS (SELECT FROM %.*s AS k WHERE ",
		STR_ARG(rows->table));
	add_equal(&buf, &columns, &names, names.count);
	buf_add(&buf, STR(") AND NOT EXISTS (SELECT FROM w AS k WHERE " IS_BEFORE));
	add_equal(&buf, &names, &names, names.count);
	buf_add(&buf, STR("))"));
	return buf_str(&buf);
}

QuestionSql query_row(Arena *arena, const RowsQuery *rows, Str condition)
{
	if (rows->source.len)
		return query_row_of_source(arena, rows, condition);
	Str with = rows_of(arena, rows->arbiter ? "w" : "v", rows);
	if (rows->arbiter)
		with = str_format(arena, "%.*s, %.*s", STR_ARG(with),
			STR_ARG(without_conflicts(arena, rows)));
	return (QuestionSql){str_format(arena, "WITH %.*s SELECT 1", STR_ARG(with)), STR("v"),
		str_format(arena, "WHERE %.*s LIMIT 1", STR_ARG(condition))};
}

QuestionSql query_row_key(Arena *arena, const RowsQuery *rows, bool only_own)
{
	size_t keys = rows->arbiter ? rows->arbiter : rows->columns.count;
	Buf buf = buf_new(arena, SQL_MAX);
	if (!only_own) {
		buf_format(&buf, "EXISTS (SELECT FROM %.*s AS k WHERE ", STR_ARG(rows->table));
		add_equal(&buf, &rows->columns, &rows->names, keys);
		buf_add(&buf, STR(") OR "));
	}
	buf_add(&buf, STR("EXISTS (SELECT FROM v AS k WHERE " IS_BEFORE));
	add_equal(&buf, &rows->names, &rows->names, keys);
	buf_add(&buf, STR(")"));
	return query_row(arena, rows, buf_str(&buf));
}

Str query_enforced(Arena *arena, int64_t table, int64_t constraint, TriggerEvent event)
{
	if (!constraint)
		return (Str){0};
	return str_format(arena,
		" AND EXISTS (SELECT FROM pg_catalog.pg_trigger AS t WHERE t.tgrelid = %lld "
		"AND t.tgconstraint = %lld AND t.tgtype & %d <> 0 AND t.tgenabled IN ('O', 'A')) "
		"AND pg_catalog.current_setting('session_replication_role') <> 'replica'",
		(long long)table, (long long)constraint, (int)event);
}

Str query_not_reached(Arena *arena, int64_t table, int64_t other, int64_t key)
{
	return str_format(arena,
		" AND NOT EXISTS (WITH RECURSIVE r AS (SELECT %lld::pg_catalog.oid AS oid UNION "
		"SELECT k.conrelid FROM pg_catalog.pg_constraint AS k JOIN r ON k.confrelid = r.oid "
		"WHERE k.contype = 'f' AND (k.confdeltype IN ('c', 'n', 'd') OR k.confupdtype IN "
		"('c', 'n', 'd'))) SELECT FROM r JOIN pg_catalog.pg_constraint AS k ON k.confrelid "
		"= r.oid WHERE k.conrelid = %lld AND k.oid <> %lld AND k.contype = 'f' AND "
		"(k.confdeltype IN ('c', 'n', 'd') OR k.confupdtype IN ('c', 'n', 'd')))",
		(long long)table, (long long)other, (long long)key);
}

QuestionSql query_row_reference(Arena *arena, const RowsQuery *rows, const RowReference *reference)
{
	size_t count = reference->keys.count;
	Buf buf = buf_new(arena, SQL_MAX);
	for (size_t i = 0; i < count; i++)
		buf_format(&buf, "v.%.*s IS NOT NULL AND ", STR_ARG(rows->names.items[i]));
	buf_format(&buf, "NOT EXISTS (SELECT FROM %.*s AS k WHERE ", STR_ARG(reference->to));
	add_equal(&buf, &reference->keys, &rows->names, count);
	buf_add(&buf, STR(")"));
	if (reference->has_own) {
		Names own = {.items = rows->names.items + count, .count = count};
		buf_add(&buf, STR(" AND NOT EXISTS (SELECT FROM v AS k WHERE "));
		add_equal(&buf, &own, &rows->names, count);
		buf_add(&buf, STR(")"));
	}
	buf_add(&buf,
		query_enforced(arena, reference->table, reference->constraint, reference->event));
	return query_row(arena, rows, buf_str(&buf));
}
