/* Is what a row that is written refers to not there? */
#include "preflight/writing.h"

static Doubt check_other(
	const Writing *writing, const CatalogConstraint *key, const CatalogRelation *other)
{
	const Finder *finder = writing->finder;
	Columns from = {0}, to = {0};
	bool is_own =
		other == writing->table && writing->source.len &&
		(writing->event == TRIGGER_INSERT || writing_sets(writing, &key->other_columns));
	bool is_kept = writing->event == TRIGGER_UPDATE && !key->is_valid;
	if (!other || finder_is_late(finder, key) || is_own || is_kept ||
		(other->kind != RELATION_TABLE && other->kind != RELATION_PARTITIONED))
		return DOUBT_NOT_ASKED;
	if (changes_may_fire(&finder->changes, writing->table, writing->event))
		return DOUBT_TRIGGER;
	writing_columns(finder, writing->table, &key->columns, key->columns.count, &from);
	if (!writing_columns(finder, other, &key->other_columns, key->other_columns.count, &to) ||
		to.count != from.count)
		return DOUBT_NOT_ASKED;
	Doubt doubt = writing_check_types(&from);
	for (size_t i = 0; i < from.count; i++)
		if (!finder_are_comparable(from.items[i]->type, to.items[i]->type))
			doubt = DOUBT_COLUMN_TYPE;
	return doubt == DOUBT_NONE && changes_alter(&finder->changes, other) ? DOUBT_CHANGED
									     : doubt;
}

static void finish_reference(const Writing *writing, Question *question,
	const CatalogConstraint *key, const CatalogRelation *other)
{
	Arena *arena = writing->finder->arena;
	Columns columns = {0}, to = {0};
	RowReference reference = {
		.to = question_whole(arena, finder_rows(writing->finder, other, true)),
		.has_own = other == writing->table && writing->event == TRIGGER_INSERT,
		.table = writing->table->oid,
		.event = writing->event,
		.constraint = key->oid};
	writing_columns(
		writing->finder, writing->table, &key->columns, key->columns.count, &columns);
	writing_columns(writing->finder, other, &key->other_columns, key->other_columns.count, &to);
	reference.keys = writing_names(arena, &to, true);
	if (reference.has_own)
		writing_columns(writing->finder, other, &key->other_columns,
			key->other_columns.count, &columns);
	Rows rows = writing_gather(writing, &columns, reference.has_own);
	bool is_open = rows.unknown || (rows.nulls && key->columns.count > 1);
	question->otherwise = is_open ? DOUBT_NOT_CONSTANT : DOUBT_NONE;
	Names names = writing_names(arena, &to, false);
	Doubt doubt = finder_check_target(writing->finder, other, &names, &question->otherwise);
	finder_finish(question, reference.has_own && is_open ? DOUBT_NOT_CONSTANT : doubt,
		query_row_reference(arena, &rows.query, &reference));
}

void find_reference(const Writing *writing, const CatalogConstraint *key)
{
	Arena *arena = writing->finder->arena;
	Columns columns = {0};
	const CatalogRelation *other = finder_table_by_oid(writing->finder, key->other);
	if (!writing_columns(
		    writing->finder, writing->table, &key->columns, key->columns.count, &columns) ||
		!writing_gather(writing, &columns, false).query.rows.count)
		return;
	Question *question =
		writing_add(writing, QUESTION_ROW_REFERENCE, writing_list(arena, &columns));
	if (other)
		question->other = facts_qualified(arena, (ObjectName){other->schema, other->name});
	question->doubt = check_other(writing, key, other);
	if (question->doubt == DOUBT_NONE)
		finish_reference(writing, question, key, other);
}
