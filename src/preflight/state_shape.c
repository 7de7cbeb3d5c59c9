/* What statements do to a table's columns and constraints. */
#include "preflight/evaluable.h"
#include "preflight/state_apply.h"
#include "sql/builtin_type.h"

/* ---- columns ---- */

static CatalogColumn *column_of(State *state, Str name)
{
	for (size_t i = 0; i < state->relation.columns.count; i++)
		if (str_equal(state->relation.columns.items[i].name, name))
			return &state->relation.columns.items[i];
	return NULL;
}

/* As format_type writes it; "?." comes before one that is not the server's own, or not there yet.
 */
static Str type_of(const Finder *finder, const Action *action)
{
	Arena *arena = finder->arena;
	ObjectName name = finder_type_name(action->type);
	Str serial = builtin_type_of_serial(action->type), type = action->type;
	if (serial.len)
		return serial;
	if (!builtin_type_is(type))
		return catalog_type(finder->changes.catalog, name.schema, name.name)
			       ? type
			       : str_format(arena, "?.%.*s", STR_ARG(type));
	bool is_time_with_digits = builtin_type_read(arena, type).family == TYPE_FAMILY_TIME &&
				   str_contains(type, STR("("));
	return is_time_with_digits || str_contains(type, STR("[")) ? type
								   : type_canonical(arena, type);
}

static int64_t next_number(const CatalogRelation *table)
{
	int64_t number = 0;
	for (size_t i = 0; i < table->columns.count; i++)
		if (table->columns.items[i].number > number)
			number = table->columns.items[i].number;
	return number + 1;
}

/* Of the type's own: a domain may have one. */
static bool has_no_default(const Finder *finder, Str type)
{
	ObjectName name = finder_type_name(type);
	const CatalogType *made, *found = finder_type(finder, name);
	if (builtin_type_is(type))
		return true;
	if (found)
		return found->kind != 'd' || !found->has_default;
	return changes_made_type(&finder->changes, name, &made) && made && made->kind == 'e';
}

/* Its value in the rows that are there; empty: not known. */
static Str value_of_new(
	Finder *finder, const State *state, const Action *action, const CatalogColumn *column)
{
	Finder view = *finder;
	const ActionOptions *options = &action->options;
	view.table = &state->relation;
	if (options->identity || builtin_type_is_serial(action->type))
		return (Str){0};
	if (!facts_has_value(action) && !options->generated)
		return has_no_default(finder, action->type) ? STR("NULL") : (Str){0};
	Doubt doubt = options->generated ? evaluable_check(&view, action->expression)
					 : evaluable_check_constant(&view, action->expression);
	return state_is_computable(column) && doubt == DOUBT_NONE ? action->expression : (Str){0};
}

void state_add_column(Finder *finder, State *state, const Action *action)
{
	Arena *arena = finder->arena;
	CatalogColumn column = {.name = action->name,
		.type = type_of(finder, action),
		.number = next_number(&state->relation),
		.is_not_null = action->options.not_null,
		.has_default = action->options.has_default || builtin_type_is_serial(action->type),
		.generated = action->options.generated ? 's' : '\0',
		.identity = !action->options.identity ? '\0'
			    : action->options.always  ? 'a'
						      : 'd'};
	Str value = value_of_new(finder, state, action, &column);
	if (!value.len)
		state_forget_column(finder, state, action->name);
	if (!state->is_empty)
		state_set_rows(state,
			str_format(arena, "(SELECT %.*s.*, CAST((%.*s) AS %.*s) AS %.*s FROM %.*s)",
				STR_ARG(str_sql_name(arena, state->relation.name)),
				STR_ARG(value.len ? value : STR("NULL")),
				STR_ARG(state_type(&column)),
				STR_ARG(query_column(arena, action->name)),
				STR_ARG(state_item(finder, state, state->relation.name))));
	*vec_add(arena, &state->relation.columns) = column;
}

static void add_column(Finder *finder, const Action *action)
{
	State *state = state_change(finder, action->object);
	if (!state || state->is_open)
		return;
	if (!column_of(state, action->name))
		state_add_column(finder, state, action);
}

/* Each column, one of them in another way; an empty one is left out. */
static void select_columns(Finder *finder, State *state, Str name,
	Str (*write)(const Finder *, const Action *, Str), const Action *action)
{
	Arena *arena = finder->arena;
	Buf buf = buf_new(arena, STATE_SQL_MAX);
	bool is_first = true;
	for (size_t i = 0; i < state->relation.columns.count; i++) {
		Str column = query_column(arena, state->relation.columns.items[i].name);
		bool is_it = str_equal(state->relation.columns.items[i].name, name);
		Str sql = is_it ? write(finder, action, column) : column;
		if (sql.len)
			buf_format(&buf, "%s%.*s", is_first ? "" : ", ", STR_ARG(sql));
		is_first = is_first && !sql.len;
	}
	if (!state->is_empty)
		state_set_rows(
			state, str_format(arena, "(SELECT %.*s FROM %.*s OFFSET 0)",
				       STR_ARG(buf_str(&buf)),
				       STR_ARG(state_item(finder, state, state->relation.name))));
}

