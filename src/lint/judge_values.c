/* The values of INSERT and UPDATE: what is refused before a row is looked at, or for any. The order
 * is the server's: what it looks at first, it refuses first. */
#include "lint/judge.h"

#include "sql/type_change.h"
#include "sql/builtin_type.h"

/* The column that a value is for; NULL: there is none. */
static const WorldColumn *target_of(const WorldRelation *table, const Action *action, size_t value)
{
	if (action->columns.count)
		return value < action->columns.count
			       ? world_column(table, action->columns.items[value])
			       : NULL;
	return world_column_at(table, value);
}

static bool is_there(const Judge *judge, ObjectName name)
{
	const CatalogFunction *function;
	return judge_find_function(judge, name, &function) == PRESENCE_THERE && function;
}

/* All functions that the statement calls are of that name. */
static bool calls_only(const Judge *judge, Str name)
{
	bool found = false;
	for (size_t i = 0; i < judge->facts->uses.count; i++) {
		const Use *use = &judge->facts->uses.items[i];
		if (use->kind != USE_FUNCTION)
			continue;
		if (!str_equal(use->name.name, name) || !is_there(judge, use->name))
			return false;
		found = true;
	}
	return found;
}

static bool calls_known(const Judge *judge)
{
	for (size_t i = 0; i < judge->facts->uses.count; i++) {
		const Use *use = &judge->facts->uses.items[i];
		if (use->kind == USE_FUNCTION && !is_there(judge, use->name))
			return false;
	}
	return true;
}

/* Is it surely a value of the type? */
static bool is_fit(const Judge *judge, ValueKind value, Str type)
{
	static const Str numbers[] = {STR_INIT("integer"), STR_INIT("int"), STR_INIT("bigint"),
		STR_INIT("numeric"), STR_INIT("double precision"), STR_INIT("text")};
	static const Str texts[] = {STR_INIT("text"), STR_INIT("character varying")};
	static const Str booleans[] = {STR_INIT("boolean"), STR_INIT("bool")};
	static const Str times[] = {STR_INIT("timestamp with time zone"), STR_INIT("timestamptz")};
	switch (value) {
	case VALUE_DEFAULT:
	case VALUE_NULL:
		return true;
	case VALUE_INTEGER:
		return STR_IS_AMONG(type, numbers);
	case VALUE_TEXT:
		return STR_IS_AMONG(type, texts);
	case VALUE_BOOLEAN:
		return STR_IS_AMONG(type, booleans);
	case VALUE_CALL:
		return (str_equal(type, STR("uuid")) &&
			       calls_only(judge, STR("gen_random_uuid"))) ||
		       (STR_IS_AMONG(type, times) && calls_only(judge, STR("now")));
	case VALUE_OTHER:
		break;
	}
	return false;
}

static bool reads_others(const Facts *facts)
{
	for (size_t i = 0; i < facts->uses.count; i++)
		if (facts->uses.items[i].kind != USE_FUNCTION)
			return true;
	return false;
}

static bool are_fit(const Judge *judge, const WorldRelation *table, const Action *action)
{
	if (action->options.as_query || reads_others(judge->facts))
		return false;
	for (size_t i = 0; i < action->values.count; i++) {
		const WorldColumn *column = target_of(table, action, i);
		if (!column || column->is_changed || column->has_new_type ||
			!is_fit(judge, action->values.items[i], column->type))
			return false;
	}
	return action->values.count > 0;
}

/* ---- refusals ---- */

static void refuse_twice(Judge *judge, const WorldRelation *table, const Action *action)
{
	for (size_t i = 0; i < action->columns.count; i++)
		for (size_t j = 0; j < i && !judge->effect->refusals.count; j++)
			if (action->columns.items[i].len &&
				str_equal(action->columns.items[i], action->columns.items[j]))
				judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42701"},
					"%.*s is named twice in the INSERT",
					STR_ARG(judge_object(
						judge, table, action->columns.items[i])));
}

static void refuse_uneven(Judge *judge, const Action *action)
{
	judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42601"},
		"the rows of VALUES are of different lengths");
}

static size_t count_columns(const WorldRelation *table)
{
	size_t count = 0;
	while (world_column_at(table, count))
		count++;
	return count;
}

