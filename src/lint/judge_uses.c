/* Names that a statement uses without changing what they name. */
#include "lint/judge.h"

#include "sql/builtin_type.h"

static bool is_on_path(const World *world, Str schema)
{
	return str_equal(schema, STR("pg_catalog")) || names_have(&world->path, schema);
}

static bool is_named(const CatalogFunction *function, ObjectName name)
{
	return str_equal(function->name, name.name) &&
	       (!name.schema.len || str_equal(function->schema, name.schema));
}

bool judge_is_built_in(const Judge *judge, ObjectName name)
{
	const Catalog *catalog = judge->world->catalog;
	bool found = false;
	for (size_t i = 0; catalog && i < catalog->functions.count; i++) {
		const CatalogFunction *function = &catalog->functions.items[i];
		if (!is_named(function, name))
			continue;
		if (!str_equal(function->schema, STR("pg_catalog")))
			return false;
		found = true;
	}
	return found &&
	       !world_has_made(judge->world, OBJECT_FUNCTION, (ObjectName){.name = name.name});
}

/* A type's name is called, too, to cast to it; made by the plan: under any schema. */
static bool may_be_function(const Judge *judge, ObjectName name)
{
	const World *world = judge->world;
	const CatalogType *type;
	ObjectName bare = {.name = name.name};
	if (world_is_touched(world, OBJECT_FUNCTION, bare) ||
		str_map_find(&world->vague_names, name.name) ||
		world_find_type(world, name, &type) != PRESENCE_ABSENT)
		return true;
	for (size_t i = 0; i < world->catalog->functions.count; i++) {
		const CatalogFunction *function = &world->catalog->functions.items[i];
		if (is_named(function, name) &&
			(name.schema.len || is_on_path(world, function->schema)))
			return true;
	}
	return false;
}

static void judge_table(Judge *judge, const Action *action, ObjectName name)
{
	WorldRelation *table;
	Presence presence = world_find(judge->world, name, &table);
	if (presence == PRESENCE_THERE)
		judge_unfilled(judge, table, action);
	else if (presence == PRESENCE_ABSENT)
		judge_refuse(judge, action, (Code){LINT_MISSING, "42P01"}, "relation %.*s",
			STR_ARG(facts_qualified(judge->arena, name)));
}

static void judge_function(Judge *judge, const Action *action, ObjectName name)
{
	if (!may_be_function(judge, name) && !judge_no_schema(judge, action, name.schema))
		judge_refuse(judge, action, (Code){LINT_MISSING, "42883"}, "function %.*s",
			STR_ARG(facts_qualified(judge->arena, name)));
}

/* What is no type: a serial column's, and words that options have as values. */
static bool is_pseudo(Str name)
{
	static const Str words[] = {STR_INIT("off"), STR_INIT("yes"), STR_INIT("no"),
		STR_INIT("auto"), STR_INIT("none"), STR_INIT("local"), STR_INIT("cascaded")};
	return STR_IS_AMONG(name, words) || builtin_type_is_serial(name) ||
	       str_contains(name, STR("%"));
}

static void judge_type(Judge *judge, const Action *action, ObjectName name)
{
	const CatalogType *type;
	if (is_pseudo(name.name) || str_contains(judge->text, STR("%")) ||
		world_find_type(judge->world, name, &type) != PRESENCE_ABSENT)
		return;
	if (!judge_no_schema(judge, action, name.schema))
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "type %.*s",
			STR_ARG(facts_qualified(judge->arena, name)));
}

static bool are_types_there(const Judge *judge)
{
	const CatalogType *type;
	for (size_t i = 0; i < judge->facts->uses.count; i++) {
		const Use *use = &judge->facts->uses.items[i];
		if (use->kind == USE_TYPE && !use->in_function &&
			world_find_type(judge->world, use->name, &type) != PRESENCE_THERE)
			return false;
	}
	return true;
}

bool judge_types_are_there(const Judge *judge)
{
	return !str_contains(judge->text, STR("%")) && are_types_there(judge);
}

/* Of a body: it is read after what the function is declared with. */
static bool is_looked_up(const Judge *judge, const Use *use)
{
	return use->is_declared ? !judge->world->skips_bodies && are_types_there(judge)
				: !use->in_function;
}

void judge_uses(Judge *judge)
{
	const World *world = judge->world;
	bool is_read = world->catalog && world->catalog->is_complete && !world->is_opaque;
	for (size_t i = 0; is_read && i < judge->facts->uses.count; i++) {
		const Use *use = &judge->facts->uses.items[i];
		if (!is_looked_up(judge, use) || judge->effect->refusals.count)
			continue;
		const Action *action = &judge->facts->actions.items[0];
		if (use->is_declared && judge_no_schema(judge, action, use->name.schema))
			continue;
		if (use->kind == USE_TABLE)
			judge_table(judge, action, use->name);
		else if (use->kind == USE_FUNCTION)
			judge_function(judge, action, use->name);
		else if (action->kind != ACTION_SET_OPTIONS && action->kind != ACTION_OTHER)
			judge_type(judge, action, use->name);
		if (judge->effect->refusals.count)
			judge->effect->refusals.items[0].offset = use->offset;
	}
}