static bool is_about(const CatalogRelation *table, const Numbers *numbers, Str name)
{
	const CatalogColumn *column = catalog_column(table, name);
	bool found = false;
	for (size_t i = 0; column && i < numbers->count; i++)
		found = found || numbers->items[i] == column->number || !numbers->items[i];
	return found;
}

/* What is on it goes with it, or is written in other words. */
static void forget_constraints(State *state, Str name)
{
	CatalogRelation *table = &state->relation;
	size_t kept = 0;
	for (size_t i = 0; i < table->constraints.count; i++)
		if (!is_about(table, &table->constraints.items[i].columns, name))
			table->constraints.items[kept++] = table->constraints.items[i];
	table->constraints.count = kept;
	kept = 0;
	for (size_t i = 0; i < table->indexes.count; i++)
		if (!is_about(table, &table->indexes.items[i].columns, name))
			table->indexes.items[kept++] = table->indexes.items[i];
	table->indexes.count = kept;
}

static Str write_nothing(const Finder *finder, const Action *action, Str column)
{
	(void)finder, (void)action, (void)column;
	return (Str){0};
}

static void drop_column(Finder *finder, const Action *action)
{
	State *state = state_change(finder, action->object);
	CatalogColumn *column = state ? column_of(state, action->name) : NULL;
	if (!column || state->is_open)
		return;
	forget_constraints(state, action->name);
	select_columns(finder, state, action->name, write_nothing, action);
	size_t index = (size_t)(column - state->relation.columns.items);
	for (size_t i = index; i + 1 < state->relation.columns.count; i++)
		state->relation.columns.items[i] = state->relation.columns.items[i + 1];
	state->relation.columns.count--;
	/* of those that are generated, CASCADE takes some along */
	state->is_open = state->is_open || action->options.cascade;
}

static Str write_renamed(const Finder *finder, const Action *action, Str column)
{
	Arena *arena = finder->arena;
	return str_format(arena, "%.*s AS %.*s", STR_ARG(column),
		STR_ARG(query_column(arena, action->new_name)));
}

static void rename_column(Finder *finder, const Action *action)
{
	State *state = state_change(finder, action->object);
	CatalogColumn *column = state ? column_of(state, action->name) : NULL;
	if (!column || state->is_open)
		return;
	forget_constraints(state, action->name);
	select_columns(finder, state, action->name, write_renamed, action);
	column->name = action->new_name;
	if (names_have(&state->unknown, action->name))
		state_forget_column(finder, state, action->new_name);
}

static Str write_converted(const Finder *finder, const Action *action, Str column)
{
	Arena *arena = finder->arena;
	bool has_using = action->options.has_using;
	return str_format(arena, "CAST((%.*s) AS %.*s) AS %.*s",
		STR_ARG(has_using ? action->expression : column), STR_ARG(action->type),
		STR_ARG(column));
}

static Str write_null(const Finder *finder, const Action *action, Str column)
{
	Arena *arena = finder->arena;
	CatalogColumn now = {.type = type_of(finder, action)};
	return str_format(
		arena, "CAST(NULL AS %.*s) AS %.*s", STR_ARG(state_type(&now)), STR_ARG(column));
}

static void set_type(Finder *finder, const Action *action)
{
	State *state = state_change(finder, action->object);
	CatalogColumn *column = state ? column_of(state, action->name) : NULL;
	if (!column || state->is_open)
		return;
	Finder view = *finder;
	view.table = &state->relation;
	Str using = action->options.has_using ? action->expression
					      : query_column(finder->arena, action->name);
	CatalogColumn now = {.type = type_of(finder, action)};
	bool is_known = builtin_type_is(action->type) && state_is_computable(&now) &&
			evaluable_check(&view, using) == DOUBT_NONE;
	select_columns(
		finder, state, action->name, is_known ? write_converted : write_null, action);
	if (!is_known)
		state_forget_column(finder, state, action->name);
	column->type = now.type;
	state_forget_generated(finder, state);
}

/* ---- constraints ---- */

static Numbers numbers_of(Arena *arena, const CatalogRelation *table, const Names *names)
{
	Numbers numbers = {0};
	for (size_t i = 0; i < names->count; i++) {
		const CatalogColumn *column = catalog_column(table, names->items[i]);
		*vec_add(arena, &numbers) = column ? column->number : 0;
	}
	return numbers;
}

