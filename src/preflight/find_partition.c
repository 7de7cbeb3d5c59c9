/* Questions about partitions: rows outside of the bound of a table that becomes one, and rows of
 * the default partition that belong to the new one. */
#include "preflight/evaluable.h"
#include "preflight/finder.h"
#include "preflight/query.h"
#include "preflight/type_limit.h"
#include "preflight/writing.h"

enum {
	BOUNDS_MAX = 100, /* of other partitions, in one question */
	DEPTH_MAX = 8,
};

/* A partitioned table and the bound of one of its partitions. */
typedef struct Bounded {
	const CatalogRelation *parent;
	const Action *bound;
} Bounded;

static Str key_name(const CatalogRelation *parent, size_t index)
{
	for (size_t i = 0; i < parent->columns.count; i++)
		if (parent->columns.items[i].number == parent->key.items[index])
			return parent->columns.items[i].name;
	return (Str){0};
}

static Names key_names(Arena *arena, const CatalogRelation *parent)
{
	Names names = {0};
	for (size_t i = 0; i < parent->key.count; i++)
		*vec_add(arena, &names) = key_name(parent, i);
	return names;
}

/* ---- a bound as a condition ---- */

/* "CAST((value) AS type)" of the first `count` columns of the key. */
static Str values_of(Arena *arena, const Bounded *bounded, const Names *values, size_t count)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < count; i++) {
		const CatalogColumn *column =
			catalog_column(bounded->parent, key_name(bounded->parent, i));
		buf_format(&buf, "%sCAST((%.*s) AS %.*s)", i ? ", " : "", STR_ARG(values->items[i]),
			STR_ARG(column->type));
	}
	return buf_str(&buf);
}

static Str columns_of(Arena *arena, const CatalogRelation *parent, size_t count)
{
	Names names = {0};
	for (size_t i = 0; i < count; i++)
		*vec_add(arena, &names) = query_column(arena, key_name(parent, i));
	return finder_list(arena, &names);
}

static bool is_end(Str value)
{
	return str_equal(value, STR("minvalue")) || str_equal(value, STR("maxvalue"));
}

/* Whatever comes after MINVALUE or MAXVALUE does not count any more. */
static void add_range_end(Buf *buf, const Bounded *bounded, const Names *values, bool is_lower)
{
	Arena *arena = buf->arena;
	size_t count = 0;
	while (count < values->count && !is_end(values->items[count]))
		count++;
	bool is_max = count < values->count && str_equal(values->items[count], STR("maxvalue"));
	bool is_cut = count < values->count;
	const char *operator= is_lower ? (is_cut && is_max ? ">" : ">=")
				       : (is_cut &&is_max ? "<=" : "<");
	if (count)
		buf_format(buf, " AND ROW(%.*s) OPERATOR(pg_catalog.%s) ROW(%.*s)",
			STR_ARG(columns_of(arena, bounded->parent, count)), operator,
			STR_ARG(values_of(arena, bounded, values, count)));
}

static void add_not_null(Buf *buf, const Bounded *bounded)
{
	for (size_t i = 0; i < bounded->parent->key.count; i++)
		buf_format(buf, "%s%.*s IS NOT NULL", i ? " AND " : "",
			STR_ARG(query_column(buf->arena, key_name(bounded->parent, i))));
}

static void add_list(Buf *buf, const Bounded *bounded)
{
	const Names *values = &bounded->bound->columns;
	Str column = query_column(buf->arena, key_name(bounded->parent, 0));
	bool is_first = true;
	for (size_t i = 0; i < values->count; i++) {
		Names one = {.items = &values->items[i], .count = 1};
		if (!is_first)
			buf_add(buf, STR(" OR "));
		is_first = false;
		if (str_equal(values->items[i], STR("NULL")))
			buf_format(buf, "%.*s IS NULL", STR_ARG(column));
		else
			buf_format(buf, "(%.*s IS NOT NULL AND %.*s OPERATOR(pg_catalog.=) %.*s)",
				STR_ARG(column), STR_ARG(column),
				STR_ARG(values_of(buf->arena, bounded, &one, 1)));
	}
}

static void add_hash(Buf *buf, const Bounded *bounded)
{
	const Names *numbers = &bounded->bound->columns;
	buf_format(buf,
		"pg_catalog.satisfies_hash_partition(%lld::pg_catalog.oid, %.*s, %.*s, %.*s)",
		(long long)bounded->parent->oid, STR_ARG(numbers->items[0]),
		STR_ARG(numbers->items[1]),
		STR_ARG(columns_of(buf->arena, bounded->parent, bounded->parent->key.count)));
}

