/* Questions about each row that a statement writes: does it lack a value, violate a check, or have
 * a value that does not fit? */
#include "preflight/evaluable.h"
#include "preflight/type_limit.h"
#include "preflight/writing.h"
#include "sql/expression.h"

/* ---- NOT NULL ---- */

/* Where all constants are NULL lint says so; here it depends on which rows there are. */
static void ask_null(const Writing *writing, const CatalogColumn *column)
{
	Arena *arena = writing->finder->arena;
	Columns columns = {0};
	*vec_add(arena, &columns) = column;
	Rows rows = writing_gather(writing, &columns, true);
	bool is_written = writing->event == TRIGGER_INSERT || writing_value(writing, 0, column);
	bool is_open = writing->source.len || (rows.nulls && rows.nulls < writing->rows.rows.count);
	if (!is_written || !is_open || !rows.query.rows.count)
		return;
	Question *question = writing_add(writing, QUESTION_ROW_NULL, column->name);
	finder_finish(question, writing_check_types(&columns),
		query_row(arena, &rows.query, STR("v.c0 IS NULL")));
}

/* ---- CHECK ---- */

static Columns columns_of(const Writing *writing, const Names *names)
{
	Columns columns = {0};
	for (size_t i = 0; i < names->count; i++) {
		const CatalogColumn *column = catalog_column(writing->table, names->items[i]);
		bool is_there = !column;
		for (size_t j = 0; j < columns.count && !is_there; j++)
			is_there = columns.items[j] == column;
		if (!is_there)
			*vec_add(writing->finder->arena, &columns) = column;
	}
	return columns;
}

/* UPDATE changes nothing that it is about; what is not valid is looked at all the same. */
static bool is_kept(
	const Writing *writing, const CatalogConstraint *constraint, const Columns *columns)
{
	bool is_kept = writing->event == TRIGGER_UPDATE && constraint->is_valid;
	for (size_t i = 0; i < columns->count; i++)
		is_kept = is_kept && !writing_value(writing, 0, columns->items[i]) &&
			  !columns->items[i]->generated;
	return is_kept;
}

/* One of the plan is there as it is written. */
static Doubt read_check(const Writing *writing, const CatalogConstraint *constraint,
	Str *expression, Names *columns)
{
	Finder finder = *writing->finder;
	finder.table = writing->table;
	if (!constraint->oid) {
		*expression = constraint->definition;
		return evaluable_check_columns(&finder, *expression, columns);
	}
	const Action *check =
		constraint->definition.len ? finder_read_constraint(&finder, constraint) : NULL;
	if (!check)
		return DOUBT_NOT_ASKED;
	*expression = check->expression;
	return evaluable_check_stored(&finder, *expression, columns);
}

static void ask_check(const Writing *writing, const CatalogConstraint *constraint)
{
	Arena *arena = writing->finder->arena;
	Names names = {0};
	Str expression = {0};
	Doubt doubt = read_check(writing, constraint, &expression, &names);
	Columns columns = columns_of(writing, &names);
	Rows rows = writing_gather(writing, &columns, true);
	if (is_kept(writing, constraint, &columns) ||
		(doubt == DOUBT_NONE && !rows.query.rows.count))
		return;
	if (doubt == DOUBT_NONE)
		doubt = writing_check_types(&columns);
	Question *question = writing_add(writing, QUESTION_ROW_CHECK, expression);
	question->other = constraint->name;
	question->otherwise = rows.unknown ? DOUBT_NOT_CONSTANT : DOUBT_NONE;
	rows.query.names = rows.query.columns;
	finder_finish(question, doubt,
		doubt == DOUBT_NONE ? query_row(arena, &rows.query,
					      str_format(arena, "NOT (%.*s)", STR_ARG(expression)))
				    : (QuestionSql){0});
}

/* ---- values that do not fit ---- */

/* A column of the source that has the same type. */
static bool is_copied(const Writing *writing, Str value, Str type)
{
	const CatalogColumn *column = writing_copied(writing, value);
	return column && str_equal(column->type, type);
}

static Names doubtful_values(const Writing *writing, const CatalogColumn *column, long limit)
{
	Arena *arena = writing->finder->arena;
	Names values = {0};
	for (size_t row = 0; row < writing->rows.rows.count; row++) {
		const NewValue *value = writing_value(writing, row, column);
		if (!value || writing_know(writing, row, column) != KNOWN_VALUE)
			continue;
		bool is_computed = value->kind == NEW_VALUE_COMPUTED;
		if ((is_computed || type_limit_may_refuse(value->sql, column->type)) &&
			!is_copied(writing, value->sql, column->type))
			*vec_add(arena, &values) = str_format(arena, "CAST(%.*s AS %.*s)",
				STR_ARG(value->sql), STR_ARG(limit ? STR("text") : column->type));
	}
	return values;
}

