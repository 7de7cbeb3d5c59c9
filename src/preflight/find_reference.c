/* Is what a row that is inserted refers to not there? */
#include "preflight/insert.h"

static Doubt check_other(
	const Insert *insert, const CatalogConstraint *key, const CatalogRelation *other)
{
	const Finder *finder = insert->finder;
	Columns from = {0}, to = {0};
	if (!other || key->is_deferrable ||
		(other->kind != RELATION_TABLE && other->kind != RELATION_PARTITIONED))
		return DOUBT_NOT_ASKED;
	if (insert->table->runs_after_insert)
		return DOUBT_TRIGGER;
	insert_columns(finder, insert->table, &key->columns, key->columns.count, &from);
	if (!insert_columns(finder, other, &key->other_columns, key->other_columns.count, &to) ||
		to.count != from.count)
		return DOUBT_NOT_ASKED;
	Doubt doubt = insert_check_types(&from);
	for (size_t i = 0; i < from.count; i++)
		if (!finder_are_comparable(from.items[i]->type, to.items[i]->type))
			doubt = DOUBT_COLUMN_TYPE;
	return doubt == DOUBT_NONE && changes_alter(&finder->changes, other) ? DOUBT_CHANGED
									     : doubt;
}

static void finish_reference(const Insert *insert, Question *question, const CatalogConstraint *key,
	const CatalogRelation *other)
{
	Arena *arena = insert->finder->arena;
	Columns columns = {0}, to = {0};
	RowReference reference = {.to = query_table(arena, other, true),
		.has_own = other == insert->table,
		.table = insert->table->oid,
		.constraint = key->oid};
	insert_columns(insert->finder, insert->table, &key->columns, key->columns.count, &columns);
	insert_columns(insert->finder, other, &key->other_columns, key->other_columns.count, &to);
	reference.keys = insert_names(arena, &to, true);
	if (reference.has_own)
		insert_columns(insert->finder, other, &key->other_columns, key->other_columns.count,
			&columns);
	Rows rows = insert_gather(insert, &columns, reference.has_own);
	bool is_open = rows.unknown || (rows.nulls && key->columns.count > 1);
	question->otherwise = is_open ? DOUBT_NOT_CONSTANT : DOUBT_NONE;
	bool may_skip;
	Doubt doubt = insert_take_added(insert->finder, other, &to, &reference.added, &may_skip);
	if (may_skip)
		question->otherwise = DOUBT_CHANGED;
	finder_finish(question, reference.has_own && is_open ? DOUBT_NOT_CONSTANT : doubt,
		query_row_reference(arena, &rows.query, &reference));
}

void find_reference(const Insert *insert, const CatalogConstraint *key)
{
	Arena *arena = insert->finder->arena;
	Columns columns = {0};
	const CatalogRelation *other =
		catalog_relation_by_oid(insert->finder->changes.catalog, key->other);
	if (!insert_columns(
		    insert->finder, insert->table, &key->columns, key->columns.count, &columns) ||
		!insert_gather(insert, &columns, false).query.rows.count)
		return;
	Question *question =
		insert_add(insert, QUESTION_ROW_REFERENCE, insert_list(arena, &columns));
	if (other)
		question->other = facts_qualified(arena, (ObjectName){other->schema, other->name});
	question->doubt = check_other(insert, key, other);
	if (question->doubt == DOUBT_NONE)
		finish_reference(insert, question, key, other);
}
