/* What an index or a generated column cannot be made of: functions and casts that are not
 * IMMUTABLE. */
#include "lint/judge.h"

#include "sql/type_change.h"
#include "sql/expression.h"

/* ---- functions, by their name alone ---- */

/* The server takes its body's place, which may be IMMUTABLE. */
static bool may_be_inlined(const CatalogFunction *function)
{
	return str_equal(function->language, STR("sql")) && !function->config.count &&
	       !function->is_definer;
}

/* None that the plan makes or alters under that name can be. */
static bool is_mutable_of_plan(const World *world, Str name, bool *found)
{
	for (size_t i = 0; i < world->functions.count; i++) {
		const WorldFunction *function = &world->functions.items[i];
		if (!str_equal(function->name.name, name))
			continue;
		if (function->is_gone || function->is_immutable || function->may_be_inlined)
			return false;
		*found = true;
	}
	return true;
}

static bool is_mutable(const Judge *judge, ObjectName name)
{
	const Catalog *catalog = judge->world->catalog;
	const World *world = judge->world;
	bool found = false;
	if (!catalog || !catalog->is_complete || world->is_opaque ||
		(!world->knows_path && !name.schema.len) ||
		str_map_find(&world->vague_names, name.name) ||
		!is_mutable_of_plan(world, name.name, &found))
		return false;
	for (size_t i = 0; i < catalog->functions.count; i++) {
		const CatalogFunction *function = &catalog->functions.items[i];
		if (!judge_reaches(judge, function, name))
			continue;
		if (function->volatility == 'i' || may_be_inlined(function))
			return false;
		found = true;
	}
	return found;
}

static Str find_mutable(const Judge *judge, Str expression)
{
	for (size_t i = 0; i < judge->facts->uses.count; i++) {
		const Use *use = &judge->facts->uses.items[i];
		if (judge_calls_in(expression, use) && is_mutable(judge, use->name))
			return use->name.name;
	}
	return (Str){0};
}

/* ---- functions and casts, by the columns' types ---- */

/* As format_type has it, without limits; empty: it is not known. */
static Str type_of_column(Judge *judge, const WorldRelation *table, Str name)
{
	const WorldColumn *column = world_column(table, name);
	Str type = column ? type_canonical(judge->arena, column->type) : (Str){0};
	return !str_contains(type, STR("[")) ? str_before(type, '(') : (Str){0};
}

/* Each argument that has a type has that of the function's: no other one has as many. */
static bool is_exact(
	Judge *judge, const WorldRelation *table, const ExpressionCall *call, Str arguments)
{
	Str rest = arguments, type;
	size_t known = 0;
	for (size_t i = 0; i < call->arguments.count; i++) {
		if (!rest.len || !str_next(&rest, ',', &type))
			return false;
		Str column = call->arguments.items[i];
		if (!column.len)
			continue;
		if (!str_equal(type_of_column(judge, table, column),
			    type_canonical(judge->arena, str_trim(type))))
			return false;
		known++;
	}
	return known && !rest.len;
}

/* May it be called with so many? The last one may stand for any number of them. */
static bool takes(const CatalogFunction *function, size_t count)
{
	Str rest = function->arguments, type = {0};
	size_t most = 0;
	for (; rest.len; most++)
		str_next(&rest, ',', &type);
	bool may_vary = str_ends(type, STR("[]")) || str_ends(type, STR("\"any\""));
	return may_vary || (count <= most && count + (size_t)function->defaults >= most);
}

/* Is each function of the name mutable that takes as many arguments? A type's name may be a cast.
 */
static bool calls_mutable_only(const Judge *judge, const ExpressionCall *call)
{
	const Catalog *catalog = judge->world->catalog;
	ObjectName name = {.name = call->function};
	bool found = false, may_cast = call->given == 1 && builtin_type_is(call->function);
	for (size_t i = 0; i < catalog->functions.count; i++) {
		const CatalogFunction *function = &catalog->functions.items[i];
		if (!judge_reaches(judge, function, name) || !takes(function, call->given))
			continue;
		if (function->volatility == 'i' || may_be_inlined(function))
			return false;
		found = true;
	}
	return found && !may_cast && !world_is_touched(judge->world, OBJECT_FUNCTION, name);
}

