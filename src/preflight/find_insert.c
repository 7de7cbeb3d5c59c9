/* Questions about the rows of INSERT: is the key of one there already, is what one refers to not
 * there, does a value not fit? A row is asked about as far as it is known: its values are
 * constants, or computed from a row of one table, and nothing of the table's does something else
 * with it. */
#include "preflight/type_limit.h"
#include "preflight/writing.h"

/* ---- UNIQUE ---- */

/* Rows of another table. */
static void ask_added_key(const Writing *writing, const Columns *columns, const RowsQuery *rows)
{
	Finder *finder = writing->finder;
	Names names = writing_names(finder->arena, columns, false);
	Question *question =
		writing_add(writing, QUESTION_ROW_KEY, writing_list(finder->arena, columns));
	Doubt doubt = writing_check_types(columns);
	if (doubt == DOUBT_NONE)
		doubt = finder_check_columns(finder, writing->table, &names);
	question->bytes += finder_bytes(finder, writing->table);
	finder_finish(question, doubt, query_added_key(finder->arena, rows));
}

static void ask_key(const Writing *writing, const CatalogIndex *index)
{
	Arena *arena = writing->finder->arena;
	Columns columns = {0};
	if (!writing_index(writing, index, &columns)) {
		writing_add(writing, QUESTION_ROW_KEY, writing_list(arena, &columns));
		return;
	}
	Rows rows = writing_gather(writing, &columns, false);
	if (!rows.query.rows.count)
		return;
	if (writing->source.len) {
		ask_added_key(writing, &columns, &rows.query);
		return;
	}
	Finder *finder = writing->finder;
	Names names = writing_names(finder->arena, &columns, false);
	Question *question =
		writing_add(writing, QUESTION_ROW_KEY, writing_list(finder->arena, &columns));
	bool only_own = finder_check_columns(finder, writing->table, &names) != DOUBT_NONE;
	Doubt doubt = writing_check_types(&columns);
	if (doubt == DOUBT_NONE && only_own && rows.query.rows.count < 2)
		doubt = DOUBT_CHANGED;
	if (only_own)
		question->otherwise = DOUBT_CHANGED;
	else if (rows.unknown)
		question->otherwise = DOUBT_NOT_CONSTANT;
	finder_finish(question, doubt, query_row_key(finder->arena, &rows.query, only_own));
}

/* ---- ON CONFLICT ---- */

static bool has_keys(const Writing *writing, const CatalogIndex *index)
{
	const Names *keys = &writing->action->keys;
	Columns columns = {0};
	if (index->keys != (int64_t)keys->count || !writing_columns(writing->finder, writing->table,
							   &index->columns, keys->count, &columns))
		return false;
	size_t found = 0;
	for (size_t i = 0; i < keys->count; i++)
		for (size_t j = 0; j < columns.count; j++)
			found += str_equal(columns.items[j]->name, keys->items[i]);
	return found == keys->count;
}

static bool is_arbiter(const Writing *writing, const CatalogIndex *index)
{
	Str name = writing->action->name;
	return name.len ? str_equal(index->name, name) : has_keys(writing, index);
}

static const CatalogIndex *arbiter_of(const Writing *writing)
{
	const CatalogRelation *table = writing->table;
	for (size_t i = 0; i < table->indexes.count; i++)
		if (table->indexes.items[i].is_unique &&
			writing_is_plain_index(&table->indexes.items[i]) &&
			is_arbiter(writing, &table->indexes.items[i]))
			return &table->indexes.items[i];
	return NULL;
}

/* Of another key than the one that ON CONFLICT is about: a row that has nothing in conflict with
 * that one is inserted. What DO UPDATE makes of the rows before it is not known. */
