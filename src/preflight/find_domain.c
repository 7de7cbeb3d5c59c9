/* Questions about domains: what ALTER DOMAIN demands of the columns that have it, and what a column
 * that is to have one has to fulfil. */
#include "preflight/evaluable.h"
#include "preflight/type_limit.h"
#include "preflight/writing.h"
#include "sql/expression.h"

/* What a value is asked for. */
typedef struct Demand {
	QuestionKind kind; /* NOT_NULL or DOMAIN */
	Str check;
} Demand;

/* ---- the domain ---- */

ObjectName finder_type_name(Str type)
{
	ObjectName name = {0};
	if (str_contains(type, STR("[")) || str_contains(type, STR("\"")))
		return name;
	str_next(&type, '(', &name.name);
	type = name.name;
	if (str_contains(type, STR("."))) {
		str_next(&type, '.', &name.schema);
		name.name = type;
	}
	return name;
}

const CatalogType *finder_type(const Finder *finder, ObjectName name)
{
	const CatalogType *made;
	const Changes *changes = &finder->changes;
	const CatalogType *found = NULL;
	for (size_t i = 0; i < changes->types.count; i++)
		if (str_equal(changes->types.items[i], name.name))
			return NULL;
	if ((changes->has_path && !name.schema.len) || changes_made_type(changes, name, &made))
		return NULL;
	if (name.schema.len)
		found = catalog_type(changes->catalog, name.schema, name.name);
	for (size_t i = 0; !name.schema.len && !found && i < changes->catalog->search_path.count;
		i++)
		found = catalog_type(
			changes->catalog, changes->catalog->search_path.items[i], name.name);
	return found;
}

const CatalogType *finder_domain(const Finder *finder, ObjectName name)
{
	const CatalogType *found = finder_type(finder, name);
	bool is_as_it_was = !names_have(&finder->changes.loosened, name.name);
	return found && found->kind == 'd' && is_as_it_was ? found : NULL;
}

const CatalogType *finder_domain_of(const Finder *finder, Str type)
{
	static const Str not_resolved = STR_INIT("?.");
	if (str_starts(type, not_resolved))
		type = str_skip(type, not_resolved.len);
	ObjectName name = finder_type_name(type);
	const CatalogType *domain = finder_domain(finder, name), *made;
	bool is_made = !domain && changes_made_type(&finder->changes, name, &made);
	return is_made && made && made->kind == 'd' ? made : domain;
}

/* Its CHECK as an expression; empty if it cannot be read. */
static Str check_of(const Finder *finder, const CatalogConstraint *constraint)
{
	const Action *action = finder_read_constraint(finder, constraint);
	return action && action->kind == ACTION_ADD_CHECK ? action->expression : (Str){0};
}

/* ---- one column ---- */

static Str refused_by(Arena *arena, const Demand *demand)
{
	return demand->kind == QUESTION_NOT_NULL
		       ? STR("value IS NOT DISTINCT FROM NULL")
		       : str_format(arena, "NOT (%.*s)", STR_ARG(demand->check));
}

static Doubt check_demand(const Finder *finder, const CatalogType *domain, const Demand *demand)
{
	if (!evaluable_is_builtin(domain->base))
		return DOUBT_COLUMN_TYPE;
	return demand->kind == QUESTION_NOT_NULL ? DOUBT_NONE
						 : evaluable_check_value(finder, demand->check);
}

static void ask_column(Finder *finder, const CatalogType *domain, const CatalogColumn *column,
	const Demand *demand)
{
	Arena *arena = finder->arena;
	Names columns = {0};
	*vec_add(arena, &columns) = column->name;
	Question *question = finder_add(finder, demand->kind, column->name);
	question->type = domain->name;
	Doubt doubt = finder_check_columns(finder, finder->table, &columns);
	if (doubt == DOUBT_NONE)
		doubt = check_demand(finder, domain, demand);
	Str value = str_format(arena, "CAST(%.*s AS %.*s)",
		STR_ARG(query_column(arena, column->name)), STR_ARG(domain->base));
	finder_finish(question, doubt,
		query_value(arena, query_table(arena, finder->table, true), value,
			refused_by(arena, demand)));
}