static void ask_value(const Writing *writing, const CatalogColumn *column)
{
	Arena *arena = writing->finder->arena;
	long limit = type_limit_length(column->type);
	Names values = doubtful_values(writing, column, limit);
	RowsQuery source = {.source = writing->source, .condition = writing->rows.source.condition};
	if (!values.count)
		return;
	Question *question = writing_add(writing, QUESTION_ROW_VALUE, column->name);
	question->type = column->type;
	question->is_raised = !limit;
	question->is_precise = false;
	Str condition = query_too_long(arena, limit);
	finder_finish(question, DOUBT_NONE, query_values(arena, &source, &values, condition));
}

/* ---- values that cannot be computed ---- */

/* Does it call or convert something, of which not every value may be taken? */
static bool may_raise(const Writing *writing, Str sql)
{
	ARENA_SCRATCH(scratch);
	static const Str harmless[] = {STR_INIT("now"), STR_INIT("transaction_timestamp"),
		STR_INIT("lower"), STR_INIT("upper"), STR_INIT("btrim"), STR_INIT("concat")};
	Expression expression;
	if (!expression_read(&scratch, sql, &expression))
		return false;
	bool found = expression.types.count > 0;
	for (size_t i = 0; i < expression.functions.count && !found; i++)
		found = !STR_IS_AMONG(expression.functions.items[i], harmless);
	return found && !writing_copied(writing, sql);
}

/* Before the column's own type has a say. */
static void ask_computed(const Writing *writing, const CatalogColumn *column)
{
	Arena *arena = writing->finder->arena;
	const NewValue *value = writing->rows.rows.count ? writing_value(writing, 0, column) : NULL;
	RowsQuery source = {.source = writing->source, .condition = writing->rows.source.condition};
	if (!value || value->kind != NEW_VALUE_COMPUTED ||
		writing_know(writing, 0, column) != KNOWN_VALUE || !may_raise(writing, value->sql))
		return;
	Names values = {0};
	*vec_add(arena, &values) = value->sql;
	Question *question = writing_add(writing, QUESTION_ROW_VALUE, column->name);
	question->type = column->type;
	question->is_raised = true;
	question->is_precise = false;
	finder_finish(question, DOUBT_NONE,
		query_values(arena, &source, &values, query_too_long(arena, 0)));
}

/* ---- values of sub-selects ---- */

/* What else may refuse a row refuses perhaps an earlier one. */
static bool may_refuse(const Writing *writing, Str name)
{
	const CatalogColumn *column = catalog_column(writing->table, name);
	bool may = !column || column->is_not_null || type_limit_is(column->type) ||
		   !evaluable_is_builtin(column->type);
	for (size_t i = 0; i < writing->table->constraints.count; i++)
		may = may || writing->table->constraints.items[i].kind == CONSTRAINT_CHECK;
	return may;
}

/* Does each that is a value have one row at most? */
static void ask_queries(const Writing *writing)
{
	Arena *arena = writing->finder->arena;
	RowsQuery source = {.source = writing->source, .condition = writing->rows.source.condition};
	for (size_t i = 0; i < writing->picked.count; i++) {
		Names values = {.items = &writing->picked.items[i], .count = 1};
		Question *question =
			writing_add(writing, QUESTION_ROW_QUERY, writing->picked_for.items[i]);
		question->is_behind = question->is_behind || writing->picked.count > 1 ||
				      may_refuse(writing, writing->picked_for.items[i]);
		finder_finish(question, DOUBT_NONE,
			query_values(arena, &source, &values, query_too_long(arena, 0)));
	}
}

/* ---- all of them ---- */

void find_row_values(const Writing *writing)
{
	const CatalogRelation *table = writing->table;
	for (size_t i = 0; i < table->columns.count; i++)
		if (table->columns.items[i].is_not_null)
			ask_null(writing, &table->columns.items[i]);
	for (size_t i = 0; i < table->constraints.count; i++)
		if (table->constraints.items[i].kind == CONSTRAINT_CHECK)
			ask_check(writing, &table->constraints.items[i]);
	for (size_t i = 0; i < table->columns.count; i++)
		if (type_limit_is(table->columns.items[i].type))
			ask_value(writing, &table->columns.items[i]);
		else
			ask_computed(writing, &table->columns.items[i]);
	for (size_t i = 0; i < table->columns.count; i++)
		find_row_domain(writing, &table->columns.items[i]);
	ask_queries(writing);
}