/* True of the rows within, and never NULL. */
static Str condition_of(Arena *arena, const Bounded *bounded)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	if (bounded->parent->strategy == 'h') {
		add_hash(&buf, bounded);
	} else if (bounded->parent->strategy == 'l') {
		add_list(&buf, bounded);
	} else {
		add_not_null(&buf, bounded);
		add_range_end(&buf, bounded, &bounded->bound->columns, true);
		add_range_end(&buf, bounded, &bounded->bound->other_columns, false);
	}
	return buf_str(&buf);
}

/* ---- may it be asked? ---- */

static bool has_builtin_key(const CatalogRelation *parent)
{
	for (size_t i = 0; i < parent->key.count; i++) {
		const CatalogColumn *column = catalog_column(parent, key_name(parent, i));
		if (!column || !evaluable_is_builtin(column->type))
			return false;
	}
	return parent->key.count > 0;
}

static bool fits(const Bounded *bounded)
{
	const Action *bound = bounded->bound;
	size_t keys = bounded->parent->key.count, lower = bound->columns.count;
	switch (bounded->parent->strategy) {
	case 'r':
		return lower == keys && bound->other_columns.count == keys;
	case 'l':
		return lower && keys == 1;
	case 'h':
		return lower == 2;
	default:
		return false;
	}
}

static Doubt check_values(const Finder *finder, const Names *values)
{
	for (size_t i = 0; i < values->count; i++)
		if (!is_end(values->items[i]) &&
			evaluable_check_constant(finder, values->items[i]) != DOUBT_NONE)
			return evaluable_check_constant(finder, values->items[i]);
	return DOUBT_NONE;
}

static Doubt check_bound(const Finder *finder, const Bounded *bounded)
{
	if (!bounded->parent->has_plain_key || !fits(bounded))
		return DOUBT_NOT_ASKED;
	if (!has_builtin_key(bounded->parent))
		return DOUBT_COLUMN_TYPE;
	Doubt doubt = check_values(finder, &bounded->bound->columns);
	return doubt == DOUBT_NONE ? check_values(finder, &bounded->bound->other_columns) : doubt;
}

/* ---- bounds of the catalogue ---- */

/* NULL if it cannot be read. */
static const Action *read_bound(const Finder *finder, const CatalogRelation *partition)
{
	SqlFinding finding;
	Str sql = str_format(
		finder->arena, "ALTER TABLE t ATTACH PARTITION p %.*s", STR_ARG(partition->bound));
	if (!partition->bound.len ||
		sql_examine_facts(finder->arena, sql, NULL, &finding) != SQL_VALID)
		return NULL;
	return finding.facts->actions.count ? &finding.facts->actions.items[0] : NULL;
}

static bool is_partition_of(const CatalogRelation *table, const CatalogRelation *parent)
{
	for (size_t i = 0; i < table->parents.count; i++)
		if (table->is_partition && table->parents.items[i] == parent->oid)
			return true;
	return false;
}

/* The other partitions' bounds, of which a default partition has nothing. */
static Doubt add_others(const Finder *finder, const CatalogRelation *parent, Buf *buf)
{
	const Catalog *catalog = finder->changes.catalog;
	size_t count = 0;
	for (size_t i = 0; i < catalog->relations.count; i++) {
		const CatalogRelation *other = &catalog->relations.items[i];
		if (!is_partition_of(other, parent) || other->oid == parent->default_partition)
			continue;
		Bounded bounded = {parent, read_bound(finder, other)};
		if (!bounded.bound || ++count > BOUNDS_MAX)
			return DOUBT_NOT_ASKED;
		Doubt doubt = check_bound(finder, &bounded);
		if (doubt != DOUBT_NONE)
			return doubt;
		buf_format(buf, "%s(%.*s)", buf->len ? " OR " : "",
			STR_ARG(condition_of(finder->arena, &bounded)));
	}
	return DOUBT_NONE;
}

static const CatalogRelation *parent_of(const Finder *finder, const CatalogRelation *table)
{
	return table->is_partition && table->parents.count
		       ? catalog_relation_by_oid(finder->changes.catalog, table->parents.items[0])
		       : NULL;
}

