#include "preflight/state_apply.h"

Str state_item(Finder *finder, const State *state, Str alias)
{
	return finder_item(finder, &state->relation, true, alias);
}

void state_set_rows(State *state, Str rows)
{
	state->rows = rows;
	state->is_empty = state->is_union = false;
	state->is_open = state->is_open || rows.len > STATE_SQL_MAX;
}

/* ---- new states ---- */

static CatalogRelation copy_relation(Arena *arena, const CatalogRelation *from)
{
	CatalogRelation to = *from;
	to.columns.items = NULL, to.columns.count = to.columns.capacity = 0;
	to.constraints.items = NULL, to.constraints.count = to.constraints.capacity = 0;
	to.indexes.items = NULL, to.indexes.count = to.indexes.capacity = 0;
	for (size_t i = 0; i < from->columns.count; i++)
		*vec_add(arena, &to.columns) = from->columns.items[i];
	for (size_t i = 0; i < from->constraints.count; i++)
		*vec_add(arena, &to.constraints) = from->constraints.items[i];
	for (size_t i = 0; i < from->indexes.count; i++)
		*vec_add(arena, &to.indexes) = from->indexes.items[i];
	return to;
}

static State *add_state(Finder *finder)
{
	State *state = arena_array(finder->arena, State, 1);
	*state = (State){0};
	*vec_add(finder->arena, &finder->states) = state;
	return state;
}

/* Of one that is there, and that the plan has done nothing to. */
static State *first_state(Finder *finder, const CatalogRelation *table)
{
	bool is_plain = table->kind == RELATION_TABLE && !table->is_partition &&
			!table->parents.count && !table->rules.count &&
			!catalog_has_children(finder->changes.catalog, table);
	State *state = add_state(finder);
	state->relation = copy_relation(finder->arena, table);
	state->is_open = !is_plain || changes_know(&finder->changes, table);
	return state;
}

State *state_change(Finder *finder, ObjectName name)
{
	const CatalogRelation *table = changes_table(&finder->changes, name);
	State *before = state_find(finder, name);
	if (!before)
		return table ? first_state(finder, table) : NULL;
	if (before->is_open)
		return before;
	State *state = add_state(finder);
	*state = *before;
	state->relation = copy_relation(finder->arena, &before->relation);
	Names unknown = {0};
	for (size_t i = 0; i < before->unknown.count; i++)
		*vec_add(finder->arena, &unknown) = before->unknown.items[i];
	state->unknown = unknown;
	return state;
}

State *state_make(Finder *finder, ObjectName name)
{
	name = changes_full_name(&finder->changes, name);
	State *state = add_state(finder);
	state->is_empty = true;
	state->relation = (CatalogRelation){.schema = name.schema,
		.name = name.name,
		.kind = RELATION_TABLE,
		.is_owned = true,
		.oid = -(int64_t)finder->states.count};
	return state;
}

void state_forget_column(Finder *finder, State *state, Str column)
{
	if (!names_have(&state->unknown, column))
		*vec_add(finder->arena, &state->unknown) = column;
}

void state_forget_generated(Finder *finder, State *state)
{
	for (size_t i = 0; i < state->relation.columns.count; i++)
		if (state->relation.columns.items[i].generated)
			state_forget_column(finder, state, state->relation.columns.items[i].name);
}

const CatalogRelation *state_with_new_columns(Finder *finder, const CatalogRelation *table)
{
	const Facts *facts = finder->statement->facts;
	State *state = NULL;
	size_t before = finder->states.count;
	for (size_t i = 0; i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		if (action->kind != ACTION_ADD_COLUMN || catalog_column(table, action->name))
			continue;
		if (!state)
			state = state_change(finder, action->object);
		if (state)
			state_add_column(finder, state, action);
	}
	if (!state)
		return NULL;
	finder->states.count = before; /* it is nobody's yet */
	finder->within = state->is_open ? NULL : state;
	return state->is_open ? NULL : &state->relation;
}

/* ---- what statements do ---- */

static void open_table(Finder *finder, ObjectName name)
{
	State *state = state_find(finder, name);
	if (state)
		state->is_open = true;
}

static void open_all(Finder *finder)
{
	for (size_t i = 0; i < finder->states.count; i++)
		finder->states.items[i]->is_open = true;
}

static bool is_block(const Facts *facts)
{
	for (size_t i = 0; i < facts->actions.count; i++)
		if (facts->actions.items[i].kind == ACTION_DO)
			return true;
	return false;
}

/* ROLLBACK, also to a savepoint. */
static bool may_roll_back(const Statement *statement, const Action *action)
{
	return action->kind == ACTION_TRANSACTION && statement->class != SQL_BEGIN &&
	       statement->class != SQL_BEGIN_WITH_OPTIONS && statement->class != SQL_COMMIT;
}

/* Neither rows nor columns, nor constraints that rows are asked about. */
static bool leaves_rows(const Action *action)
{
	static const ActionKind kinds[] = {ACTION_SET_OWNER, ACTION_COMMENT, ACTION_GRANT,
		ACTION_REVOKE, ACTION_DEFAULT_PRIVILEGES, ACTION_SET_STATISTICS,
		ACTION_SET_COLUMN_OPTIONS, ACTION_SET_STORAGE, ACTION_SET_COMPRESSION,
		ACTION_VALIDATE_CONSTRAINT, ACTION_ENABLE_RLS, ACTION_DISABLE_RLS, ACTION_FORCE_RLS,
		ACTION_NO_FORCE_RLS, ACTION_REPLICA_IDENTITY, ACTION_SET_CLUSTER, ACTION_LOCK,
		ACTION_VACUUM, ACTION_ANALYZE, ACTION_REINDEX, ACTION_CLUSTER,
		ACTION_PUBLICATION_ADD, ACTION_PUBLICATION_SET, ACTION_PUBLICATION_DROP,
		ACTION_SELECT, ACTION_SET, ACTION_RESET, ACTION_DROP_NOT_NULL,
		ACTION_DROP_CONSTRAINT, ACTION_ADD_EXCLUDE, ACTION_SET_OPTIONS,
		ACTION_RESET_OPTIONS};
	ObjectKind object = action->object_kind;
	bool found = object == OBJECT_POLICY || object == OBJECT_FUNCTION ||
		     object == OBJECT_VIEW || object == OBJECT_MATVIEW || object == OBJECT_TRIGGER;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !found; i++)
		found = action->kind == kinds[i];
	return found || (object == OBJECT_INDEX && action->kind != ACTION_RENAME);
}

static void take_action(Finder *finder, const Action *action)
{
	if (may_roll_back(finder->statement, action)) {
		open_all(finder);
		return;
	}
	if (state_shape(finder, action))
		return;
	switch ((int)action->kind) {
	case ACTION_INSERT:
	case ACTION_UPDATE:
	case ACTION_DELETE:
	case ACTION_TRUNCATE:
		state_write(finder, action);
		break;
	default:
		if (!leaves_rows(action)) {
			open_table(finder, action->object);
			open_table(finder, action->other);
		}
	}
}

void states_apply(Finder *finder)
{
	const Facts *facts = finder->statement->facts;
	if (!facts) {
		open_all(finder);
		return;
	}
	for (size_t i = 0; i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		if (action->in_function)
			continue;
		if (is_block(facts))
			open_table(finder, action->object);
		else
			take_action(finder, action);
	}
}

void states_check(Finder *finder)
{
	if (finder->changes.is_everything)
		open_all(finder);
}
