/* CREATE TRIGGER, in the order in which the server looks at it. */
#include "lint/judge.h"

#include "sql/expression.h"

static bool is_instead(const Action *action)
{
	return str_equal(action->type, STR("INSTEAD OF"));
}

/* Why a table of that kind cannot have it; NULL: it can. */
static const char *fault_of_kind(const WorldRelation *table, const Action *action)
{
	switch ((int)table->kind) {
	case RELATION_TABLE:
	case RELATION_PARTITIONED:
	case RELATION_FOREIGN:
		return is_instead(action) ? "is not a view: it has no INSTEAD OF triggers" : NULL;
	case RELATION_VIEW:
		if (action->options.for_each_row && !is_instead(action))
			return "is a view: its row triggers are INSTEAD OF";
		return action->options.on_truncate ? "is a view: it is not truncated" : NULL;
	default:
		return "has no triggers";
	}
}

static const char *fault_of_events(const Action *action)
{
	if (action->options.on_truncate && action->options.for_each_row)
		return "a TRUNCATE trigger is not for each row";
	if (!is_instead(action))
		return NULL;
	if (!action->options.for_each_row)
		return "an INSTEAD OF trigger is for each row";
	return action->options.has_when || action->columns.count
		       ? "an INSTEAD OF trigger has neither WHEN nor columns"
		       : NULL;
}

/* Nothing in it but the columns can be refused: OLD.a IS NULL, OLD.a IS DISTINCT FROM NEW.a. */
static bool is_simple_when(Judge *judge, const WorldRelation *table, const Action *action)
{
	Expression read;
	if (!expression_read(judge->arena, action->expression, &read) || read.functions.count ||
		read.types.count || read.operators.count > 1)
		return false;
	if (!read.operators.count)
		return true;
	const WorldColumn *column =
		read.columns.count ? world_column(table, read.columns.items[0]) : NULL;
	return column && read.columns.count == 2 &&
	       str_equal(read.columns.items[0], read.columns.items[1]) &&
	       (str_equal(column->type, STR("text")) || str_equal(column->type, STR("integer")) ||
		       str_equal(column->type, STR("bigint")));
}

static void judge_when(Judge *judge, WorldRelation *table, const Action *action)
{
	bool has_rows = action->options.for_each_row;
	bool is_misplaced =
		(action->options.reads_old && (action->options.on_insert || !has_rows)) ||
		(action->options.reads_new && (action->options.on_delete || !has_rows));
	if (!action->options.has_when)
		return;
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (table->kind == RELATION_VIEW)
		return;
	if (judge_expression(judge, table, action) == EXPRESSION_COLUMNS_THERE && is_misplaced &&
		is_simple_when(judge, table, action))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P17"},
			"WHEN of %.*s has a row that the event does not have",
			STR_ARG(action->name));
}

Presence judge_find_function(const Judge *judge, ObjectName name, const CatalogFunction **out)
{
	const World *world = judge->world;
	const Catalog *catalog = world->catalog;
	ObjectName bare = {.name = name.name};
	*out = NULL;
	if (!catalog || !catalog->is_complete || world->is_opaque ||
		str_map_find(&world->vague_names, name.name) ||
		(!name.schema.len && !world->knows_path))
		return PRESENCE_UNKNOWN;
	if (world_is_touched(world, OBJECT_FUNCTION, bare))
		return world_has_made(world, OBJECT_FUNCTION, bare) &&
				       world_has_made(world, OBJECT_TRIGGER, bare)
			       ? PRESENCE_THERE
			       : PRESENCE_UNKNOWN;
	for (size_t i = 0; i < catalog->functions.count; i++) {
		const CatalogFunction *function = &catalog->functions.items[i];
		if (function->arguments.len || !judge_reaches(judge, function, name))
			continue;
		*out = function;
		return PRESENCE_THERE;
	}
	return PRESENCE_ABSENT;
}

/* The plan has made it, and it returns something else. */
static bool is_made_for_others(const Judge *judge, ObjectName name)
{
	const World *world = judge->world;
	const Catalog *catalog = world->catalog;
	ObjectName bare = {.name = name.name};
	bool is_made = name.schema.len && world_has_made(world, OBJECT_ROUTINE, name);
	if (!catalog || world->is_opaque || !world_has_made(world, OBJECT_FUNCTION, bare) ||
		world_is_touched(world, OBJECT_TRIGGER, bare) ||
		str_map_find(&world->vague_names, name.name) ||
		(!name.schema.len && !world->knows_path))
		return false;
	for (size_t i = 0; i < catalog->functions.count; i++)
		if (!catalog->functions.items[i].arguments.len &&
			str_equal(catalog->functions.items[i].name, name.name))
			return false;
	for (size_t i = 0; !name.schema.len && i < world->path.count; i++)
		is_made |= world_has_made(
			world, OBJECT_ROUTINE, (ObjectName){world->path.items[i], name.name});
	return is_made;
}

static void refuse_result(Judge *judge, const Action *action)
{
	judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P17"},
		"function %.*s does not return trigger",
		STR_ARG(facts_qualified(judge->arena, action->other)));
}

static void judge_trigger_function(Judge *judge, const Action *action)
{
	const CatalogFunction *function;
	Str name = facts_qualified(judge->arena, action->other);
	Str schema = action->other.schema;
	switch (judge_find_function(judge, action->other, &function)) {
	case PRESENCE_THERE:
		if (function && function->kind == 'f' &&
			!str_equal(function->result, STR("trigger")))
			refuse_result(judge, action);
		break;
	case PRESENCE_ABSENT:
		if (schema.len && world_find_schema(judge->world, schema) == PRESENCE_ABSENT)
			judge_refuse(judge, action, (Code){LINT_MISSING, "3F000"}, "schema %.*s",
				STR_ARG(schema));
		else
			judge_refuse(judge, action, (Code){LINT_MISSING, "42883"},
				"function %.*s()", STR_ARG(name));
		break;
	case PRESENCE_UNKNOWN:
		judge_unknown(judge, UNKNOWN_OUTCOME);
		if (is_made_for_others(judge, action->other))
			refuse_result(judge, action);
		break;
	}
}

static void judge_place(Judge *judge, const WorldRelation *table, const Action *action)
{
	const char *fault = fault_of_kind(table, action);
	if (fault)
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"}, "%.*s %s",
			STR_ARG(world_name(judge->arena, table)), fault);
	else if ((fault = fault_of_events(action)) != NULL)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "0A000"}, "%s", fault);
}

void judge_create_trigger(Judge *judge, WorldRelation *table, const Action *action)
{
	effect_lock(judge->arena, judge->effect, table, LOCK_SHARE_ROW_EXCLUSIVE,
		table->kind == RELATION_PARTITIONED && action->options.for_each_row);
	if ((table->there && !table->there->is_owned) || table->kind != RELATION_TABLE ||
		action->options.has_transitions)
		judge_unknown(judge, UNKNOWN_OUTCOME); /* the privilege TRIGGER; kinds */
	judge_place(judge, table, action);
	if (!judge->effect->refusals.count)
		judge_when(judge, table, action);
	if (!judge->effect->refusals.count)
		judge_trigger_function(judge, action);
	if (judge->effect->refusals.count)
		return;
	if (names_have(&table->triggers, action->name) && !action->options.or_replace) {
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42710"}, "trigger %.*s of %.*s",
			STR_ARG(action->name), STR_ARG(world_name(judge->arena, table)));
		return;
	}
	for (size_t i = 0; i < action->columns.count && !judge->effect->refusals.count; i++)
		judge_column(judge, table, action, action->columns.items[i]);
}