static void add_key(Finder *finder, const Action *action)
{
	State *state = state_change(finder, action->object);
	if (!state || state->is_open)
		return;
	CatalogRelation *table = &state->relation;
	bool is_primary = action->kind == ACTION_ADD_PRIMARY_KEY;
	bool is_plain = !action->options.has_using && !action->options.has_expressions &&
			!action->options.collated && !action->options.operator_class &&
			!action->options.nulls_not_distinct && action->columns.count;
	CatalogIndex index = {.name = action->name,
		.method = STR("btree"),
		.is_unique = true,
		.is_primary = is_primary,
		.is_valid = true,
		.is_immediate = !action->options.deferrable,
		.is_partial = action->options.has_where,
		.has_expressions = action->options.has_expressions,
		.is_plain = is_plain,
		.keys = (int64_t)action->columns.count,
		.columns = numbers_of(finder->arena, table, &action->columns)};
	*vec_add(finder->arena, &table->indexes) = index;
	for (size_t i = 0; i < action->columns.count && is_primary; i++) {
		CatalogColumn *column = column_of(state, action->columns.items[i]);
		if (column)
			column->is_not_null = true;
	}
	if (is_primary)
		*vec_add(finder->arena, &table->constraints) =
			(CatalogConstraint){.kind = CONSTRAINT_PRIMARY_KEY,
				.name = action->name,
				.is_valid = true,
				.columns = index.columns};
}

static Numbers primary_key_of(const CatalogRelation *table)
{
	for (size_t i = 0; i < table->constraints.count; i++)
		if (table->constraints.items[i].kind == CONSTRAINT_PRIMARY_KEY)
			return table->constraints.items[i].columns;
	return (Numbers){0};
}

static void add_constraint(Finder *finder, const Action *action)
{
	State *state = state_change(finder, action->object);
	if (!state || state->is_open)
		return;
	bool is_key = action->kind == ACTION_ADD_FOREIGN_KEY;
	const CatalogRelation *other = is_key ? finder_table(finder, action->other) : NULL;
	CatalogConstraint constraint = {.kind = is_key ? CONSTRAINT_FOREIGN_KEY : CONSTRAINT_CHECK,
		.name = action->name,
		.is_valid = !action->options.not_valid,
		.is_deferrable = action->options.deferrable,
		.is_deferred = action->options.deferred,
		.columns = numbers_of(finder->arena, &state->relation, &action->columns),
		.definition = !is_key ? action->expression : (Str){0},
		.on_delete = action->options.nulls_delete     ? REFERENCE_SET_NULL
			     : action->options.follows_delete ? REFERENCE_OTHER
							      : REFERENCE_NO_ACTION,
		.on_update =
			action->options.follows_update ? REFERENCE_OTHER : REFERENCE_NO_ACTION};
	if (is_key && (!other || action->options.match_full))
		return;
	if (is_key) {
		constraint.other = other->oid;
		constraint.other_columns =
			action->other_columns.count
				? numbers_of(finder->arena, other, &action->other_columns)
				: primary_key_of(other);
	}
	*vec_add(finder->arena, &state->relation.constraints) = constraint;
}

/* ---- one action ---- */

static void create(Finder *finder, const Action *action)
{
	const ActionOptions *options = &action->options;
	bool is_plain = !options->temporary && !options->as_query && !options->typed &&
			!options->partition && !options->partitioned && !options->nested;
	bool is_there = options->if_not_exists && finder_table(finder, action->object);
	bool is_query = options->as_query && !options->temporary && !options->nested;
	if (is_there)
		return;
	if (is_query) {
		state_create_as(finder, action);
		return;
	}
	State *state = state_make(finder, action->object);
	state->is_open = !is_plain;
}

static void set_not_null(Finder *finder, const Action *action)
{
	State *state = state_change(finder, action->object);
	CatalogColumn *column = state ? column_of(state, action->name) : NULL;
	if (column)
		column->is_not_null = true;
}

static void set_default(Finder *finder, const Action *action)
{
	State *state = state_change(finder, action->object);
	CatalogColumn *column = state ? column_of(state, action->name) : NULL;
	if (column)
		column->has_default = true; /* or has had one: what it gives is not known */
}

bool state_shape(Finder *finder, const Action *action)
{
	static const struct {
		ActionKind kind;
		void (*apply)(Finder *, const Action *);
	} table[] = {
		{ACTION_ADD_COLUMN, add_column},
		{ACTION_DROP_COLUMN, drop_column},
		{ACTION_SET_TYPE, set_type},
		{ACTION_SET_NOT_NULL, set_not_null},
		{ACTION_SET_DEFAULT, set_default},
		{ACTION_DROP_DEFAULT, set_default},
		{ACTION_ADD_UNIQUE, add_key},
		{ACTION_ADD_PRIMARY_KEY, add_key},
		{ACTION_ADD_CHECK, add_constraint},
		{ACTION_ADD_FOREIGN_KEY, add_constraint},
	};
	if (action->kind == ACTION_CREATE && action->object_kind == OBJECT_TABLE) {
		create(finder, action);
		return true;
	}
	if (action->kind == ACTION_CREATE && action->object_kind == OBJECT_INDEX) {
		if (action->options.unique)
			add_key(finder, action);
		return true;
	}
	if (action->kind == ACTION_RENAME && action->object_kind == OBJECT_COLUMN) {
		rename_column(finder, action);
		return true;
	}
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].kind == action->kind &&
			(action->object_kind == OBJECT_TABLE ||
				action->object_kind == OBJECT_COLUMN)) {
			table[i].apply(finder, action);
			return true;
		}
	return false;
}