/* ---- rows that are written ---- */

/* A text is not cut, so that it is as it will be if it fits. */
static Str cast_to_base(Arena *arena, Str value, Str base)
{
	bool is_cut = str_starts(base, STR("character varying"));
	bool is_padded = str_starts(base, STR("character("));
	return str_format(arena, "CAST(%.*s AS %.*s)", STR_ARG(value),
		STR_ARG(is_cut      ? STR("character varying")
			: is_padded ? STR("text")
				    : base));
}

/* A row of `v` whose value fits the base type, and is refused. */
static Str refused_in_rows(Arena *arena, const CatalogType *domain, const Demand *demand)
{
	bool is_padded = str_starts(domain->base, STR("character("));
	Str value = is_padded ? str_format(arena, "CAST(v.c AS %.*s)", STR_ARG(domain->base))
			      : STR("v.c");
	Str sql = str_format(arena, "EXISTS (SELECT FROM (SELECT %.*s AS value) AS d WHERE %.*s)",
		STR_ARG(value), STR_ARG(refused_by(arena, demand)));
	return is_padded ? str_format(arena, "(%.*s) IS NOT TRUE AND %.*s",
				   STR_ARG(query_too_long(arena, type_limit_length(domain->base))),
				   STR_ARG(sql))
			 : sql;
}

static Names values_of(
	const Writing *writing, const CatalogColumn *column, const CatalogType *domain)
{
	Arena *arena = writing->finder->arena;
	Names values = {0};
	for (size_t row = 0; row < writing->rows.rows.count; row++) {
		const NewValue *value = writing_value(writing, row, column);
		Known known = value ? writing_know(writing, row, column) : KNOWN_NOT;
		if (known == KNOWN_VALUE)
			*vec_add(arena, &values) = cast_to_base(arena, value->sql, domain->base);
		else if (known == KNOWN_NULL && value->kind == NEW_VALUE_NULL)
			*vec_add(arena, &values) = cast_to_base(arena, STR("NULL"), domain->base);
	}
	return values;
}

static void ask_row(const Writing *writing, const CatalogColumn *column, const CatalogType *domain,
	const Demand *demand)
{
	Arena *arena = writing->finder->arena;
	Names values = values_of(writing, column, domain);
	RowsQuery source = {.source = writing->source, .condition = writing->rows.source.condition};
	if (!values.count || (demand->kind == QUESTION_DOMAIN && !demand->check.len))
		return;
	bool is_null = demand->kind == QUESTION_NOT_NULL;
	Question *question = writing_add(
		writing, is_null ? QUESTION_ROW_NULL : QUESTION_ROW_DOMAIN, column->name);
	question->type = domain->name;
	question->is_behind = str_contains(domain->base, STR("("));
	question->otherwise = values.count < writing->rows.rows.count ? DOUBT_NOT_CONSTANT
			      : question->is_behind                   ? DOUBT_COLUMN_TYPE
								      : DOUBT_NONE;
	finder_finish(question, check_demand(writing->finder, domain, demand),
		query_values(arena, &source, &values, refused_in_rows(arena, domain, demand)));
}

void find_row_domain(const Writing *writing, const CatalogColumn *column)
{
	const CatalogType *domain = finder_domain_of(writing->finder, column->type);
	if (!domain || str_starts(domain->base, STR("bit")))
		return;
	if (domain->is_not_null)
		ask_row(writing, column, domain, &(Demand){QUESTION_NOT_NULL, {0}});
	for (size_t i = 0; i < domain->constraints.count; i++) {
		Demand demand = {
			QUESTION_DOMAIN, check_of(writing->finder, &domain->constraints.items[i])};
		if (domain->constraints.items[i].kind == CONSTRAINT_CHECK)
			ask_row(writing, column, domain, &demand);
	}
}

/* ---- ALTER DOMAIN ---- */

