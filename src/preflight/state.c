#include "preflight/evaluable.h"
#include "preflight/state_part.h"
#include "sql/builtin_type.h"

/* ---- names ---- */

/* What is made without a schema is made in the first one of the search path that is there. */
static ObjectName with_schema(const Finder *finder, ObjectName name)
{
	const Catalog *catalog = finder->changes.catalog;
	for (size_t i = 0; i < catalog->search_path.count && !name.schema.len; i++)
		if (catalog_schema(catalog, catalog->search_path.items[i]))
			name.schema = catalog->search_path.items[i];
	return name;
}

/* The last one counts; NULL: it has none. */
static State *find_state(const Finder *finder, ObjectName name)
{
	for (size_t i = finder->states.count; i-- > 0;) {
		State *state = finder->states.items[i];
		if (str_equal(state->relation.name, name.name) &&
			str_equal(state->relation.schema, name.schema))
			return state;
	}
	return NULL;
}

static State *find_named(const Finder *finder, ObjectName name)
{
	const CatalogRelation *table = changes_table(&finder->changes, name);
	if (table)
		return find_state(finder, (ObjectName){table->schema, table->name});
	if (!name.schema.len && finder->changes.has_path)
		return NULL;
	State *made = find_state(finder, with_schema(finder, name));
	return made && made->relation.oid < 0 ? made : NULL;
}

const CatalogRelation *finder_table(const Finder *finder, ObjectName name)
{
	const State *state = find_named(finder, name);
	return state && !state->is_open ? &state->relation : changes_table(&finder->changes, name);
}

const CatalogRelation *finder_table_by_oid(const Finder *finder, int64_t oid)
{
	for (size_t i = finder->states.count; i-- > 0;) {
		const State *state = finder->states.items[i];
		if (state->relation.oid == oid && !state->is_open)
			return &state->relation;
		if (state->relation.oid == oid)
			break;
	}
	return catalog_relation_by_oid(finder->changes.catalog, oid);
}

const State *state_of(const Finder *finder, const CatalogRelation *table)
{
	if (finder->within && &finder->within->relation == table)
		return finder->within;
	for (size_t i = finder->states.count; i-- > 0;)
		if (&finder->states.items[i]->relation == table)
			return finder->states.items[i];
	return NULL;
}

/* ---- rows ---- */

Str state_type(const CatalogColumn *column)
{
	bool is_own = builtin_type_is(column->type) || str_contains(column->type, STR("."));
	return column->number > 0 || is_own ? column->type : STR("text");
}

bool state_is_computable(const CatalogColumn *column)
{
	return evaluable_is_builtin(column->type) && !str_starts(column->type, STR("bit")) &&
	       !str_starts(column->type, STR("reg")) && !str_ends(column->type, STR("range"));
}

/* No rows, but their columns. */
static Str empty_rows(Finder *finder, const CatalogRelation *table)
{
	Arena *arena = finder->arena;
	Buf buf = buf_new(arena, STATE_SQL_MAX);
	for (size_t i = 0; i < table->columns.count; i++)
		buf_format(&buf, "%sCAST(NULL AS %.*s) AS %.*s", i ? ", " : "",
			STR_ARG(state_type(&table->columns.items[i])),
			STR_ARG(query_column(arena, table->columns.items[i].name)));
	return str_format(arena, "(SELECT %.*s WHERE false)", STR_ARG(buf_str(&buf)));
}

Str finder_rows(const Finder *finder, const CatalogRelation *table, bool only)
{
	const State *state = state_of(finder, table);
	if (state && state->is_empty)
		return empty_rows((Finder *)(uintptr_t)finder, table);
	return state && state->rows.len ? state->rows : query_table(finder->arena, table, only);
}

Str finder_item(const Finder *finder, const CatalogRelation *table, bool only, Str alias)
{
	const State *state = state_of(finder, table);
	bool is_query = state && (state->rows.len || state->is_empty);
	return str_format(finder->arena, "%.*s AS %.*s%s",
		STR_ARG(finder_rows(finder, table, only)),
		STR_ARG(str_sql_name(finder->arena, alias)), is_query ? "" : QUERY_SAMPLE);
}

Str state_item(Finder *finder, const State *state, Str alias)
{
	return finder_item(finder, &state->relation, true, alias);
}

void state_set_rows(Finder *finder, State *state, Str rows)
{
	(void)finder;
	state->rows = rows;
	state->is_empty = false;
	state->is_open = state->is_open || rows.len > STATE_SQL_MAX;
}

/* ---- new states ---- */

static bool has_children(const Catalog *catalog, const CatalogRelation *table)
{
	for (size_t i = 0; i < catalog->relations.count; i++)
		for (size_t j = 0; j < catalog->relations.items[i].parents.count; j++)
			if (catalog->relations.items[i].parents.items[j] == table->oid)
				return true;
	return false;
}

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
			!has_children(finder->changes.catalog, table);
	State *state = add_state(finder);
	state->relation = copy_relation(finder->arena, table);
	state->is_open = !is_plain || changes_know(&finder->changes, table);
	return state;
}

State *state_change(Finder *finder, ObjectName name)
{
	const CatalogRelation *table = changes_table(&finder->changes, name);
	const State *before = find_named(finder, name);
	if (!before)
		return table ? first_state(finder, table) : NULL;
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
	name = with_schema(finder, name);
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
	finder->states.count--; /* it is nobody's yet */
	finder->within = state->is_open ? NULL : state;
	return state->is_open ? NULL : &state->relation;
}

/* ---- what statements do ---- */

static void open_table(Finder *finder, ObjectName name)
{
	State *state = find_named(finder, name);
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
