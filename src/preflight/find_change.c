/* Questions about the rows that UPDATE changes and DELETE takes away: besides what every row that
 * is written is asked, do they stay unique, and does somebody still refer to them? */
#include "preflight/state.h"
#include "preflight/writing.h"

/* ---- UNIQUE ---- */

static void ask_key(const Writing *writing, const CatalogIndex *index)
{
	Finder *finder = writing->finder;
	Columns columns = {0};
	if (!writing_index(writing, index, &columns))
		return;
	Rows rows = writing_gather(writing, &columns, false);
	if (!rows.query.rows.count && !rows.unknown)
		return;
	Names names = writing_names(finder->arena, &columns, false);
	Question *question =
		writing_add(writing, QUESTION_CHANGED_KEY, writing_list(finder->arena, &columns));
	Doubt doubt = rows.unknown ? DOUBT_NOT_CONSTANT : writing_check_types(&columns);
	if (doubt == DOUBT_NONE)
		doubt = finder_check_columns(finder, writing->table, &names);
	question->otherwise = DOUBT_ORDER;
	finder_finish(question, doubt,
		doubt == DOUBT_NONE ? query_changed_key(finder->arena, &rows.query)
				    : (QuestionSql){0});
}

/* ---- what refers to them ---- */

static bool goes_along(const CatalogConstraint *key)
{
	return key->kind == CONSTRAINT_FOREIGN_KEY &&
	       (catalog_goes_along(key->on_delete) || catalog_goes_along(key->on_update));
}

/* Rows of `other` may go, or let go, by another way, before anybody looks at this key: whether one
 * leads there, the server is asked. */
static bool may_go_along(const CatalogRelation *other, const CatalogConstraint *key)
{
	for (size_t i = 0; i < other->constraints.count; i++)
		if (&other->constraints.items[i] != key && goes_along(&other->constraints.items[i]))
			return true;
	return false;
}

/* Keys that the plan makes lead where the server does not know of. */
static bool has_new_way(const Finder *finder)
{
	for (size_t i = 0; i < finder->states.count; i++) {
		const CatalogRelation *table = &finder->states.items[i]->relation;
		for (size_t j = 0; j < table->constraints.count; j++)
			if (!table->constraints.items[j].oid &&
				goes_along(&table->constraints.items[j]))
				return true;
	}
	return false;
}

/* Rows that refer to others of their own table: those that go with them do not count. */
static bool is_own(const Writing *writing, const CatalogRelation *other)
{
	return other == writing->table && writing->event == TRIGGER_DELETE &&
	       writing->rows.source.condition.len;
}

/* RESTRICT has a code of its own since PostgreSQL 18. */
static bool tells_restrict(const Writing *writing)
{
	enum {
		EIGHTEEN = 180000
	};
	return writing->finder->changes.catalog->version >= EIGHTEEN;
}

static Doubt check_other(const Writing *writing, const CatalogRelation *other,
	const CatalogConstraint *key, const Columns *from, const Columns *to)
{
	const Finder *finder = writing->finder;
	Names names = writing_names(finder->arena, from, false);
	if (finder_is_late(finder, key) || other->is_partition ||
		(other == writing->table && !is_own(writing, other)) ||
		(other->kind != RELATION_TABLE && other->kind != RELATION_PARTITIONED) ||
		(may_go_along(other, key) && has_new_way(finder)))
		return DOUBT_NOT_ASKED;
	if (changes_may_fire(&finder->changes, writing->table, writing->event))
		return DOUBT_TRIGGER;
	for (size_t i = 0; i < from->count; i++)
		if (!finder_are_comparable(from->items[i]->type, to->items[i]->type))
			return DOUBT_COLUMN_TYPE;
	/* of a key of the plan it is not known whether it restricts */
	if (changes_alter(&finder->changes, other) || (!key->oid && tells_restrict(writing)))
		return DOUBT_CHANGED;
	return finder_check_columns(finder, other, &names);
}

static Doubt find_rows(const Writing *writing, const Columns *keys, Rows *rows)
{
	if (writing->event == TRIGGER_UPDATE) {
		*rows = writing_gather(writing, keys, false);
		return rows->query.rows.count ? DOUBT_NONE : DOUBT_NOT_CONSTANT;
	}
	*rows = (Rows){
		.query = {.source = writing->source, .condition = writing->rows.source.condition}};
	return DOUBT_NONE;
}

/* QUESTION_KINDS: what refers to the row goes along without a word. */
static QuestionKind kind_of(const Writing *writing, const CatalogConstraint *key, const Columns *by)
{
	char action = writing->event == TRIGGER_DELETE ? key->on_delete : key->on_update;
	if (!catalog_goes_along(action))
		return action == REFERENCE_RESTRICT && tells_restrict(writing)
			       ? QUESTION_RESTRICTED
			       : QUESTION_REFERENCED;
	bool sets_all = by->count == 1 || !key->oid; /* SET NULL (column) */
	for (size_t i = 0; i < by->count && action == REFERENCE_SET_NULL && sets_all; i++)
		if (by->items[i]->is_not_null)
			return QUESTION_SET_NULL;
	return QUESTION_KINDS;
}

