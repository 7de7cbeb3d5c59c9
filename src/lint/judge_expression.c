/* What cannot be in the expressions of columns, constraints and indexes. */
#include "lint/judge.h"

#include "sql/type_change.h"
#include "sql/expression.h"

bool judge_query_in(Judge *judge, const WorldRelation *table, const Action *action, Str expression,
	const char *what)
{
	Names columns = {0};
	if (!expression_begins_with_query(judge->arena, expression, &columns))
		return false;
	for (size_t i = 0; i < columns.count; i++)
		if (!table || !world_column(table, columns.items[i]))
			return false;
	judge_refuse(judge, action, (Code){LINT_NOT_VALID, "0A000"}, "%s cannot contain a subquery",
		what);
	return judge->effect->refusals.count > 0;
}

/* The types of all of a new table's columns are looked up before. */
bool judge_default_text(Judge *judge, const WorldRelation *table, const Action *action)
{
	if (!judge_types_are_there(judge) ||
		judge_query_in(judge, NULL, action, action->expression, "a default"))
		return judge->effect->refusals.count == 0;
	if (expression_begins_with_column(action->expression))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "0A000"},
			"the default of %.*s cannot use a column",
			STR_ARG(judge_object(judge, table, action->name)));
	return judge->effect->refusals.count == 0;
}

static bool is_number(Judge *judge, Str type)
{
	static const Str numbers[] = {STR_INIT("integer"), STR_INIT("bigint"), STR_INIT("smallint"),
		STR_INIT("numeric"), STR_INIT("double precision")};
	Str name = type_canonical(judge->arena, type);
	return STR_IS_AMONG(name, numbers);
}

/* Of numbers they take any, and are looked up without a doubt. */
static bool calls_arithmetic(const Expression *read)
{
	static const Str names[] = {STR_INIT("round"), STR_INIT("abs"), STR_INIT("ceil"),
		STR_INIT("floor"), STR_INIT("trunc")};
	for (size_t i = 0; i < read->functions.count; i++)
		if (!STR_IS_AMONG(read->functions.items[i], names))
			return false;
	return true;
}

/* a * 2: nothing in it but the columns can be refused. */
static bool is_arithmetic(const Expression *read, Str expression)
{
	static const Str signs[] = {STR_INIT("+"), STR_INIT("-"), STR_INIT("*")};
	bool is_sign = !read->operators.count;
	for (size_t i = 0; read->operators.count && i < sizeof signs / sizeof *signs; i++)
		is_sign |= str_equal(read->operators.items[0], signs[i]);
	return is_sign && read->operators.count <= 1 && calls_arithmetic(read) &&
	       !read->types.count && !str_contains(expression, STR("'")) &&
	       !str_contains(expression, STR(" IS ")) && !str_contains(expression, STR("CASE"));
}

/* It is made of plain columns, not of another such, nor of itself. */
static bool uses_generated(Judge *judge, const WorldRelation *table, const Action *action)
{
	Expression read;
	bool is_used = false;
	if (!expression_read(judge->arena, action->expression, &read) ||
		!is_arithmetic(&read, action->expression))
		return false;
	for (size_t i = 0; i < read.columns.count; i++) {
		bool is_own = str_equal(read.columns.items[i], action->name);
		const WorldColumn *column = world_column(table, read.columns.items[i]);
		if ((!column && !is_own) || !is_number(judge, is_own ? action->type : column->type))
			return false;
		is_used |= is_own || column->generated;
	}
	return is_used;
}

bool judge_generated(Judge *judge, const WorldRelation *table, const Action *action)
{
	if (!judge_types_are_there(judge) ||
		judge_query_in(judge, table, action, action->expression, "a generated column"))
		return judge->effect->refusals.count == 0;
	if (uses_generated(judge, table, action))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P17"},
			"generated column %.*s cannot use another generated column",
			STR_ARG(judge_object(judge, table, action->name)));
	return judge->effect->refusals.count == 0;
}
