/* ALTER COLUMN TYPE from one enum to another: there is no cast between the two, and what was made
 * with the labels of the old one is not of the new one. */
#include "lint/judge.h"

#include "sql/type_change.h"

static bool is_made_by_cast(const World *world, ObjectName type)
{
	const CatalogType *known;
	bool is_there = world_find_type(world, type, &known) == PRESENCE_THERE;
	if (is_there && !known)
		known = world_renamed_type(world, type);
	return (known && known->has_cast) || world->has_new_classes ||
	       world_has_made(world, OBJECT_CAST, (ObjectName){.name = type.name});
}

/* The files need not name the type, and then the catalogue has it with the column alone. */
static bool is_enum_there(const Judge *judge, const WorldRelation *table, const WorldColumn *column)
{
	const CatalogColumn *there = catalog_column(table->there, column->name);
	ObjectName type = judge_type_name(column->type);
	return there && there->number == column->number && there->type_kind == 'e' &&
	       !world_is_touched(judge->world, OBJECT_TYPE, type);
}

static bool is_of_enum(const Judge *judge, const WorldRelation *table, const WorldColumn *column,
	const Action *action)
{
	const World *world = judge->world;
	return !world->is_opaque && !column->is_changed && !column->has_new_type &&
	       column->number && !str_contains(column->type, STR("[")) &&
	       !str_contains(action->type, STR("[")) &&
	       (is_enum_there(judge, table, column) ||
		       world_is_enum(world, world_type_name(world, judge_type_name(column->type))));
}

/* Both are surely enums, other ones, and nobody has made a cast. */
static bool is_swap(const Judge *judge, const WorldRelation *table, const WorldColumn *column,
	const Action *action)
{
	const World *world = judge->world;
	ObjectName from = world_type_name(world, judge_type_name(column->type));
	ObjectName to = world_type_name(world, judge_type_name(action->type));
	return is_of_enum(judge, table, column, action) && !facts_same_object(from, to) &&
	       world_is_enum(world, to) && !is_made_by_cast(world, to);
}

static bool is_cast_of(const Judge *judge, const Action *action, const char *through)
{
	return str_equal(
		action->expression, str_format(judge->arena, "%.*s%s::%.*s", STR_ARG(action->name),
					    through, STR_ARG(action->type)));
}

static bool has_number(const Numbers *numbers, int64_t number)
{
	for (size_t i = 0; i < numbers->count; i++)
		if (numbers->items[i] == number)
			return true;
	return false;
}

/* A CHECK, or an index's predicate, that compares the column with labels of the old type. */
static Str find_comparison(const WorldRelation *table, int64_t number)
{
	const CatalogRelation *there = table->there;
	for (size_t i = 0; i < there->constraints.count; i++)
		if (has_number(&there->constraints.items[i].compares, number) &&
			judge_has_constraint(table, there->constraints.items[i].oid))
			return there->constraints.items[i].name;
	for (size_t i = 0; i < there->indexes.count; i++)
		if (has_number(&there->indexes.items[i].compares, number) &&
			judge_has_index(table, there->indexes.items[i].oid))
			return there->indexes.items[i].name;
	return (Str){0};
}

static void refuse_cast(
	Judge *judge, const Action *action, const char *sqlstate, const WorldColumn *column)
{
	judge_refuse(judge, action, (Code){LINT_NOT_VALID, sqlstate},
		"one enum is cast to another by way of text: USING %.*s::text::%.*s",
		STR_ARG(column->name), STR_ARG(action->type));
}

bool judge_enum_cast(
	Judge *judge, const WorldRelation *table, const WorldColumn *column, const Action *action)
{
	if (!table->there || table->is_loose || !is_swap(judge, table, column, action))
		return false;
	if (judge_is_bare(action))
		refuse_cast(judge, action, "42804", column);
	else if (is_cast_of(judge, action, ""))
		refuse_cast(judge, action, "42846", column);
	else if (column->has_default && !column->generated && is_cast_of(judge, action, "::text"))
		judge_refuse(judge, action, (Code){LINT_DEFAULT_CAST, "42804"}, "%.*s",
			STR_ARG(action->type));
	return judge->effect->refusals.count > 0;
}

/* To another enum by way of text, or to a text: the values are taken, whatever compares them. */
static bool is_taken(const Judge *judge, const WorldRelation *table, const WorldColumn *column,
	const Action *action)
{
	if (type_is_text(judge->arena, action->type))
		return is_of_enum(judge, table, column, action) && !judge->world->has_new_classes &&
		       (judge_is_bare(action) || is_cast_of(judge, action, ""));
	return is_swap(judge, table, column, action) && is_cast_of(judge, action, "::text");
}

bool judge_enum_comparison(
	Judge *judge, const WorldRelation *table, const WorldColumn *column, const Action *action)
{
	if (!table->there || table->kind != RELATION_TABLE || table->is_loose ||
		!is_taken(judge, table, column, action))
		return false;
	Str name = find_comparison(table, column->number);
	if (name.len)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42883"},
			"%.*s compares %.*s with labels of its old type", STR_ARG(name),
			STR_ARG(judge_object(judge, table, column->name)));
	return judge->effect->refusals.count > 0;
}
