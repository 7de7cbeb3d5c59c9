/* What goes with DROP TABLE, DROP COLUMN and TRUNCATE: they succeed, and how many rows, or values,
 * are lost is what is asked. */
#include "preflight/finder.h"
#include "preflight/query.h"

enum {
	COUNTED_MAX = 64 * 1024 * 1024, /* bytes of a table whose rows are counted */
	THOUSAND = 1000,
};

static bool is_partition_of(const CatalogRelation *table, const CatalogRelation *parent)
{
	for (size_t i = 0; i < table->parents.count; i++)
		if (table->parents.items[i] == parent->oid)
			return true;
	return false;
}

/* As of the last ANALYZE; -1: not known. */
static int64_t rows_of(const Finder *finder, const CatalogRelation *table)
{
	const Catalog *catalog = finder->changes.catalog;
	int64_t rows = table->rows >= 0 ? table->rows : table->live ? table->live : -1;
	if (table->kind != RELATION_PARTITIONED)
		return rows;
	rows = 0;
	for (size_t i = 0; i < catalog->relations.count && rows >= 0; i++)
		if (is_partition_of(&catalog->relations.items[i], table)) {
			int64_t below = rows_of(finder, &catalog->relations.items[i]);
			rows = below < 0 ? -1 : rows + below;
		}
	return rows;
}

static int64_t estimate(const Finder *finder, const CatalogColumn *column)
{
	int64_t rows = rows_of(finder, finder->table);
	if (!column || rows < 0)
		return rows;
	return column->nulls < 0 ? -1
				 : rows / THOUSAND * (THOUSAND - column->nulls) +
					   rows % THOUSAND * (THOUSAND - column->nulls) / THOUSAND;
}

void find_drop(Finder *finder)
{
	Arena *arena = finder->arena;
	const Action *action = finder->action;
	bool is_column = action->kind == ACTION_DROP_COLUMN;
	const CatalogColumn *column =
		is_column ? catalog_column(finder->table, action->name) : NULL;
	if ((is_column && !column) || finder->table->kind == RELATION_MATVIEW)
		return;
	Names columns = {0};
	if (is_column)
		*vec_add(arena, &columns) = action->name;
	Question *question = finder_add(finder, QUESTION_DROP, is_column ? action->name : (Str){0});
	Doubt doubt = finder_check_columns(finder, finder->table, &columns);
	if (doubt == DOUBT_NONE && question->bytes > COUNTED_MAX)
		doubt = DOUBT_TOO_LARGE;
	question->is_counted = true;
	question->number = doubt == DOUBT_CHANGED ? -1 : estimate(finder, column);
	finder_finish(question, doubt,
		query_count(arena, query_table(arena, finder->table, action->options.only),
			is_column ? query_column(arena, action->name) : STR("*")));
}
