/* A deferred key is looked at when the transaction ends: until then, the server refuses to change a
 * table that rows were written to under it ("pending trigger events"). Were there such rows? */
#include "preflight/state.h"
#include "preflight/writing.h"

/* ---- what is written under a deferred key ---- */

static bool is_deferred(const Finder *finder, const CatalogConstraint *key)
{
	return key->kind == CONSTRAINT_FOREIGN_KEY && key->is_deferred && !finder->changes.defers;
}

static void add_wait(Finder *finder, const Writing *writing, Str condition)
{
	Wait *wait = vec_add(finder->arena, &finder->waits);
	const Str own = writing->rows.source.condition;
	*wait = (Wait){.table = writing->table->oid,
		.source = writing->source,
		.bytes = writing->bytes,
		.condition = own.len && condition.len
				     ? str_format(finder->arena, "(%.*s) AND (%.*s)", STR_ARG(own),
					       STR_ARG(condition))
			     : own.len ? own
				       : condition};
}

/* The key gets another value, which is not NULL; empty: that is not known. */
static Str key_changes(const Writing *writing, const CatalogConstraint *key)
{
	Arena *arena = writing->finder->arena;
	Columns columns = {0};
	if (key->columns.count != 1 ||
		!writing_columns(writing->finder, writing->table, &key->columns, 1, &columns) ||
		writing_check_types(&columns) != DOUBT_NONE)
		return (Str){0};
	Rows rows = writing_gather(writing, &columns, false);
	if (!rows.query.rows.count)
		return (Str){0};
	Str value = rows.query.rows.items[0].items[0];
	return str_format(arena, "(%.*s) IS NOT NULL AND (%.*s) IS DISTINCT FROM %.*s.%.*s",
		STR_ARG(value), STR_ARG(value),
		STR_ARG(str_sql_name(arena, writing->rows.source.table.alias)),
		STR_ARG(query_column(arena, columns.items[0]->name)));
}

static void wait_for_own(Finder *finder, const Writing *writing, const CatalogConstraint *key)
{
	if (writing->event == TRIGGER_INSERT) {
		add_wait(finder, writing, (Str){0});
	} else if (writing->event == TRIGGER_UPDATE && writing_sets(writing, &key->columns)) {
		Str condition = key_changes(writing, key);
		if (condition.len)
			add_wait(finder, writing, condition);
	}
}

/* Rows that go away are looked for by the keys that refer to them. */
static bool is_referenced(const Finder *finder, const CatalogRelation *table)
{
	const Catalog *catalog = finder->changes.catalog;
	for (size_t i = 0; i < catalog->relations.count; i++)
		for (size_t j = 0; j < catalog->relations.items[i].constraints.count; j++) {
			const CatalogConstraint *key =
				&catalog->relations.items[i].constraints.items[j];
			if (is_deferred(finder, key) && key->other == table->oid &&
				key->on_delete == REFERENCE_NO_ACTION)
				return true;
		}
	return false;
}

void finder_wait(Finder *finder, const Writing *writing)
{
	const CatalogRelation *table = writing->table;
	if (writing->action->options.on_conflict || changes_alter(&finder->changes, table))
		return;
	for (size_t i = 0; i < table->constraints.count; i++)
		if (is_deferred(finder, &table->constraints.items[i]))
			wait_for_own(finder, writing, &table->constraints.items[i]);
	if (writing->event == TRIGGER_DELETE && is_referenced(finder, table))
		add_wait(finder, writing, (Str){0});
}

/* ---- what has to wait ---- */

static bool uses_table(const Action *action)
{
	static const ActionKind kinds[] = {ACTION_ADD_COLUMN, ACTION_DROP_COLUMN, ACTION_SET_TYPE,
		ACTION_SET_DEFAULT, ACTION_DROP_DEFAULT, ACTION_SET_NOT_NULL, ACTION_DROP_NOT_NULL,
		ACTION_ADD_CHECK, ACTION_ADD_UNIQUE, ACTION_ADD_PRIMARY_KEY, ACTION_ADD_FOREIGN_KEY,
		ACTION_VALIDATE_CONSTRAINT, ACTION_DROP_CONSTRAINT, ACTION_ENABLE_RLS,
		ACTION_DISABLE_RLS, ACTION_SET_OWNER, ACTION_TRUNCATE};
	bool is_object = action->object_kind == OBJECT_INDEX || action->object_kind == OBJECT_TABLE;
	bool found = (action->kind == ACTION_CREATE && action->object_kind == OBJECT_INDEX) ||
		     (action->kind == ACTION_DROP && action->object_kind == OBJECT_TABLE);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !found; i++)
		found = action->kind == kinds[i];
	return found && is_object && !action->in_function;
}

static void ask_wait(Finder *finder, const Wait *wait)
{
	Arena *arena = finder->arena;
	Question *question = finder_add(finder, QUESTION_PENDING, (Str){0});
	question->bytes = wait->bytes;
	question->is_precise = true;
	Str from = wait->source.len ? wait->source : STR("(VALUES (1)) AS v");
	finder_finish(question, DOUBT_NONE, query_any(arena, from, wait->condition));
}

