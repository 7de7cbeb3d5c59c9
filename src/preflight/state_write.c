/* What INSERT, UPDATE, DELETE and TRUNCATE do to a table's rows. */
#include "preflight/evaluable.h"
#include "preflight/state_apply.h"

static TriggerEvent event_of(const Action *action)
{
	return action->kind == ACTION_INSERT   ? TRIGGER_INSERT
	       : action->kind == ACTION_UPDATE ? TRIGGER_UPDATE
					       : TRIGGER_DELETE;
}

/* Rows of tables that refer to this one go along, or are changed. */
static void open_children(Finder *finder, const CatalogRelation *table)
{
	for (size_t i = 0; i < finder->states.count; i++) {
		State *state = finder->states.items[i];
		for (size_t j = 0; j < state->relation.constraints.count; j++) {
			const CatalogConstraint *key = &state->relation.constraints.items[j];
			bool stays = !catalog_goes_along(key->on_delete) &&
				     !catalog_goes_along(key->on_update);
			if (key->kind == CONSTRAINT_FOREIGN_KEY && key->other == table->oid &&
				!stays)
				state->is_open = true;
		}
	}
}

/* Does something of the table's have a say in its rows? */
static bool is_plain(const Finder *finder, const State *state, TriggerEvent event)
{
	const CatalogRelation *table = &state->relation;
	return !changes_may_fire(&finder->changes, table, event) && !table->rules.count;
}

/* ---- INSERT ---- */

/* Of one row; empty: it is not known. */
static Str value_of(const Writing *writing, size_t row, const CatalogColumn *column)
{
	Known known = writing_know(writing, row, column);
	if (known == KNOWN_NULL)
		return str_format(
			writing->finder->arena, "CAST(NULL AS %.*s)", STR_ARG(state_type(column)));
	return known == KNOWN_VALUE && state_is_computable(column)
		       ? writing_cast(writing, row, column)
		       : (Str){0};
}

static void find_unknown(const Writing *writing, State *state)
{
	for (size_t i = 0; i < writing->table->columns.count; i++)
		for (size_t row = 0; row < writing->rows.rows.count; row++)
			if (!evaluable_is_builtin(writing->table->columns.items[i].type) ||
				!value_of(writing, row, &writing->table->columns.items[i]).len)
				state_forget_column(writing->finder, state,
					writing->table->columns.items[i].name);
}

static void add_row(Buf *buf, const Writing *writing, size_t row)
{
	for (size_t i = 0; i < writing->table->columns.count; i++) {
		const CatalogColumn *column = &writing->table->columns.items[i];
		Str value = value_of(writing, row, column);
		if (i)
			buf_add(buf, STR(", "));
		if (value.len)
			buf_add(buf, value);
		else
			buf_format(buf, "CAST(NULL AS %.*s)", STR_ARG(state_type(column)));
	}
}

static Str new_rows(const Writing *writing)
{
	Buf buf = buf_new(writing->finder->arena, 2 * (size_t)STATE_SQL_MAX);
	Str condition = writing->rows.source.condition;
	for (size_t row = 0; row < writing->rows.rows.count; row++) {
		buf_add(&buf, row ? STR(" UNION ALL (SELECT ") : STR("(SELECT "));
		add_row(&buf, writing, row);
		if (writing->source.len)
			buf_format(&buf, " FROM %.*s%s%.*s OFFSET 0", STR_ARG(writing->source),
				condition.len ? " WHERE " : "", STR_ARG(condition));
		buf_add(&buf, STR(")"));
	}
	return buf_str(&buf);
}

static Str column_list(Finder *finder, const CatalogRelation *table)
{
	Buf buf = buf_new(finder->arena, STATE_SQL_MAX);
	for (size_t i = 0; i < table->columns.count; i++)
		buf_format(&buf, "%s%.*s", i ? ", " : "",
			STR_ARG(query_column(finder->arena, table->columns.items[i].name)));
	return buf_str(&buf);
}

/* The rows so far, as the first part of a union: of types that the new ones can have, too. */
static Str rows_before(Finder *finder, const CatalogRelation *table, const State *state)
{
	Arena *arena = finder->arena;
	Buf buf = buf_new(arena, 2 * (size_t)STATE_SQL_MAX);
	for (size_t i = 0; i < table->columns.count; i++) {
		Str name = query_column(arena, table->columns.items[i].name);
		bool is_own = evaluable_is_builtin(table->columns.items[i].type);
		buf_format(&buf, "%s%s%.*s", i ? ", " : "", is_own ? "" : "CAST(NULL AS text) AS ",
			STR_ARG(name));
	}
	if (state->is_empty)
		return finder_rows(finder, table, true);
	return str_format(arena, "(SELECT %.*s FROM %.*s)", STR_ARG(buf_str(&buf)),
		STR_ARG(finder_item(finder, table, true, table->name)));
}