static bool may_have_more(const Finder *finder, const CatalogType *domain, int64_t found)
{
	const Names *types = &finder->changes.column_types;
	bool more = domain->is_within || found < domain->columns;
	for (size_t i = 0; i < types->count; i++)
		more = more || str_contains(types->items[i], domain->name);
	return more || finder->changes.is_everything;
}

static void ask_columns(Finder *finder, const CatalogType *domain, const Demand *demand)
{
	const Catalog *catalog = finder->changes.catalog;
	int64_t found = 0;
	for (size_t i = 0; i < catalog->relations.count; i++) {
		const CatalogRelation *table = &catalog->relations.items[i];
		bool has_rows = table->kind == RELATION_TABLE || table->kind == RELATION_MATVIEW;
		for (size_t j = 0; has_rows && j < table->columns.count; j++) {
			if (table->columns.items[j].type_oid != domain->oid)
				continue;
			found++;
			finder->table = table;
			ask_column(finder, domain, &table->columns.items[j], demand);
		}
	}
	finder->table = NULL;
	if (may_have_more(finder, domain, found))
		finder_add(finder, demand->kind, (Str){0});
}

static const Action *find_pending(const Finder *finder, const CatalogType *domain, Str name)
{
	for (size_t i = finder->pending.count; i-- > 0;)
		if (finder->pending.items[i].domain == domain &&
			str_equal(finder->pending.items[i].action->name, name))
			return finder->pending.items[i].action;
	return NULL;
}

static void find_domain_validation(Finder *finder, const CatalogType *domain)
{
	Str name = finder->action->name;
	const Action *pending = find_pending(finder, domain, name);
	Demand demand = {QUESTION_DOMAIN, pending ? pending->expression : (Str){0}};
	for (size_t i = 0; !pending && i < domain->constraints.count; i++)
		if (str_equal(domain->constraints.items[i].name, name) &&
			!domain->constraints.items[i].is_valid)
			demand.check = check_of(finder, &domain->constraints.items[i]);
	if (demand.check.len)
		ask_columns(finder, domain, &demand);
}

void find_domain(Finder *finder)
{
	const Action *action = finder->action;
	const CatalogType *domain = finder_type(finder, action->object);
	QuestionKind kind =
		action->kind == ACTION_SET_NOT_NULL ? QUESTION_NOT_NULL : QUESTION_DOMAIN;
	if (!domain || domain->kind != 'd')
		finder_add(finder, kind, (Str){0});
	else if (action->kind == ACTION_VALIDATE_CONSTRAINT)
		find_domain_validation(finder, domain);
	else if (action->kind == ACTION_SET_NOT_NULL && domain->is_not_null)
		return;
	else if (action->options.not_valid)
		*vec_add(finder->arena, &finder->pending) =
			(Pending){.action = action, .domain = domain};
	else
		ask_columns(finder, domain, &(Demand){kind, action->expression});
}

/* ---- ADD COLUMN of a domain ---- */

/* Nothing but literals of which each is one of the base type: not by a cast that only says so. */
static bool is_literal(Str sql, Str base)
{
	ARENA_SCRATCH(scratch);
	Expression expression;
	bool is_number = str_starts(base, STR("numeric")) || str_equal(base, STR("smallint")) ||
			 str_equal(base, STR("integer")) || str_equal(base, STR("bigint"));
	bool is_text = str_equal(base, STR("text")) || str_starts(base, STR("character"));
	return (is_number || is_text) && expression_read(&scratch, sql, &expression) &&
	       !expression.columns.count && !expression.functions.count &&
	       !expression.types.count && !expression.has_session_value;
}

