/* Questions about one column: NOT NULL, a new one, another type. */
#include "preflight/evaluable.h"
#include "preflight/finder.h"
#include "preflight/query.h"
#include "preflight/type_limit.h"
#include "sql/builtin_type.h"

static Names one(Arena *arena, Str name)
{
	Names names = {0};
	*vec_add(arena, &names) = name;
	return names;
}

/* ---- types ---- */

/* A domain may have a default of its own. */
static bool may_be_domain(const Finder *finder, Str type)
{
	const Changes *changes = &finder->changes;
	Str name = type, schema = {0};
	bool found = false;
	if (str_contains(type, STR(".")))
		str_next(&name, '.', &schema);
	for (size_t i = 0; i < changes->types.count; i++)
		found = found || str_equal(changes->types.items[i], name);
	for (size_t i = 0; i < changes->catalog->types.count; i++)
		found = found || (changes->catalog->types.items[i].kind == 'd' &&
					 str_equal(changes->catalog->types.items[i].name, name));
	return found || str_contains(name, STR("\""));
}

/* A domain of the target that no row of a new column can fulfil: NULL is all that it has. */
static bool has_strict_domain(const Finder *finder, Str type)
{
	const CatalogType *domain = finder_domain(finder, finder_type_name(type));
	return domain && domain->is_not_null && !domain->has_default;
}

/* ---- NOT NULL ---- */

void find_nulls(Finder *finder, Str column)
{
	Arena *arena = finder->arena;
	Names columns = one(arena, column);
	Str from = finder_own(finder, finder->action->options.only);
	Str condition = str_format(
		arena, "%.*s IS NOT DISTINCT FROM NULL", STR_ARG(query_column(arena, column)));
	finder_finish(finder_add(finder, QUESTION_NOT_NULL, column),
		finder_check_columns(finder, finder->table, &columns),
		query_any(arena, from, condition));
}

void find_not_null(Finder *finder)
{
	const CatalogColumn *column = catalog_column(finder->table, finder->action->name);
	if (!column || !column->is_not_null)
		find_nulls(finder, finder->action->name);
}

/* ---- ALTER COLUMN TYPE ---- */

typedef enum Family {
	FAMILY_OTHER,
	FAMILY_TEXT, /* cut at a length */
	FAMILY_NUMBER,
	FAMILY_TIME,
	FAMILY_JSON,
} Family;

/* Of types by both their names, without what is in parentheses. */
static Family family_of(Str type)
{
	static const struct {
		Str name;
		Family family;
	} table[] = {
		{STR_INIT("text"), FAMILY_TEXT},
		{STR_INIT("varchar"), FAMILY_TEXT},
		{STR_INIT("character varying"), FAMILY_TEXT},
		{STR_INIT("char"), FAMILY_TEXT},
		{STR_INIT("character"), FAMILY_TEXT},
		{STR_INIT("bpchar"), FAMILY_TEXT},
		{STR_INIT("smallint"), FAMILY_NUMBER},
		{STR_INIT("int"), FAMILY_NUMBER},
		{STR_INIT("integer"), FAMILY_NUMBER},
		{STR_INIT("bigint"), FAMILY_NUMBER},
		{STR_INIT("numeric"), FAMILY_NUMBER},
		{STR_INIT("decimal"), FAMILY_NUMBER},
		{STR_INIT("real"), FAMILY_NUMBER},
		{STR_INIT("float"), FAMILY_NUMBER},
		{STR_INIT("double precision"), FAMILY_NUMBER},
		{STR_INIT("date"), FAMILY_TIME},
		{STR_INIT("timestamp"), FAMILY_TIME},
		{STR_INIT("timestamp without time zone"), FAMILY_TIME},
		{STR_INIT("timestamp with time zone"), FAMILY_TIME},
		{STR_INIT("timestamptz"), FAMILY_TIME},
		{STR_INIT("json"), FAMILY_JSON},
		{STR_INIT("jsonb"), FAMILY_JSON},
	};
	Str name;
	if (!str_next(&type, '(', &name))
		return FAMILY_OTHER;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_equal(str_trim(name), table[i].name))
			return table[i].family;
	return FAMILY_OTHER;
}

/* The n of varchar(n); 0 if it has none. char alone is char(1). */
static size_t length_of(Str type)
{
	Str name;
	size_t length = 0;
	str_next(&type, '(', &name);
	for (size_t i = 0; i < type.len && type.ptr[i] >= '0' && type.ptr[i] <= '9'; i++)
		length = length * 10 + (size_t)(type.ptr[i] - '0');
	bool is_one = str_equal(name, STR("char")) || str_equal(name, STR("character"));
	return length || !is_one ? length : 1;
}

/* Trailing blanks are cut off without a word. */
static QuestionSql too_long(Arena *arena, Str from, Str expression, size_t length)
{
	return query_any(arena, from,
		str_format(arena,
			"pg_catalog.length(pg_catalog.rtrim((%.*s)::pg_catalog.text, ' ')) "
			"OPERATOR(pg_catalog.>) %zu",
			STR_ARG(expression), length));
}

static void finish_conversion(Finder *finder, Question *question, Doubt doubt, Str expression)
{
	Arena *arena = finder->arena;
	Str target = finder->action->type;
	Str from = finder_own(finder, finder->action->options.only);
	size_t length = family_of(target) == FAMILY_TEXT ? length_of(target) : 0;
	question->type = target;
	question->is_raised = !length;
	Str cast = str_format(arena, "CAST((%.*s) AS %.*s)", STR_ARG(expression), STR_ARG(target));
	if (doubt == DOUBT_NONE)
		doubt = evaluable_check(finder, cast);
	finder_finish(question, doubt,
		length ? too_long(arena, from, expression, length)
		       : query_evaluate(arena, from, cast));
}

