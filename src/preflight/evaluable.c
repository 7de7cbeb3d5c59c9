#include "preflight/evaluable.h"

#include "sql/expression.h"

/* Any other type is written with its schema. */
bool evaluable_is_builtin(Str type)
{
	return type.len && !str_contains(type, STR("."));
}

static bool is_safe(Str function)
{
	static const Str names[] = {
#define SAFE_FUNCTION(name) STR_INIT(name),
#include "preflight/safe_function.def"
#undef SAFE_FUNCTION
	};
	return STR_IS_AMONG(function, names);
}

/* A function of the same name that may fit better than pg_catalog's where the file is run. */
bool evaluable_has_rival(const Changes *changes, Str name)
{
	const Catalog *catalog = changes->catalog;
	bool found = names_have(&changes->functions, name);
	for (size_t i = 0; i < catalog->functions.count; i++) {
		const CatalogFunction *function = &catalog->functions.items[i];
		found = found || (str_equal(function->name, name) &&
					 names_have(&catalog->search_path, function->schema));
	}
	return found;
}

Doubt evaluable_check_functions(const Changes *changes, const Names *functions)
{
	for (size_t i = 0; i < functions->count; i++)
		if (!is_safe(functions->items[i]) ||
			evaluable_has_rival(changes, functions->items[i]))
			return DOUBT_EXPRESSION;
	return DOUBT_NONE;
}

static size_t times(const Names *names, Str name)
{
	size_t count = 0;
	for (size_t i = 0; i < names->count; i++)
		count += str_equal(names->items[i], name);
	return count;
}

/* An enum, wherever the expression uses it compared with labels by the server's own operators. */
static bool is_compared_enum(
	const Changes *changes, const Expression *expression, const CatalogColumn *column)
{
	ObjectName type = finder_type_name(column->type);
	const CatalogType *made;
	return column->is_plain_enum && type.name.len && !changes->has_operators &&
	       !changes_made_type(changes, type, &made) &&
	       times(&expression->columns, column->name) ==
		       times(&expression->compared, column->name);
}

/* The column of that name, of the finder's table. */
static Doubt check_type(const Finder *finder, const Expression *expression, Str name)
{
	const CatalogColumn *column = catalog_column(finder->table, name);
	bool is_known = column && (evaluable_is_builtin(column->type) ||
					  is_compared_enum(&finder->changes, expression, column));
	return is_known ? DOUBT_NONE : DOUBT_COLUMN_TYPE;
}

static Doubt check_columns(const Finder *finder, const Expression *expression, const Names *columns)
{
	Doubt doubt = finder_check_columns(finder, finder->table, columns);
	for (size_t i = 0; i < columns->count && doubt == DOUBT_NONE; i++)
		doubt = check_type(finder, expression, columns->items[i]);
	return doubt;
}

/* All but its columns. */
static Doubt read_expression(Arena *arena, const Changes *changes, Str sql, Expression *out)
{
	if (!expression_read(arena, sql, out))
		return DOUBT_EXPRESSION;
	if (changes->has_settings || changes->has_path)
		return DOUBT_SETTINGS;
	return evaluable_check_functions(changes, &out->functions);
}

Doubt evaluable_check(const Finder *finder, Str sql)
{
	ARENA_SCRATCH(scratch);
	Expression expression;
	Doubt doubt = read_expression(&scratch, &finder->changes, sql, &expression);
	return doubt == DOUBT_NONE ? check_columns(finder, &expression, &expression.columns)
				   : doubt;
}

Doubt evaluable_check_index(const Finder *finder, Str sql)
{
	ARENA_SCRATCH(scratch);
	Expression expression;
	Doubt doubt = evaluable_check(finder, sql);
	bool is_refused = doubt == DOUBT_NONE && expression_read(&scratch, sql, &expression) &&
			  expression.has_session_value;
	return is_refused ? DOUBT_NOT_REACHED : doubt;
}

Doubt evaluable_check_both(const Finder *finder, const CatalogRelation *other, Str sql)
{
	ARENA_SCRATCH(scratch);
	Expression expression;
	Finder views[2] = {*finder, *finder};
	views[1].table = other;
	Doubt doubt = read_expression(&scratch, &finder->changes, sql, &expression);
	for (size_t i = 0; i < expression.columns.count && doubt == DOUBT_NONE; i++) {
		bool is_found = false;
		Names column = {.items = &expression.columns.items[i], .count = 1};
		for (size_t j = 0; j < 2 && doubt == DOUBT_NONE; j++) {
			if (!catalog_column(views[j].table, column.items[0]))
				continue;
			is_found = true;
			doubt = check_columns(&views[j], &expression, &column);
		}
		doubt = is_found ? doubt : DOUBT_CHANGED;
	}
	return doubt;
}

Doubt evaluable_check_columns(const Finder *finder, Str sql, Names *columns)
{
	Expression expression;
	Doubt doubt = read_expression(finder->arena, &finder->changes, sql, &expression);
	*columns = expression.columns;
	for (size_t i = 0; i < columns->count && doubt == DOUBT_NONE; i++)
		doubt = check_type(finder, &expression, columns->items[i]);
	return doubt;
}

Doubt evaluable_check_constant(const Finder *finder, Str sql)
{
	ARENA_SCRATCH(scratch);
	Expression expression;
	Doubt doubt = read_expression(&scratch, &finder->changes, sql, &expression);
	return doubt == DOUBT_NONE && expression.columns.count ? DOUBT_EXPRESSION : doubt;
}

Doubt evaluable_check_value(const Finder *finder, Str sql)
{
	ARENA_SCRATCH(scratch);
	Expression expression;
	Doubt doubt = read_expression(&scratch, &finder->changes, sql, &expression);
	for (size_t i = 0; doubt == DOUBT_NONE && i < expression.columns.count; i++)
		if (!str_equal(expression.columns.items[i], STR("value")))
			doubt = DOUBT_EXPRESSION;
	return doubt;
}

/* The server has resolved its names, and writes the schema of what is not pg_catalog's. */
Doubt evaluable_check_stored(const Finder *finder, Str sql, Names *columns)
{
	Expression expression;
	if (!expression_read(finder->arena, sql, &expression) || !expression.columns.count)
		return DOUBT_EXPRESSION;
	for (size_t i = 0; i < expression.functions.count; i++)
		if (!is_safe(expression.functions.items[i]))
			return DOUBT_EXPRESSION;
	*columns = expression.columns;
	for (size_t i = 0; i < columns->count; i++) {
		const CatalogColumn *column = catalog_column(finder->table, columns->items[i]);
		if (!column || !evaluable_is_builtin(column->type))
			return DOUBT_COLUMN_TYPE;
	}
	return DOUBT_NONE;
}