void find_deferred(Finder *finder)
{
	const Facts *facts = finder->statement->facts;
	const Action *first = facts && facts->actions.count ? facts->actions.items : NULL;
	bool is_checked = first && (first->kind == ACTION_SET_CONSTRAINTS ||
					   first->kind == ACTION_TRANSACTION);
	if (is_checked || finder->script->mode != SCRIPT_ATOMIC)
		finder->waits.count = 0;
	if (!first || !finder->waits.count || !uses_table(first) || first->options.concurrently)
		return;
	finder->action = first;
	finder->table = finder_table(finder, first->object);
	for (size_t i = 0; finder->table && i < finder->waits.count; i++)
		if (finder->waits.items[i].table == finder->table->oid) {
			ask_wait(finder, &finder->waits.items[i]);
			return;
		}
}

/* ---- what is looked at when the file ends ---- */

/* Both tables as the file leaves them. */
static Doubt read_key(
	Finder *finder, const CatalogConstraint *key, const CatalogRelation *other, KeyQuery *query)
{
	Arena *arena = finder->arena;
	Columns from = {0}, to = {0};
	Doubt otherwise = DOUBT_NONE;
	if (!writing_columns(finder, finder->table, &key->columns, key->columns.count, &from) ||
		!writing_columns(
			finder, other, &key->other_columns, key->other_columns.count, &to) ||
		from.count != to.count)
		return DOUBT_NOT_ASKED;
	for (size_t i = 0; i < from.count; i++)
		if (!finder_are_comparable(from.items[i]->type, to.items[i]->type))
			return DOUBT_COLUMN_TYPE;
	*query = (KeyQuery){.from = finder_rows(finder, finder->table, true),
		.to = question_whole(arena, finder_rows(finder, other, true)),
		.columns = writing_names(arena, &from, false),
		.other_columns = writing_names(arena, &to, false),
		.by_name = true,
		.enforced = str_format(arena, "%.*s%.*s",
			STR_ARG(query_enforced(
				arena, finder->table->oid, key->oid, TRIGGER_INSERT)),
			STR_ARG(query_enforced(arena, other->oid, key->oid, TRIGGER_DELETE)))};
	Doubt doubt = finder_check_columns(finder, finder->table, &query->columns);
	return doubt == DOUBT_NONE
		       ? finder_check_target(finder, other, &query->other_columns, &otherwise)
		       : doubt;
}

/* Where it was fulfilled before, a row without its reference is the file's doing. */
static void ask_at_end(Finder *finder, const CatalogConstraint *key)
{
	Arena *arena = finder->arena;
	const CatalogRelation *other = finder_table_by_oid(finder, key->other);
	KeyQuery query;
	bool is_written =
		other && (state_behind(finder, finder->table) || state_behind(finder, other));
	if (!is_written || !key->is_valid || !key->oid || key->is_inherited ||
		changes_alter(&finder->changes, finder->table) ||
		changes_alter(&finder->changes, other) ||
		read_key(finder, key, other, &query) != DOUBT_NONE)
		return;
	Question *question =
		finder_add(finder, QUESTION_ROW_REFERENCE, finder_list(arena, &query.columns));
	question->position = 0; /* of the statement as a whole */
	question->place = script_place(finder->script, script_point(finder->statement, 0));
	question->other = facts_qualified(arena, (ObjectName){other->schema, other->name});
	question->bytes += other != finder->table ? finder_bytes(finder, other) : 0;
	question->is_precise = question->is_one_of_many = true;
	finder_finish(question, DOUBT_NONE, query_foreign_key(arena, &query));
}

static bool is_write(const Action *action)
{
	return action->kind == ACTION_INSERT || action->kind == ACTION_UPDATE ||
	       action->kind == ACTION_DELETE;
}

/* A single statement has been asked about already. */
static bool is_first(const Finder *finder)
{
	for (const Statement *s = finder->script->statements; s < finder->statement; s++)
		for (size_t i = 0; s->facts && i < s->facts->actions.count; i++)
			if (is_write(&s->facts->actions.items[i]))
				return false;
	return true;
}

void find_at_commit(Finder *finder)
{
	const Facts *facts = finder->statement->facts;
	const Catalog *catalog = finder->changes.catalog;
	if (finder->script->mode != SCRIPT_ATOMIC || !facts || !facts->actions.count ||
		finder->changes.has_settings || is_first(finder))
		return;
	finder->action = facts->actions.items;
	for (size_t i = 0; i < catalog->relations.count; i++) {
		finder->table = finder_table_by_oid(finder, catalog->relations.items[i].oid);
		for (size_t j = 0; finder->table && j < finder->table->constraints.count; j++)
			if (is_deferred(finder, &finder->table->constraints.items[j]))
				ask_at_end(finder, &finder->table->constraints.items[j]);
	}
}
