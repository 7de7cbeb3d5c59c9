/* CREATE INDEX, and what the elements of an index and of EXCLUDE may be: in the order in which the
 * server comes to it. */
#include "lint/judge.h"

#include "sql/builtin_type.h"
#include "sql/expression.h"

bool judge_index_column(Judge *judge, WorldRelation *table, const Action *action, Str name)
{
	if (world_is_system_column(name) && !world_column(table, name)) {
		judge_unknown(judge, UNKNOWN_OUTCOME); /* refused later on */
		return false;
	}
	const WorldColumn *column = judge_column(judge, table, action, name);
	return column && judge_class(judge, table, action, column, (ObjectName){0});
}

/* Functions that take columns of a type, and nothing is refused of them. */
typedef struct SureFunction {
	Str name, type;
	size_t columns;
} SureFunction;

static const SureFunction sure_functions[] = {{STR_INIT("lower"), STR_INIT("text"), 1},
	{STR_INIT("upper"), STR_INIT("text"), 1}, {STR_INIT("int4range"), STR_INIT("integer"), 2},
	{STR_INIT("int8range"), STR_INIT("bigint"), 2},
	{STR_INIT("numrange"), STR_INIT("numeric"), 2},
	{STR_INIT("daterange"), STR_INIT("date"), 2},
	{STR_INIT("tsrange"), STR_INIT("timestamp without time zone"), 2},
	{STR_INIT("tstzrange"), STR_INIT("timestamp with time zone"), 2}};

static bool takes_column(
	Judge *judge, const SureFunction *function, const WorldRelation *table, Str name)
{
	const WorldColumn *column = world_column(table, name);
	Str type = column ? type_canonical(judge->arena, column->type) : (Str){0};
	if (str_equal(function->type, STR("text")) && str_starts(type, STR("character varying")))
		return true;
	return str_equal(str_before(type, '('), function->type);
}

static bool is_sure_call(Judge *judge, const SureFunction *function, const WorldRelation *table,
	const ExpressionCall *call)
{
	size_t columns = 0;
	for (size_t i = 0; i < call->arguments.count; i++) {
		Str column = call->arguments.items[i];
		if (column.len && !takes_column(judge, function, table, column))
			return false;
		columns += column.len > 0;
	}
	return columns == function->columns && call->given <= columns + (columns > 1) &&
	       judge_is_built_in(judge, (ObjectName){.name = function->name});
}

/* One call, and nothing in it can be refused. */
static bool is_sure_expression(Judge *judge, const WorldRelation *table, Str expression)
{
	Expression read;
	if (!expression_read(judge->arena, expression, &read) || read.functions.count != 1 ||
		read.operators.count || read.types.count)
		return false;
	ExpressionCalls calls = expression_calls(judge->arena, expression);
	for (size_t i = 0; calls.count == 1 && i < read.columns.count; i++)
		if (!names_have(&calls.items[0].arguments, read.columns.items[i]))
			return false;
	for (size_t i = 0; i < sizeof sure_functions / sizeof *sure_functions; i++)
		if (calls.count == 1 && str_equal(calls.items[0].function, sure_functions[i].name))
			return is_sure_call(judge, &sure_functions[i], table, &calls.items[0]);
	return false;
}

/* Equality, and the overlap of ranges: any other operator may be refused before what comes next. */
static bool is_sure_operator(const Action *action, size_t index)
{
	if (action->kind != ACTION_ADD_EXCLUDE)
		return true;
	return index < action->other_columns.count &&
	       (str_equal(action->other_columns.items[index], STR("=")) ||
		       str_equal(action->other_columns.items[index], STR("&&")));
}

/* What INCLUDE adds is looked up after all keys, and has no class. */
static bool judge_included(Judge *judge, WorldRelation *table, const Action *action)
{
	for (size_t i = 0; i < action->keys.count; i++) {
		Str name = action->keys.items[i];
		if (!name.len || world_is_system_column(name)) /* refused later on */
			judge_unknown(judge, UNKNOWN_OUTCOME);
		else if (!judge_column(judge, table, action, name))
			return false;
	}
	return true;
}

bool judge_elements(Judge *judge, WorldRelation *table, const Action *action)
{
	for (size_t i = 0; i < action->columns.count; i++) {
		Str name = action->columns.items[i];
		const IndexElement *element = &action->elements.items[i];
		const WorldColumn *column = NULL;
		bool is_known = element->is_expression ? is_sure_expression(judge, table, name)
						       : !world_is_system_column(name);
		if (!is_known) {
			judge_unknown(judge, UNKNOWN_OUTCOME);
			return false;
		}
		if (!element->is_expression)
			column = judge_column(judge, table, action, name);
		if (!element->is_expression && !column)
			return false;
		if (!judge_class(judge, table, action, column, element->operator_class) ||
			!is_sure_operator(action, i))
			return false;
	}
	return judge_included(judge, table, action);
}

/* What a method cannot do is said before a column is looked for. */
static bool refuse_method(Judge *judge, const WorldRelation *table, const Action *action)
{
	static const struct {
		Str name;
		bool has_more, includes, excludes; /* columns; rows one by one */
	} methods[] = {{STR_INIT("hash"), false, false, true},
		{STR_INIT("spgist"), false, true, true}, {STR_INIT("gin"), true, false, false},
		{STR_INIT("gist"), true, true, true}, {STR_INIT("brin"), true, false, false}};
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
		bool is_more = action->columns.count > 1 && !methods[i].has_more;
		bool includes = action->keys.count && !methods[i].includes;
		bool excludes = action->kind == ACTION_ADD_EXCLUDE && !methods[i].excludes;
		if (!str_equal(methods[i].name, action->type) ||
			!(is_more || includes || excludes || action->options.unique))
			continue;
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "0A000"},
			"an index of %.*s by %.*s cannot %s",
			STR_ARG(world_name(judge->arena, table)), STR_ARG(action->type),
			action->options.unique ? "be unique"
			: includes             ? "INCLUDE columns"
			: is_more              ? "be over several columns"
					       : "EXCLUDE");
		return true;
	}
	return false;
}

