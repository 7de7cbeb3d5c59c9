/* What CREATE TABLE and ADD COLUMN say that cannot be. */
#include "lint/judge.h"

#include "sql/type_change.h"
#include "sql/builtin_type.h"
#include "sql/expression.h"

bool judge_is_no_number(const Judge *judge, Str type)
{
	static const Str others[] = {STR_INIT("text"), STR_INIT("uuid"), STR_INIT("numeric"),
		STR_INIT("boolean"), STR_INIT("date"), STR_INIT("json"), STR_INIT("jsonb"),
		STR_INIT("real"), STR_INIT("double precision"), STR_INIT("character varying"),
		STR_INIT("timestamp with time zone"), STR_INIT("timestamp without time zone")};
	return STR_IS_AMONG(str_before(type_canonical(judge->arena, type), '('), others);
}

/* More than one source of values, or NULL and NOT NULL. */
static bool is_contradictory(const Action *action)
{
	int sources = action->options.has_default + action->options.identity +
		      action->options.generated + builtin_type_is_serial(action->type);
	return sources > 1 || action->options.contradicts_null;
}

/* A default's own faults come first. */
static bool leaves_out_children(const WorldRelation *table, const Action *action)
{
	return action->options.only && !action->options.nested && world_has_children(table) &&
	       !action->options.has_default && !action->options.generated;
}

bool judge_new_column(Judge *judge, WorldRelation *table, const Action *action)
{
	Str name = judge_object(judge, table, action->name);
	if (is_contradictory(action))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42601"},
			"%.*s is declared in two ways that contradict each other", STR_ARG(name));
	else if (action->options.identity && judge_is_no_number(judge, action->type))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "22023"},
			"%.*s is an identity, and its type is not an integer type", STR_ARG(name));
	else if (!action->options.nested && world_is_partition(table))
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"},
			"%.*s is a partition: its parent has to have the column",
			STR_ARG(world_name(judge->arena, table)));
	else if (action->options.nested && table->parents.count)
		judge_unknown(judge, UNKNOWN_OUTCOME); /* it may be the parent's */
	else if (world_is_system_column(action->name) || world_column(table, action->name))
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42701"}, "%.*s", STR_ARG(name));
	else if (leaves_out_children(table, action))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P16"},
			"%.*s must be added to the tables that inherit, too", STR_ARG(name));
	return judge->effect->refusals.count == 0;
}

static bool brings(Judge *judge, const Action *like, Str name)
{
	WorldRelation *from;
	if (world_find(judge->world, like->other, &from) == PRESENCE_THERE && !from->hides_columns)
		return world_column(from, name) != NULL;
	judge_unknown(judge, UNKNOWN_OUTCOME);
	return true;
}

/* A column of the same CREATE TABLE. */
static bool declares(Judge *judge, Str name)
{
	for (size_t i = 0; i < judge->facts->actions.count; i++) {
		const Action *part = &judge->facts->actions.items[i];
		if ((part->kind == ACTION_LIKE && brings(judge, part, name)) ||
			(part->kind == ACTION_ADD_COLUMN && str_equal(part->name, name)))
			return true;
	}
	return false;
}

void judge_new_table(Judge *judge, const Action *action)
{
	bool brings_others = action->other.name.len || action->options.typed;
	for (size_t i = 0; i < action->keys.count && !brings_others; i++) {
		Str key = action->keys.items[i];
		if (!key.len)
			judge_unknown(judge, UNKNOWN_OUTCOME);
		else if (!declares(judge, key)) {
			judge_refuse(judge, action, (Code){LINT_MISSING, "42703"}, "column %.*s",
				STR_ARG(key));
			return;
		}
	}
}

/* The row as a whole, or what each table has. */
static bool is_row(const WorldRelation *table, Str name)
{
	return world_is_system_column(name) || str_equal(name, table->name) ||
	       str_equal(name, STR("old")) || str_equal(name, STR("new"));
}

/* row.name is also a call of the function `name`. */
static bool may_be_call(Arena *arena, Str expression, Str name)
{
	return str_contains(expression, str_format(arena, ".%.*s", STR_ARG(name))) ||
	       str_contains(
		       expression, str_format(arena, ".%.*s", STR_ARG(str_sql_name(arena, name))));
}

ExpressionFinding judge_expression(Judge *judge, WorldRelation *table, const Action *action)
{
	Expression read;
	bool is_first; /* nothing is looked up before the columns are */
	if (!expression_read(judge->arena, action->expression, &read))
		return EXPRESSION_UNKNOWN;
	is_first = read.functions.count + read.operators.count <= 1 && !read.types.count;
	for (size_t i = 0; i < read.columns.count; i++) {
		if (world_column(table, read.columns.items[i]))
			continue;
		if (is_row(table, read.columns.items[i]) || !is_first ||
			!judge_knows(judge, table) ||
			may_be_call(judge->arena, action->expression, read.columns.items[i]))
			return EXPRESSION_UNKNOWN;
		judge_column(judge, table, action, read.columns.items[i]);
		return EXPRESSION_REFUSED;
	}
	return EXPRESSION_COLUMNS_THERE;
}