/* What is a partition itself has its rows within its own bound, too. */
static Doubt add_above(const Finder *finder, const CatalogRelation *parent, Buf *buf)
{
	const CatalogRelation *table = parent;
	for (int depth = 0; table->is_partition && depth < DEPTH_MAX; depth++) {
		Bounded bounded = {parent_of(finder, table), read_bound(finder, table)};
		bool is_known = bounded.parent && bounded.bound &&
				!bounded.bound->options.default_partition;
		Doubt doubt = is_known ? check_bound(finder, &bounded) : DOUBT_NOT_ASKED;
		if (doubt != DOUBT_NONE)
			return doubt;
		buf_format(buf, " OR (%.*s) IS NOT TRUE",
			STR_ARG(condition_of(finder->arena, &bounded)));
		table = bounded.parent;
	}
	return DOUBT_NONE;
}

/* ---- questions ---- */

/* The key's columns, which the table has to have with the same types. */
static Doubt check_table(const Finder *finder, const CatalogRelation *parent)
{
	Names keys = key_names(finder->arena, parent);
	Doubt doubt = parent->has_plain_key ? finder_check_columns(finder, finder->table, &keys)
					    : DOUBT_NOT_ASKED;
	for (size_t i = 0; i < keys.count && doubt == DOUBT_NONE; i++) {
		const CatalogColumn *column = catalog_column(finder->table, keys.items[i]);
		const CatalogColumn *key = catalog_column(parent, keys.items[i]);
		if (!column || !key || !str_equal(column->type, key->type))
			doubt = DOUBT_COLUMN_TYPE;
	}
	return doubt;
}

/* Rows that are not within. */
static Doubt condition_against(
	const Finder *finder, const CatalogRelation *parent, const Action *bound, Str *out)
{
	Buf buf = buf_new(finder->arena, SIZE_MAX);
	const Bounded bounded = {parent, bound};
	Doubt doubt;
	if (bound->options.default_partition) {
		doubt = changes_adds_partition(&finder->changes, parent)
				? DOUBT_CHANGED
				: add_others(finder, parent, &buf);
		if (!buf.len)
			buf_add(&buf, STR("false"));
	} else {
		doubt = check_bound(finder, &bounded);
		if (doubt == DOUBT_NONE)
			buf_format(&buf, "(%.*s) IS NOT TRUE",
				STR_ARG(condition_of(finder->arena, &bounded)));
	}
	if (doubt == DOUBT_NONE)
		doubt = add_above(finder, parent, &buf);
	*out = buf_str(&buf);
	return doubt;
}

static void ask_partition(Finder *finder, const CatalogRelation *parent)
{
	Names keys = key_names(finder->arena, parent);
	Question *question =
		finder_add(finder, QUESTION_PARTITION, finder_list(finder->arena, &keys));
	Str condition = {0};
	Doubt doubt = check_table(finder, parent);
	if (doubt == DOUBT_NONE)
		doubt = condition_against(finder, parent, finder->action, &condition);
	finder_finish(question, doubt,
		query_any(finder->arena, query_table(finder->arena, finder->table, false),
			condition));
}

static void ask_default(Finder *finder, const CatalogRelation *parent)
{
	Names keys = key_names(finder->arena, parent);
	const Bounded bounded = {parent, finder->action};
	Question *question =
		finder_add(finder, QUESTION_DEFAULT_PARTITION, finder_list(finder->arena, &keys));
	Doubt doubt = check_table(finder, parent);
	if (doubt == DOUBT_NONE)
		doubt = check_bound(finder, &bounded);
	Str condition = doubt == DOUBT_NONE ? condition_of(finder->arena, &bounded) : (Str){0};
	finder_finish(question, doubt,
		query_any(finder->arena, query_table(finder->arena, finder->table, false),
			condition));
}

static bool has_key(const CatalogRelation *table, const Names *columns)
{
	for (size_t i = 0; i < table->indexes.count; i++) {
		const CatalogIndex *index = &table->indexes.items[i];
		bool is_same = index->is_unique && index->is_valid && !index->is_partial &&
			       !index->has_expressions && index->columns.count == columns->count;
		for (size_t j = 0; is_same && j < columns->count; j++) {
			const CatalogColumn *column = catalog_column(table, columns->items[j]);
			is_same = column && column->number == index->columns.items[j];
		}
		if (is_same)
			return true;
	}
	return false;
}

