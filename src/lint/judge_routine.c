/* Functions and procedures that a statement names without calling them: is there one of these
 * arguments, and if they are not said, only one? */
#include "lint/judge.h"

#include "sql/type_change.h"

bool judge_is_routine(ObjectKind kind)
{
	return kind == OBJECT_FUNCTION || kind == OBJECT_PROCEDURE || kind == OBJECT_ROUTINE;
}

/* One of the catalogue, or of the plan. */
typedef struct Candidate {
	Str schema, arguments;
	bool is_procedure;
} Candidate;

typedef VEC(Candidate) Candidates;

static bool has_other_type(Arena *arena, Str a, Str b)
{
	static const Str sure[] = {STR_INIT("smallint"), STR_INIT("integer"), STR_INIT("bigint"),
		STR_INIT("numeric"), STR_INIT("real"), STR_INIT("double precision"),
		STR_INIT("text"), STR_INIT("character varying"), STR_INIT("boolean"),
		STR_INIT("uuid"), STR_INIT("date"), STR_INIT("json"), STR_INIT("jsonb"),
		STR_INIT("bytea"), STR_INIT("timestamp with time zone"),
		STR_INIT("timestamp without time zone")};
	Str one = type_canonical(arena, str_trim(a)), other = type_canonical(arena, str_trim(b));
	return STR_IS_AMONG(one, sure) && STR_IS_AMONG(other, sure) && !str_equal(one, other);
}

/* Are they surely not the same? Types with limits are not looked into. */
static bool are_others(Arena *arena, Str a, Str b)
{
	Str one, other;
	if (str_contains(a, STR("(")) || str_contains(b, STR("(")))
		return false;
	while (a.len && b.len) {
		str_next(&a, ',', &one);
		str_next(&b, ',', &other);
		if (has_other_type(arena, one, other))
			return true;
	}
	return a.len || b.len;
}

/* Nothing has the name now that has not had it before, or been made under it. */
static bool is_name_known(const World *world, ObjectName name)
{
	const Catalog *catalog = world->catalog;
	bool is_sure = catalog && catalog->is_complete && !catalog->is_assumed && !world->is_opaque;
	if (!is_sure || str_map_find(&world->vague_names, name.name))
		return false;
	return name.schema.len ? world_find_schema(world, name.schema) == PRESENCE_THERE
			       : world->knows_path;
}

static void add_candidate(Judge *judge, Candidates *out, ObjectName name, Candidate one)
{
	if (!name.schema.len || !one.schema.len || str_equal(name.schema, one.schema))
		*vec_add(judge->arena, out) = one;
}

/* All that may have the name, in whatever schema if none is given. */
static Candidates find_candidates(Judge *judge, ObjectName name)
{
	const World *world = judge->world;
	Candidates out = {0};
	for (size_t i = 0; i < world->catalog->functions.count; i++) {
		const CatalogFunction *one = &world->catalog->functions.items[i];
		if (str_equal(one->name, name.name))
			add_candidate(judge, &out, name,
				(Candidate){one->schema, one->arguments, one->kind == 'p'});
	}
	for (size_t i = 0; i < world->functions.count; i++) {
		const WorldFunction *one = &world->functions.items[i];
		if (str_equal(one->name.name, name.name) && !one->is_gone)
			add_candidate(judge, &out, name,
				(Candidate){one->name.schema, one->arguments, one->is_procedure});
	}
	return out;
}

/* Is one of the name dropped? Which of them is not asked. */
static bool is_one_gone(const World *world, Str name)
{
	for (size_t i = 0; i < world->functions.count; i++)
		if (world->functions.items[i].is_gone &&
			str_equal(world->functions.items[i].name.name, name))
			return true;
	return false;
}

static bool may_mean(const Judge *judge, const Action *action, const Candidate *one)
{
	Str schema = action->object.schema;
	bool is_reached = schema.len ? str_equal(one->schema, schema)
				     : str_equal(one->schema, STR("pg_catalog")) ||
					       names_have(&judge->world->path, one->schema);
	return is_reached &&
	       (action->object_kind == OBJECT_ROUTINE ||
		       one->is_procedure == (action->object_kind == OBJECT_PROCEDURE));
}

/* Are there two that surely have other arguments than each other? */
static bool are_several(Judge *judge, const Action *action, const Candidates *all)
{
	for (size_t i = 0; i < all->count; i++)
		for (size_t j = 0; j < i; j++)
			if (may_mean(judge, action, &all->items[i]) &&
				may_mean(judge, action, &all->items[j]) &&
				are_others(judge->arena, all->items[i].arguments,
					all->items[j].arguments))
				return true;
	return false;
}

static bool is_none(Judge *judge, const Action *action, const Candidates *all)
{
	for (size_t i = 0; i < all->count; i++)
		if (!are_others(judge->arena, all->items[i].arguments, action->arguments))
			return false;
	return true;
}

bool judge_routine(Judge *judge, const Action *action)
{
	const World *world = judge->world;
	bool is_named = judge_is_routine(action->object_kind) && action->object.name.len &&
			!action->options.all;
	if (!is_named || !is_name_known(world, action->object))
		return true;
	Candidates all = find_candidates(judge, action->object);
	Str name = facts_qualified(judge->arena, action->object);
	if (action->options.any_arguments && all.count &&
		!is_one_gone(world, action->object.name) && are_several(judge, action, &all))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42725"},
			"several functions are named %.*s: say which by its arguments",
			STR_ARG(name));
	else if (!action->options.any_arguments && !action->options.if_exists &&
		 action->object_kind == OBJECT_FUNCTION && judge_types_are_there(judge) &&
		 is_none(judge, action, &all))
		judge_refuse(judge, action, (Code){LINT_MISSING, "42883"}, "function %.*s(%.*s)",
			STR_ARG(name), STR_ARG(action->arguments));
	return judge->effect->refusals.count == 0;
}