static void refuse_count(Judge *judge, const WorldRelation *table, const Action *action)
{
	size_t values = action->values.count, columns = action->columns.count;
	size_t all = count_columns(table);
	bool is_wrong = columns ? values != columns : values > all;
	for (size_t i = 0; i < values; i++)
		if (action->values.items[i] == VALUE_OTHER)
			return;
	if (is_wrong && calls_known(judge))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42601"},
			"INSERT has %zu values for %zu columns", values, columns ? columns : all);
}

static Str type_of(ValueKind value)
{
	return value == VALUE_INTEGER   ? STR("integer")
	       : value == VALUE_BOOLEAN ? STR("boolean")
					: (Str){0};
}

/* A number for a boolean, and the like: a constant that has a type of its own. */
static void refuse_other_type(Judge *judge, const WorldRelation *table, const Action *action)
{
	for (size_t i = 0; i < action->values.count; i++) {
		const WorldColumn *column = target_of(table, action, i);
		Str from = type_of(action->values.items[i]);
		if (!column || !from.len || column->has_new_type || column->is_changed ||
			judge->world->has_new_classes ||
			type_change(judge->arena, from, column->type, (Str){0}) !=
				TYPE_CHANGE_REFUSED)
			continue;
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42804"},
			"%.*s is %.*s, and the value is %.*s",
			STR_ARG(judge_object(judge, table, column->name)), STR_ARG(column->type),
			STR_ARG(from));
		return;
	}
}

/* With USER VALUE its own is taken all the same; UPDATE has neither. */
static bool is_identity(const WorldColumn *column, const Action *action)
{
	return column->identity == 'a' && !action->options.overriding &&
	       !action->options.overriding_system;
}

/* The queries are analysed before, and so is what ON CONFLICT names. */
static void refuse_fixed(
	Judge *judge, const WorldRelation *table, const Action *action, bool is_fit)
{
	bool is_first =
		is_fit || (!action->keys.count && !action->name.len && !action->options.takes_all);
	Code code = {LINT_NOT_VALID, is_first ? "428C9" : ""};
	for (size_t i = 0; i < action->values.count; i++) {
		const WorldColumn *column = target_of(table, action, i);
		bool is_free = !column || action->values.items[i] == VALUE_DEFAULT;
		bool is_fixed = !is_free && (column->generated || is_identity(column, action));
		if (!is_fixed)
			continue;
		judge_refuse(judge, action, code,
			"%.*s is GENERATED ALWAYS and cannot be given a value",
			STR_ARG(judge_object(judge, table, column->name)));
		return;
	}
}

static void refuse_constraint(Judge *judge, WorldRelation *table, const Action *action)
{
	if (action->name.len && !judge_may_have_constraint(judge, table) &&
		!world_constraint(table, action->name))
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"},
			"constraint %.*s of %.*s", STR_ARG(action->name),
			STR_ARG(world_name(judge->arena, table)));
	for (size_t i = 0; i < action->keys.count && !judge->effect->refusals.count; i++)
		if (action->keys.items[i].len)
			judge_column(judge, table, action, action->keys.items[i]);
}

static bool is_arbiter(const WorldIndex *index, const Names *keys)
{
	if (!index->is_unique || index->is_partial || index->has_expressions)
		return false;
	for (size_t i = 0; i < keys->count; i++)
		if (!names_have(&index->keys, keys->items[i]))
			return false;
	for (size_t i = 0; i < index->keys.count; i++)
		if (!names_have(keys, index->keys.items[i]))
			return false;
	return true;
}

/* A deferrable one is refused in another way, later. */
static bool has_arbiter(const WorldRelation *table, const Names *keys)
{
	for (size_t i = 0; i < table->indexes.count; i++)
		if (is_arbiter(&table->indexes.items[i], keys))
			return true;
	return false;
}

/* Constants are converted before the index is looked for. */
static void refuse_conflict(
	Judge *judge, const WorldRelation *table, const Action *action, bool is_fit)
{
	bool is_plain = action->keys.count && !action->options.has_where && !table->rules.count;
	for (size_t i = 0; i < action->keys.count; i++)
		is_plain = is_plain && action->keys.items[i].len;
	if (is_plain && !has_arbiter(table, &action->keys))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, is_fit ? "42P10" : ""},
			"no unique index of %.*s is over the columns of ON CONFLICT",
			STR_ARG(world_name(judge->arena, table)));
}

/* ---- NOT NULL ---- */