bool judge_method(Judge *judge, const WorldRelation *table, const Action *action)
{
	return judge_method_name(judge, action) && !refuse_method(judge, table, action);
}

static size_t count_of(Str text, Str part)
{
	size_t count = 0;
	for (size_t i = 0; i + part.len <= text.len; i++)
		count += str_starts(str_skip(text, i), part);
	return count;
}

/* a IS NULL AND b IS NOT NULL, or a plain comparison. */
static bool is_sure_predicate(Judge *judge, const WorldRelation *table, const Action *action)
{
	Expression read;
	if (!expression_read(judge->arena, action->expression, &read) || read.functions.count ||
		read.types.count)
		return false;
	for (size_t i = 0; i < read.columns.count; i++)
		if (!world_column(table, read.columns.items[i]))
			return false;
	bool is_null_test = !read.operators.count &&
			    count_of(action->expression, STR(" NULL")) == read.columns.count;
	return is_null_test || judge_is_plain(judge, table, action);
}

/* The server reads them before all else. */
bool judge_has_sure_expressions(Judge *judge, WorldRelation *table, const Action *action)
{
	for (size_t i = 0; i < action->elements.count; i++)
		if (action->elements.items[i].is_expression &&
			!is_sure_expression(judge, table, action->columns.items[i]))
			return false;
	return !action->options.has_where || is_sure_predicate(judge, table, action);
}

/* The predicate is read first, then the expressions. */
static bool refuse_query(Judge *judge, const WorldRelation *table, const Action *action)
{
	if (action->options.has_where &&
		judge_query_in(judge, table, action, action->expression, "a predicate"))
		return true;
	if (action->options.has_where && !is_sure_predicate(judge, table, action))
		return false;
	for (size_t i = 0; i < action->elements.count; i++) {
		Str expression = action->columns.items[i];
		if (!action->elements.items[i].is_expression)
			continue;
		if (judge_query_in(judge, table, action, expression, "an index"))
			return true;
		if (!is_sure_expression(judge, table, expression))
			return false;
	}
	return false;
}

/* A column that is not there, or an operator class. */
static bool refuse_elements(Judge *judge, WorldRelation *table, const Action *action)
{
	if (!judge_has_sure_expressions(judge, table, action)) {
		for (size_t i = 0; i < action->columns.count; i++)
			if (!action->options.has_expressions &&
				!judge_index_column(judge, table, action, action->columns.items[i]))
				break;
		return judge->effect->refusals.count > 0;
	}
	if (!judge_method(judge, table, action))
		return true;
	judge_elements(judge, table, action);
	return judge->effect->refusals.count > 0;
}

static bool can_be_indexed(Judge *judge, const WorldRelation *table, const Action *action)
{
	Str name = world_name(judge->arena, table);
	if (table->kind == RELATION_VIEW || table->kind == RELATION_FOREIGN)
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"},
			"%.*s cannot be indexed", STR_ARG(name));
	else if (action->options.concurrently && table->kind == RELATION_PARTITIONED)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "0A000"},
			"%.*s is partitioned: CONCURRENTLY is for its partitions", STR_ARG(name));
	return judge->effect->refusals.count == 0;
}

/* Has a partition an index on the same columns? It may be taken instead of a new one. */
static bool has_alike_below(const WorldRelation *table, const Action *action)
{
	for (size_t i = 0; i < table->children.count; i++) {
		const WorldRelation *child = table->children.items[i];
		for (size_t j = 0; j < child->indexes.count; j++)
			if (child->indexes.items[j].keys.count == action->columns.count &&
				names_have(&child->indexes.items[j].keys, action->columns.items[0]))
				return true;
		if (has_alike_below(child, action))
			return true;
	}
	return false;
}

static void judge_build(Judge *judge, WorldRelation *table, const Action *action)
{
	bool is_btree = !action->type.len || str_equal(action->type, STR("btree"));
	if (action->options.unique || action->options.has_expressions ||
		action->options.has_where || action->options.operator_class || !is_btree)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	if (action->columns.count && has_alike_below(table, action))
		judge_unknown(judge, UNKNOWN_SCANS);
	if (action->options.concurrently)
		judge_unknown(judge, UNKNOWN_SCANS | UNKNOWN_OUTCOME);
	else
		judge_work(judge, table, action, WORK_BUILD, LINT_INDEX_BUILD);
}

void judge_create_index(Judge *judge, const Action *action)
{
	WorldRelation *table = judge_relation(judge, action, action->object, false);
	bool concurrently = action->options.concurrently;
	if (!table || !judge_owner(judge, table, action) || !can_be_indexed(judge, table, action))
		return;
	judge_lock(judge, table, action, concurrently ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_SHARE);
	if (refuse_query(judge, table, action) || refuse_elements(judge, table, action))
		return;
	judge_immutable(judge, table, action, action->expression);
	for (size_t i = 0; action->options.has_expressions && i < action->columns.count; i++)
		judge_immutable(judge, table, action, action->columns.items[i]);
	if (judge->effect->refusals.count)
		return;
	WorldRelation *other =
		action->name.len ? judge_taken(judge, table->schema, action->name) : NULL;
	if (other && action->options.if_not_exists)
		judge->effect->is_skipped = true;
	else if (other)
		judge_refuse_taken(judge, action, other);
	if (other)
		return;
	judge_build(judge, table, action);
}