static void ask_other_key(
	const Writing *writing, const CatalogIndex *index, const CatalogIndex *arbiter)
{
	const Finder *finder = writing->finder;
	Columns columns = {0}, all = {0};
	bool is_single =
		writing->rows.rows.count == 1 || writing->action->options.on_conflict_nothing;
	if (!writing_is_plain_index(index) || !is_single ||
		!writing_columns(
			finder, writing->table, &index->columns, (size_t)index->keys, &columns) ||
		!writing_columns(
			finder, writing->table, &index->columns, (size_t)index->keys, &all) ||
		!writing_columns(
			finder, writing->table, &arbiter->columns, (size_t)arbiter->keys, &all))
		return;
	Rows rows = writing_gather(writing, &all, false);
	if (!rows.query.rows.count || rows.unknown || rows.nulls)
		return;
	Question *question =
		writing_add(writing, QUESTION_ROW_KEY, writing_list(finder->arena, &columns));
	Names names = writing_names(finder->arena, &all, false);
	Doubt doubt = writing_check_types(&all);
	if (doubt == DOUBT_NONE)
		doubt = finder_check_columns(finder, writing->table, &names);
	rows.query.arbiter = columns.count;
	if (!writing->action->options.on_conflict_nothing)
		question->otherwise = DOUBT_CONFLICT;
	finder_finish(question, doubt, query_row_key(finder->arena, &rows.query, false));
}

static void ask_other_keys(const Writing *writing)
{
	const CatalogRelation *table = writing->table;
	const CatalogIndex *arbiter =
		writing->action->options.has_where ? NULL : arbiter_of(writing);
	for (size_t i = 0; arbiter && i < table->indexes.count; i++)
		if (table->indexes.items[i].is_unique &&
			!is_arbiter(writing, &table->indexes.items[i]))
			ask_other_key(writing, &table->indexes.items[i], arbiter);
}

/* DO UPDATE touches no row twice, whether it was there or has just been inserted. */
static void ask_twice(const Writing *writing)
{
	const Finder *finder = writing->finder;
	const ActionOptions *options = &writing->action->options;
	const CatalogIndex *arbiter = options->has_where ? NULL : arbiter_of(writing);
	Columns columns = {0};
	if (!arbiter || options->on_conflict_nothing || options->updates_some ||
		!writing_index(writing, arbiter, &columns))
		return;
	Rows rows = writing_gather(writing, &columns, false);
	if (rows.query.rows.count < 2)
		return;
	Question *question =
		writing_add(writing, QUESTION_TWICE, writing_list(finder->arena, &columns));
	question->otherwise = rows.unknown ? DOUBT_NOT_CONSTANT : DOUBT_NONE;
	finder_finish(question, writing_check_types(&columns),
		query_row_key(finder->arena, &rows.query, true));
}

/* ---- the statement ---- */

/* Of the rows that it has. */
static bool has_demands(const CatalogRelation *table)
{
	bool found = table->constraints.count > 0 || type_limit_has_any(table);
	for (size_t i = 0; i < table->indexes.count; i++)
		found = found || table->indexes.items[i].is_unique;
	return found;
}

/* With ON CONFLICT it is seldom known which rows are inserted; values and checks come before that.
 */
static void ask_all(const Writing *writing)
{
	const CatalogRelation *table = writing->table;
	bool is_sure = !writing->action->options.on_conflict;
	find_row_values(writing);
	for (size_t i = 0; i < table->indexes.count && is_sure; i++)
		if (table->indexes.items[i].is_unique && !writing->rows.is_distinct)
			ask_key(writing, &table->indexes.items[i]);
	if (!is_sure && !writing->source.len) {
		ask_other_keys(writing);
		ask_twice(writing);
	}
	for (size_t i = 0; i < table->constraints.count && is_sure; i++)
		if (table->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY)
			find_reference(writing, &table->constraints.items[i]);
}

void find_insert(Finder *finder)
{
	Writing writing = {.finder = finder,
		.table = finder->table,
		.action = finder->action,
		.event = TRIGGER_INSERT};
	bool is_divided = finder->table->kind == RELATION_PARTITIONED;
	bool is_plain = finder->table->kind == RELATION_TABLE && !finder->table->is_partition &&
			has_demands(finder->table);
	if ((!is_plain && !is_divided) || !writing_begin(&writing))
		return;
	size_t before = finder->out->count;
	Doubt doubt = writing_read(&writing);
	if (doubt == DOUBT_NONE)
		doubt = writing_check(&writing);
	if (doubt == DOUBT_NONE && is_divided)
		find_row_partition(&writing);
	else if (doubt == DOUBT_NONE)
		ask_all(&writing);
	else if (doubt != DOUBT_NOT_ASKED && !is_divided)
		writing_add(&writing, QUESTION_ROW_KEY, (Str){0})->doubt = doubt;
	finder->row_questions += finder->out->count - before;
}