/* Each row that is there gets it: without one nobody looks at it. */
static void ask_default(Finder *finder, const CatalogType *domain, const Demand *demand)
{
	Arena *arena = finder->arena;
	const Action *action = finder->action;
	RowsQuery source = {.source = finder_own(finder, action->options.only)};
	Names values = {0};
	*vec_add(arena, &values) = cast_to_base(
		arena, str_format(arena, "(%.*s)", STR_ARG(action->expression)), domain->base);
	Question *question = finder_add(finder, QUESTION_ROW_DOMAIN, action->name);
	question->type = domain->name;
	question->is_precise = true;
	question->is_behind = str_contains(domain->base, STR("("));
	Doubt doubt = finder_check_columns(finder, finder->table, &(Names){0});
	if (doubt == DOUBT_NONE)
		doubt = evaluable_check_constant(finder, action->expression);
	if (doubt == DOUBT_NONE)
		doubt = check_demand(finder, domain, demand);
	finder_finish(question, doubt,
		query_values(arena, &source, &values, refused_in_rows(arena, domain, demand)));
}

void find_default_of_domain(Finder *finder)
{
	const Action *action = finder->action;
	const CatalogType *domain = finder_domain_of(finder, action->type);
	if (!domain || !is_literal(action->expression, domain->base))
		return;
	for (size_t i = 0; i < domain->constraints.count; i++) {
		Demand demand = {QUESTION_DOMAIN, check_of(finder, &domain->constraints.items[i])};
		if (domain->constraints.items[i].kind == CONSTRAINT_CHECK && demand.check.len)
			ask_default(finder, domain, &demand);
	}
}

/* ---- ALTER COLUMN TYPE to a domain ---- */

/* Is each value one of the domain's base type, without a cast that may cut or refuse it? */
static bool has_base(const CatalogColumn *column, const CatalogType *domain)
{
	bool is_text = (str_equal(domain->base, STR("text")) ||
			       str_starts(domain->base, STR("character varying"))) &&
		       (str_starts(column->type, STR("character")) ||
			       str_equal(column->type, STR("text")));
	return is_text || str_equal(column->type, domain->base);
}

static void ask_change(Finder *finder, const CatalogType *domain, const CatalogColumn *column,
	const Demand *demand)
{
	Arena *arena = finder->arena;
	const Action *action = finder->action;
	Question *question = finder_add(finder, demand->kind, action->name);
	question->type = domain->name;
	bool is_evaluated = action->options.has_using;
	Names columns = {0};
	*vec_add(arena, &columns) = action->name;
	Str value = is_evaluated ? action->expression : query_column(arena, action->name);
	Doubt doubt = finder_check_columns(finder, finder->table, &columns);
	bool is_cut = str_starts(domain->base, STR("character varying("));
	bool is_other = str_contains(domain->base, STR("(")) && !is_cut;
	if (doubt == DOUBT_NONE && (is_other || (!is_evaluated && !has_base(column, domain))))
		doubt = DOUBT_COLUMN_TYPE;
	question->is_behind = is_cut;
	if (is_cut)
		question->otherwise = DOUBT_COLUMN_TYPE;
	if (doubt == DOUBT_NONE && is_evaluated)
		doubt = evaluable_check(finder, value);
	if (doubt == DOUBT_NONE)
		doubt = check_demand(finder, domain, demand);
	finder_finish(question, doubt,
		query_value(arena, finder_own(finder, action->options.only),
			cast_to_base(
				arena, str_format(arena, "(%.*s)", STR_ARG(value)), domain->base),
			refused_by(arena, demand)));
}

void find_type_of_domain(Finder *finder, const CatalogType *domain, const CatalogColumn *column)
{
	bool is_open = finder->action->options.has_using || !has_base(column, domain) ||
		       str_contains(domain->base, STR("("));
	if (!domain->constraints.count && !domain->is_not_null && is_open)
		finder_add(finder, QUESTION_TYPE, column->name)->doubt = DOUBT_COLUMN_TYPE;
	if (domain->is_not_null)
		ask_change(finder, domain, column, &(Demand){QUESTION_NOT_NULL, {0}});
	for (size_t i = 0; i < domain->constraints.count; i++) {
		const CatalogConstraint *constraint = &domain->constraints.items[i];
		if (constraint->kind != CONSTRAINT_CHECK)
			continue;
		Demand demand = {QUESTION_DOMAIN, check_of(finder, constraint)};
		ask_change(finder, domain, column, &demand);
	}
}