/* Where an assignment is stricter than a cast, and where values are checked by something else. */
static bool is_unlike_cast(const Finder *finder, Str target)
{
	static const Str own = STR_INIT("pg_catalog.");
	Str name;
	str_next(&target, '(', &name);
	name = str_starts(name, own) ? str_skip(name, own.len) : name;
	return str_contains(target, STR("[")) || str_contains(name, STR("[")) ||
	       str_starts(name, STR("bit")) || str_starts(name, STR("varbit")) ||
	       may_be_domain(finder, name);
}

/* Can a value be in the way? Without USING only types of one family become one another by
 * themselves, and all become text; anything else is refused whatever the rows have. */
static bool may_fail(const Action *action, const CatalogColumn *column)
{
	Family family = family_of(action->type);
	bool is_cut = family == FAMILY_TEXT && length_of(action->type);
	bool converts = family != FAMILY_OTHER && family != FAMILY_TEXT &&
			family == family_of(column->type);
	return action->options.has_using || is_cut || converts;
}

/* Indexes and checks are rebuilt with the new type first, which may not be possible. */
static bool is_in_expression(const CatalogRelation *table, int64_t number)
{
	bool found = false;
	for (size_t i = 0; i < table->indexes.count; i++) {
		const CatalogIndex *index = &table->indexes.items[i];
		found = found || ((index->has_expressions || index->is_partial) &&
					 catalog_has_number(&index->uses, number));
	}
	for (size_t i = 0; i < table->constraints.count; i++)
		found = found ||
			(table->constraints.items[i].kind == CONSTRAINT_CHECK &&
				catalog_has_number(&table->constraints.items[i].columns, number));
	return found;
}

void find_type(Finder *finder)
{
	Arena *arena = finder->arena;
	const Action *action = finder->action;
	Names columns = one(arena, action->name);
	const CatalogColumn *column = catalog_column(finder->table, action->name);
	const CatalogType *domain = finder_domain_of(finder, action->type);
	if (column && find_type_of_enum(finder, finder_type_name(action->type), column))
		return;
	if (column && domain) {
		find_type_of_domain(finder, domain, column);
		return;
	}
	bool is_unlike = is_unlike_cast(finder, action->type);
	bool is_cut = family_of(action->type) == FAMILY_TEXT && length_of(action->type);
	if (column && !is_unlike && !is_cut && find_type_of_key(finder, column))
		return;
	if (column && !is_unlike && !may_fail(action, column))
		return;
	Question *question =
		finder_add(finder, is_cut ? QUESTION_LENGTH : QUESTION_TYPE, action->name);
	question->is_behind = column && is_in_expression(finder->table, column->number);
	if (!is_unlike)
		finish_conversion(finder, question,
			finder_check_columns(finder, finder->table, &columns),
			action->options.has_using ? action->expression
						  : query_column(arena, action->name));
}

/* ---- ADD COLUMN ---- */

/* What its DEFAULT gives, also without a row; or its expression, of each row. */
static void find_new_value(Finder *finder)
{
	Arena *arena = finder->arena;
	const Action *action = finder->action;
	bool is_generated = action->options.generated;
	Str type = type_canonical(arena, action->type);
	long limit = type_limit_length(type);
	bool may_refuse = type_limit_is(type) && type_limit_may_refuse(action->expression, type);
	if (!builtin_type_is(action->type) || str_contains(type, STR("[")) ||
		(!is_generated && !may_refuse))
		return;
	RowsQuery rows = {0};
	Doubt doubt = is_generated ? evaluable_check(finder, action->expression)
				   : evaluable_check_constant(finder, action->expression);
	if (doubt != DOUBT_NONE)
		return;
	if (is_generated)
		rows.source = finder_own(finder, action->options.only);
	Question *question = finder_add(finder, QUESTION_NEW_VALUE, action->name);
	question->type = action->type;
	question->is_raised = !limit;
	Names values =
		one(arena, str_format(arena, "CAST((%.*s) AS %.*s)", STR_ARG(action->expression),
				   STR_ARG(limit ? STR("text") : action->type)));
	finder_finish(question, DOUBT_NONE,
		query_values(arena, &rows, &values, query_too_long(arena, limit)));
	if (!is_generated || !action->options.not_null)
		return;
	finder_finish(finder_add(finder, QUESTION_ROW_NULL, action->name), DOUBT_NONE,
		query_values(arena, &rows, &values, STR("v.c IS NULL")));
}

void find_new_column(Finder *finder)
{
	Arena *arena = finder->arena;
	const Action *action = finder->action;
	ActionOptions options = action->options;
	bool has_value =
		facts_has_value(action) || options.identity || builtin_type_is_serial(action->type);
	bool is_strict = !has_value && has_strict_domain(finder, action->type);
	if ((facts_has_value(action) || options.generated) &&
		!catalog_column(finder->table, action->name))
		find_new_value(finder);
	if (facts_has_value(action) && !options.generated &&
		!catalog_column(finder->table, action->name))
		find_default_of_domain(finder);
	if ((!options.not_null && !is_strict) || has_value ||
		catalog_column(finder->table, action->name))
		return;
	Question *question = finder_add(finder, QUESTION_NEW_COLUMN, action->name);
	if (!is_strict && may_be_domain(finder, action->type))
		finder_finish(question, DOUBT_COLUMN_TYPE, (QuestionSql){0});
	else if (!options.generated)
		finder_finish(question, finder_check_columns(finder, finder->table, &(Names){0}),
			query_any(arena, finder_own(finder, options.only), (Str){0}));
}