/* The parent's keys are made for the new partition, unless it has them. */
static void find_keys(Finder *finder, const CatalogRelation *parent)
{
	Arena *arena = finder->arena;
	for (size_t i = 0; i < parent->indexes.count; i++) {
		const CatalogIndex *index = &parent->indexes.items[i];
		Names columns = {0}, keys = {0};
		for (size_t j = 0; j < index->columns.count && (int64_t)j < index->keys; j++)
			for (size_t k = 0; k < parent->columns.count; k++)
				if (parent->columns.items[k].number == index->columns.items[j])
					*vec_add(arena, &columns) = parent->columns.items[k].name;
		if (!index->is_unique || has_key(finder->table, &columns))
			continue;
		for (size_t j = 0; j < columns.count; j++)
			*vec_add(arena, &keys) = query_column(arena, columns.items[j]);
		bool is_odd = index->is_partial || index->has_expressions || !keys.count;
		UniqueQuery unique = {
			.from = query_table(arena, finder->table, false), .keys = keys};
		Question *question =
			finder_add(finder, QUESTION_UNIQUE, finder_list(arena, &columns));
		finder_finish(question,
			is_odd ? DOUBT_NOT_ASKED
			       : finder_check_columns(finder, finder->table, &columns),
			query_unique(arena, &unique));
	}
	for (size_t i = 0; i < parent->constraints.count; i++)
		if (parent->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY)
			finder_add(finder, QUESTION_FOREIGN_KEY, parent->constraints.items[i].name);
}

static void find_attached(Finder *finder, const CatalogRelation *parent)
{
	ObjectName name = finder->action->other;
	finder->table = changes_table(&finder->changes, name);
	if (finder->table && finder->table->kind == RELATION_FOREIGN)
		return;
	if (finder->table) {
		ask_partition(finder, parent);
		find_keys(finder, parent);
	} else if (!changes_makes(&finder->changes, name)) {
		finder_add(finder, QUESTION_PARTITION, (Str){0})->doubt = DOUBT_UNKNOWN_TABLE;
	} else if (changes_has_written(&finder->changes, name)) {
		finder_add(finder, QUESTION_PARTITION, (Str){0})->doubt = DOUBT_NEW_TABLE;
	}
}

/* A foreign table's rows are not looked at. */
void find_partition(Finder *finder)
{
	const CatalogRelation *parent = finder->table;
	const CatalogRelation *rest =
		catalog_relation_by_oid(finder->changes.catalog, parent->default_partition);
	if (parent->kind != RELATION_PARTITIONED)
		return;
	if (finder->action->kind == ACTION_ATTACH_PARTITION)
		find_attached(finder, parent);
	finder->table = rest;
	if (rest && rest->kind != RELATION_FOREIGN && !finder->action->options.default_partition)
		ask_default(finder, parent);
	finder->table = parent;
}

/* ---- a row that is inserted ---- */

/* The first thing that is asked of a row: of one alone, nothing else can be in the way before. What
 * the plan has taken away takes no row. */
void find_row_partition(const Writing *writing)
{
	Finder *finder = writing->finder;
	const CatalogRelation *table = writing->table;
	Columns columns = {0};
	Buf buf = buf_new(finder->arena, SIZE_MAX);
	bool is_asked = !table->is_partition && !table->default_partition && table->has_plain_key &&
			writing->rows.rows.count == 1 && !writing->source.len &&
			writing_columns(finder, table, &table->key, table->key.count, &columns);
	if (!is_asked || changes_adds_partition(&finder->changes, table))
		return;
	Rows rows = writing_gather(writing, &columns, true);
	Doubt doubt = writing_check_types(&columns);
	if (doubt == DOUBT_NONE)
		doubt = add_others(finder, table, &buf);
	if (doubt == DOUBT_NONE && rows.unknown)
		doubt = DOUBT_NOT_CONSTANT;
	Question *question =
		writing_add(writing, QUESTION_ROW_PARTITION, writing_list(finder->arena, &columns));
	question->is_behind = type_limit_has_any(table);
	rows.query.names = rows.query.columns;
	finder_finish(question, doubt,
		doubt == DOUBT_NONE
			? query_row(finder->arena, &rows.query,
				  str_format(finder->arena, "(%.*s) IS NOT TRUE",
					  STR_ARG(buf.len ? buf_str(&buf) : STR("false"))))
			: (QuestionSql){0});
}
