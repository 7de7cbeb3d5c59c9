/* The question about EXCLUDE: do two rows exclude each other? Each is compared with all others, so
 * only of tables that are not large. */
#include "preflight/evaluable.h"
#include "preflight/finder.h"
#include "preflight/query.h"

enum {
	COMPARED_MAX = 64 * 1024 * 1024, /* bytes of a table */
};

static Doubt take_key(Finder *finder, Str key, Names *keys)
{
	const CatalogColumn *column = catalog_column(finder->table, key);
	Names columns = {.items = &key, .count = 1};
	if (!column && !finder->action->options.has_expressions)
		return DOUBT_CHANGED;
	*vec_add(finder->arena, keys) = column ? query_column(finder->arena, key) : key;
	if (!column)
		return evaluable_check_index(finder, key);
	if (!evaluable_is_builtin(column->type))
		return DOUBT_COLUMN_TYPE;
	return finder_check_columns(finder, finder->table, &columns);
}

static Doubt take_keys(Finder *finder, Names *keys)
{
	const Action *action = finder->action;
	if (finder->table->kind == RELATION_PARTITIONED)
		return DOUBT_NOT_ASKED;
	if (action->options.collated || action->options.operator_class)
		return DOUBT_COLUMN_TYPE;
	Doubt doubt = finder_check_columns(finder, finder->table, &(Names){0});
	for (size_t i = 0; i < action->columns.count && doubt == DOUBT_NONE; i++)
		doubt = action->other_columns.items[i].len
				? take_key(finder, action->columns.items[i], keys)
				: DOUBT_EXPRESSION;
	if (doubt == DOUBT_NONE && action->options.has_where)
		doubt = evaluable_check_index(finder, action->expression);
	if (doubt == DOUBT_NONE && finder_bytes(finder, finder->table) > COMPARED_MAX)
		doubt = DOUBT_TOO_LARGE;
	return doubt;
}

void find_exclude(Finder *finder)
{
	Arena *arena = finder->arena;
	const Action *action = finder->action;
	ExcludeQuery exclude = {.from = query_table(arena, finder->table, true),
		.operators = action->other_columns,
		.predicate = action->expression};
	if (finder_has_constraint(finder, action->name))
		return;
	Question *question =
		finder_add(finder, QUESTION_EXCLUDE, finder_list(arena, &action->columns));
	Doubt doubt = take_keys(finder, &exclude.keys);
	finder_finish(question, doubt,
		doubt == DOUBT_NONE ? query_exclude(arena, &exclude) : (QuestionSql){0});
}