static bool calls_mutable(Judge *judge, const WorldRelation *table, const ExpressionCall *call)
{
	const Catalog *catalog = judge->world->catalog;
	const CatalogFunction *found = NULL;
	ObjectName name = {.name = call->function};
	size_t count = 0;
	for (size_t i = 0; i < catalog->functions.count; i++) {
		const CatalogFunction *function = &catalog->functions.items[i];
		if (function->kind != 'f' || !judge_reaches(judge, function, name) ||
			!is_exact(judge, table, call, function->arguments))
			continue;
		found = function;
		count++;
	}
	return count == 1 && found->volatility != 'i' && !may_be_inlined(found) &&
	       !world_is_touched(judge->world, OBJECT_FUNCTION, name);
}

/* They hang on TimeZone or DateStyle, in all versions. */
static bool is_mutable_cast(Str from, Str to)
{
	static const struct {
		Str from, to;
	} casts[] = {{STR_INIT("timestamp with time zone"), STR_INIT("date")},
		{STR_INIT("timestamp with time zone"), STR_INIT("text")},
		{STR_INIT("timestamp with time zone"), STR_INIT("character varying")},
		{STR_INIT("timestamp with time zone"), STR_INIT("timestamp without time zone")},
		{STR_INIT("timestamp without time zone"), STR_INIT("timestamp with time zone")},
		{STR_INIT("timestamp without time zone"), STR_INIT("text")},
		{STR_INIT("date"), STR_INIT("timestamp with time zone")},
		{STR_INIT("date"), STR_INIT("text")}, {STR_INIT("text"), STR_INIT("date")},
		{STR_INIT("text"), STR_INIT("timestamp with time zone")},
		{STR_INIT("text"), STR_INIT("timestamp without time zone")}};
	for (size_t i = 0; i < sizeof casts / sizeof *casts; i++)
		if (str_equal(casts[i].from, from) && str_equal(casts[i].to, to))
			return true;
	return false;
}

static bool casts_mutably(Judge *judge, const WorldRelation *table, const ExpressionCall *call)
{
	Str type = type_canonical(judge->arena, call->type);
	Str column = call->arguments.count ? call->arguments.items[0] : (Str){0};
	return column.len && !judge->world->has_new_classes && !str_contains(type, STR("[")) &&
	       is_mutable_cast(type_of_column(judge, table, column), str_before(type, '('));
}

/* A condition with a constant in it may be left out. */
static bool may_be_left_out(Str expression)
{
	static const Str words[] = {
		STR_INIT("true"), STR_INIT("false"), STR_INIT("NULL"), STR_INIT("CASE")};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_contains(expression, words[i]))
			return true;
	return false;
}

static Str find_mutable_call(Judge *judge, const WorldRelation *table, Str expression)
{
	const World *world = judge->world;
	bool is_known = world->catalog && world->catalog->is_complete && world->knows_path &&
			!world->is_opaque && !table->is_loose && !may_be_left_out(expression);
	ExpressionCalls calls = {0};
	if (is_known)
		calls = expression_calls(judge->arena, expression);
	for (size_t i = 0; i < calls.count; i++) {
		const ExpressionCall *call = &calls.items[i];
		if (call->function.len &&
			(calls_mutable(judge, table, call) || calls_mutable_only(judge, call)))
			return str_format(judge->arena, "%.*s()", STR_ARG(call->function));
		if (call->type.len && casts_mutably(judge, table, call))
			return str_format(judge->arena, "the cast of %.*s to %.*s",
				STR_ARG(call->arguments.items[0]), STR_ARG(call->type));
	}
	return (Str){0};
}

/* The server has not been asked whether one of the plan takes what it is given. */
static bool is_surely_called(Judge *judge, const WorldRelation *table, Str expression, Str name)
{
	const World *world = judge->world;
	if (!world_has_made(world, OBJECT_FUNCTION, (ObjectName){.name = name}))
		return true;
	ExpressionCalls calls = expression_calls(judge->arena, expression);
	for (size_t i = 0; i < calls.count; i++)
		for (size_t j = 0; j < world->functions.count; j++)
			if (calls.count == 1 && str_equal(calls.items[i].function, name) &&
				str_equal(world->functions.items[j].name.name, name) &&
				is_exact(judge, table, &calls.items[i],
					world->functions.items[j].arguments))
				return true;
	return false;
}

void judge_immutable(Judge *judge, const WorldRelation *table, const Action *action, Str expression)
{
	Str name = find_mutable(judge, expression);
	bool is_sure = !name.len || is_surely_called(judge, table, expression, name);
	name = name.len ? str_format(judge->arena, "%.*s()", STR_ARG(name))
			: find_mutable_call(judge, table, expression);
	if (name.len && !judge->effect->refusals.count)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, is_sure ? "42P17" : ""},
			"an index or a generated column is made of what is IMMUTABLE, and %.*s is "
			"not",
			STR_ARG(name));
}