static void insert(Finder *finder, State *state, const Writing *writing)
{
	const CatalogRelation *table = writing->table;
	Arena *arena = finder->arena;
	find_unknown(writing, state);
	Str before = state->rows, added = new_rows(writing);
	if (state->is_union)
		before.len--; /* continues where the last one ended */
	else
		before = str_format(arena, "(%.*s", STR_ARG(rows_before(finder, table, state)));
	state->is_long = state->is_long || writing->action->options.on_conflict;
	state_set_rows(
		state, str_format(arena, "%.*s UNION ALL %.*s)", STR_ARG(before), STR_ARG(added)));
	state->is_union = true;
}

/* ---- UPDATE and DELETE ---- */

/* What SET gives the column in the rows that fulfil the condition; empty: it is not known. */
static Str changed_value(const Writing *writing, const CatalogColumn *column)
{
	Arena *arena = writing->finder->arena;
	Str value = value_of(writing, 0, column), condition = writing->rows.source.condition;
	if (!value.len || !condition.len)
		return value;
	return str_format(arena, "CASE WHEN %.*s THEN %.*s ELSE %.*s.%.*s END", STR_ARG(condition),
		STR_ARG(value), STR_ARG(str_sql_name(arena, writing->rows.source.table.alias)),
		STR_ARG(query_column(arena, column->name)));
}

static Str update_list(const Writing *writing, State *state)
{
	Arena *arena = writing->finder->arena;
	Buf buf = buf_new(arena, 2 * (size_t)STATE_SQL_MAX);
	for (size_t i = 0; i < writing->table->columns.count; i++) {
		const CatalogColumn *column = &writing->table->columns.items[i];
		Str name = query_column(arena, column->name), value = {0};
		bool is_set = writing_value(writing, 0, column) != NULL ||
			      names_have(&writing->table->stamps, column->name);
		if (is_set)
			value = changed_value(writing, column);
		if (is_set && !value.len)
			state_forget_column(writing->finder, state, column->name);
		if (value.len)
			buf_format(&buf, "%s%.*s AS %.*s", i ? ", " : "", STR_ARG(value),
				STR_ARG(name));
		else
			buf_format(&buf, "%s%.*s.%.*s", i ? ", " : "",
				STR_ARG(str_sql_name(arena, writing->rows.source.table.alias)),
				STR_ARG(name));
	}
	return buf_str(&buf);
}

static void update(Finder *finder, State *state, const Writing *writing)
{
	Str list = update_list(writing, state);
	state_set_rows(state, str_format(finder->arena, "(SELECT %.*s FROM %.*s OFFSET 0)",
				      STR_ARG(list), STR_ARG(writing->source)));
	state_forget_generated(finder, state);
}

static void delete (Finder *finder, State *state, const Writing *writing)
{
	Str condition = writing->rows.source.condition;
	if (!condition.len) {
		state->is_empty = true;
		return;
	}
	state_set_rows(state, str_format(finder->arena,
				      "(SELECT %.*s FROM %.*s WHERE (%.*s) IS NOT TRUE OFFSET 0)",
				      STR_ARG(column_list(finder, writing->table)),
				      STR_ARG(writing->source), STR_ARG(condition)));
}

/* ---- what cannot be followed ---- */

/* Which rows it is about is not known, or what they become. */
static void write_blindly(Finder *finder, State *state, const Writing *writing)
{
	const Action *action = writing->action;
	if (action->kind == ACTION_INSERT) {
		state->is_short = true;
		state->is_open = state->is_open || action->options.on_conflict;
	} else if (action->kind == ACTION_UPDATE && action->columns.count) {
		for (size_t i = 0; i < action->columns.count; i++)
			state_forget_column(finder, state, action->columns.items[i]);
		state_forget_generated(finder, state);
	} else if (action->kind == ACTION_DELETE) {
		state->is_long = true;
	} else {
		state->is_open = true;
	}
}

static void follow(Finder *finder, State *state, const Writing *writing)
{
	if (writing->event == TRIGGER_INSERT)
		insert(finder, state, writing);
	else if (writing->event == TRIGGER_UPDATE)
		update(finder, state, writing);
	else
		delete (finder, state, writing);
}

static void truncate_rows(Finder *finder, const Action *action)
{
	State *state = state_change(finder, action->object);
	if (!state)
		return;
	state->is_empty = true;
	state->is_open = state->is_open || action->options.cascade;
	open_children(finder, &state->relation);
}

void state_write(Finder *finder, const Action *action)
{
	if (action->kind == ACTION_TRUNCATE) {
		truncate_rows(finder, action);
		return;
	}
	const CatalogRelation *table = finder_table(finder, action->object);
	State *state = state_change(finder, action->object);
	Writing writing = {
		.finder = finder, .table = table, .action = action, .event = event_of(action)};
	if (!state || state->is_open || !table)
		return;
	writing.table = &state->relation;
	if (!is_plain(finder, state, writing.event)) {
		state->is_open = true;
		return;
	}
	bool changes_many = action->options.on_conflict && !action->options.on_conflict_nothing;
	Doubt doubt = writing_read(&writing);
	if (doubt == DOUBT_NONE)
		finder_wait(finder, &writing);
	if (doubt == DOUBT_NONE && !changes_many && !writing.rows.is_distinct)
		follow(finder, state, &writing);
	else
		write_blindly(finder, state, &writing);
	if (writing.event != TRIGGER_INSERT)
		open_children(finder, &state->relation);
}