/* What it is given: DEFAULT if it is not named. */
static ValueKind value_of(
	const WorldRelation *table, const Action *action, const WorldColumn *column)
{
	for (size_t i = 0; i < action->values.count; i++)
		if (target_of(table, action, i) == column)
			return action->values.items[i];
	return VALUE_DEFAULT;
}

/* Nothing but the columns' own constraints has a say in the row. */
static bool is_plain_table(const World *world, const WorldRelation *table)
{
	bool is_plain = table->kind == RELATION_TABLE &&
			!world_may_fire(world, table, TRIGGER_INSERT) && !table->rules.count &&
			!table->is_changed && !table->is_forced &&
			(!table->there || table->there->is_owned) && !world_is_partition(table);
	for (size_t i = 0; i < table->columns.count; i++)
		is_plain = is_plain && !table->columns.items[i].generated;
	return is_plain;
}

static void refuse_null(Judge *judge, const WorldRelation *table, const Action *action)
{
	for (size_t i = 0; is_plain_table(judge->world, table) && i < table->columns.count; i++) {
		const WorldColumn *column = &table->columns.items[i];
		ValueKind value = value_of(table, action, column);
		bool has_value = value == VALUE_DEFAULT ? column->has_default || column->identity
							: value != VALUE_NULL;
		if (!column->is_not_null || has_value || !column->name.len ||
			!builtin_type_is(column->type) /* a domain may have a default */)
			continue;
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "23502"},
			"%.*s is NOT NULL and is given no value",
			STR_ARG(judge_object(judge, table, column->name)));
		return;
	}
}

/* ---- all ---- */

static void judge_insert(Judge *judge, WorldRelation *table, const Action *action)
{
	bool is_plain = !action->options.returning &&
			(!action->options.on_conflict || action->options.on_conflict_nothing ||
				action->options.copies_excluded);
	bool is_fit = are_fit(judge, table, action);
	bool has_rows = action->values.count && !action->options.as_query;
	size_t *refusals = &judge->effect->refusals.count;
	refuse_twice(judge, table, action);
	if (!*refusals && action->options.uneven_rows)
		refuse_uneven(judge, action);
	else if (!*refusals && has_rows)
		refuse_count(judge, table, action);
	if (!*refusals)
		refuse_other_type(judge, table, action);
	if (!*refusals && is_fit)
		refuse_constraint(judge, table, action);
	if (!*refusals)
		refuse_fixed(judge, table, action, is_fit);
	if (table->is_vague) /* its indexes and constraints are not known */
		return;
	if (!*refusals)
		refuse_conflict(judge, table, action, is_fit);
	if (is_plain && is_fit && !*refusals)
		refuse_null(judge, table, action);
}

static void judge_update(Judge *judge, WorldRelation *table, const Action *action)
{
	refuse_other_type(judge, table, action);
	if (!judge->effect->refusals.count)
		refuse_fixed(judge, table, action, are_fit(judge, table, action));
}

/* The columns of the table that SELECT * reads, as values; none if they are not known. */
static ValueKinds values_of_source(const Judge *judge)
{
	const Facts *facts = judge->facts;
	WorldRelation *source = NULL;
	ValueKinds values = {0};
	size_t tables = 0;
	for (size_t i = 0; i < facts->uses.count; i++) {
		if (facts->uses.items[i].kind != USE_TABLE)
			continue;
		tables++;
		world_find(judge->world, facts->uses.items[i].name, &source);
	}
	bool is_known = tables == 1 && source && judge_knows(judge, source) && !source->is_loose;
	for (size_t i = 0; is_known && i < count_columns(source); i++)
		*vec_add(judge->arena, &values) = VALUE_OTHER;
	return values;
}

static const Action *with_values(Judge *judge, const Action *action)
{
	if (!action->options.takes_all)
		return action;
	Action *whole = arena_new(judge->arena, Action);
	*whole = *action;
	whole->values = values_of_source(judge);
	return whole;
}

void judge_values(Judge *judge, WorldRelation *table, const Action *action)
{
	bool is_table = table->kind == RELATION_TABLE || table->kind == RELATION_PARTITIONED;
	bool is_known = !table->hides_columns && !judge->world->is_opaque && is_table &&
			!(judge->facts->gaps & GAP_ROWS) && judge->facts->actions.count == 1;
	if (!is_known)
		return;
	if (action->kind == ACTION_INSERT)
		judge_insert(judge, table, with_values(judge, action));
	else if (action->kind == ACTION_UPDATE)
		judge_update(judge, table, action);
}