/* Those of `other` that are left after the statement. */
static Str rows_left(const Writing *writing, const CatalogRelation *other)
{
	Arena *arena = writing->finder->arena;
	if (!is_own(writing, other))
		return finder_rows(writing->finder, other, true);
	return str_format(arena, "(SELECT %.*s.* FROM %.*s WHERE (%.*s) IS NOT TRUE)",
		STR_ARG(str_sql_name(arena, writing->rows.source.table.alias)),
		STR_ARG(question_whole(arena, writing->source)),
		STR_ARG(writing->rows.source.condition));
}

static Str enforced(
	const Writing *writing, const CatalogRelation *other, const CatalogConstraint *key)
{
	Arena *arena = writing->finder->arena;
	int64_t table = writing->table->oid;
	Str way = may_go_along(other, key) ? query_not_reached(arena, table, other->oid, key->oid)
					   : (Str){0};
	return str_format(arena, "%.*s%.*s",
		STR_ARG(query_enforced(arena, table, key->oid, writing->event)), STR_ARG(way));
}

static void ask_reference(
	const Writing *writing, const CatalogRelation *other, const CatalogConstraint *key)
{
	Finder *finder = writing->finder;
	Arena *arena = finder->arena;
	Columns keys = {0}, by = {0};
	Rows rows;
	bool is_asked =
		writing->event == TRIGGER_DELETE || writing_sets(writing, &key->other_columns);
	if (!is_asked ||
		!writing_columns(finder, writing->table, &key->other_columns,
			key->other_columns.count, &keys) ||
		!writing_columns(finder, other, &key->columns, key->columns.count, &by) ||
		by.count != keys.count)
		return;
	QuestionKind kind = kind_of(writing, key, &by);
	if (kind == QUESTION_KINDS)
		return;
	Question *question = writing_add(writing, kind, writing_list(arena, &by));
	question->other = facts_qualified(arena, (ObjectName){other->schema, other->name});
	Doubt doubt = check_other(writing, other, key, &by, &keys);
	if (doubt == DOUBT_NONE)
		doubt = find_rows(writing, &keys, &rows);
	question->bytes += finder_bytes(finder, other);
	if (doubt != DOUBT_NONE) {
		question->doubt = doubt;
		return;
	}
	const ReferencedQuery query = {.rows = &rows.query,
		.keys = writing_names(arena, &keys, true),
		.alias = str_sql_name(arena, writing->rows.source.table.alias),
		.by = rows_left(writing, other),
		.by_columns = writing_names(arena, &by, true),
		.enforced = enforced(writing, other, key)};
	question->otherwise = may_go_along(other, key) ? DOUBT_NOT_ASKED : question->otherwise;
	finder_finish(question, DOUBT_NONE, query_referenced(arena, &query));
}

static void ask_references_of(const Writing *writing, const CatalogRelation *other)
{
	for (size_t i = 0; i < other->constraints.count; i++) {
		const CatalogConstraint *key = &other->constraints.items[i];
		if (key->kind == CONSTRAINT_FOREIGN_KEY && !key->is_inherited &&
			key->other == writing->table->oid)
			ask_reference(writing, other, key);
	}
}

static void ask_references(const Writing *writing)
{
	const Finder *finder = writing->finder;
	const Catalog *catalog = finder->changes.catalog;
	for (size_t i = 0; i < catalog->relations.count; i++)
		ask_references_of(
			writing, finder_table_by_oid(finder, catalog->relations.items[i].oid));
	for (size_t i = 0; i < finder->states.count; i++) {
		const CatalogRelation *made = &finder->states.items[i]->relation;
		if (made->oid < 0 && finder_table_by_oid(finder, made->oid) == made)
			ask_references_of(writing, made);
	}
}

/* ---- the statements ---- */

static bool begin(Writing *writing)
{
	const CatalogRelation *table = writing->table;
	bool is_plain = table->kind == RELATION_TABLE && !table->is_partition;
	if (!is_plain || !writing_begin(writing))
		return false;
	Doubt doubt = writing_read(writing);
	if (doubt == DOUBT_NONE)
		doubt = writing_check(writing);
	if (doubt != DOUBT_NONE && doubt != DOUBT_NOT_ASKED)
		writing_add(writing,
			writing->event == TRIGGER_DELETE ? QUESTION_REFERENCED : QUESTION_ROW_CHECK,
			(Str){0})
			->doubt = doubt;
	return doubt == DOUBT_NONE;
}

void find_update(Finder *finder)
{
	const CatalogRelation *table = finder->table;
	Writing writing = {.finder = finder,
		.table = table,
		.action = finder->action,
		.event = TRIGGER_UPDATE};
	size_t before = finder->out->count;
	if (!begin(&writing))
		return;
	find_row_values(&writing);
	for (size_t i = 0; i < table->indexes.count; i++)
		if (table->indexes.items[i].is_unique &&
			writing_sets(&writing, &table->indexes.items[i].columns))
			ask_key(&writing, &table->indexes.items[i]);
	for (size_t i = 0; i < table->constraints.count; i++)
		if (table->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY &&
			writing_sets(&writing, &table->constraints.items[i].columns))
			find_reference(&writing, &table->constraints.items[i]);
	ask_references(&writing);
	finder->row_questions += finder->out->count - before;
}

void find_delete(Finder *finder)
{
	Writing writing = {.finder = finder,
		.table = finder->table,
		.action = finder->action,
		.event = TRIGGER_DELETE};
	size_t before = finder->out->count;
	if (begin(&writing))
		ask_references(&writing);
	finder->row_questions += finder->out->count - before;
}
