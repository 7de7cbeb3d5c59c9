/* Tables as the server is shown them when it shall analyse: see lint/lint_ask. */
#ifndef LINT_ASK_TABLE_H
#define LINT_ASK_TABLE_H

#include "lint/touched.h"
#include "world/world.h"
#include "preflight/analysis.h"

enum {
	ASK_SQL_MAX = 64 * 1024 /* bytes of a query that is shown */
};

/* What is known at a statement, while the plan is gone through. */
typedef struct Asker {
	Arena *arena;
	World world;
	Touched touched;
	const Statement *statement;
	Analyses *out;
} Asker;

/* Does it have a word that the plan has made, changed or taken away? */
bool ask_is_touched(const Asker *asker, Str sql);
/* Is a column's type, read again, the same one? */
bool ask_means_the_same(const Asker *asker, const WorldColumn *column);
/* Is the table what it was before the plan? */
bool ask_is_as_it_was(const Asker *asker, const WorldRelation *table);
/* An item of FROM; `alias` may be empty. Empty if its columns are not known, as far as `query` may
 * use them. */
Str ask_write_table(const Asker *asker, const Query *query, const WorldRelation *table, Str alias);

/* Which a query in a table's place does not have. */
bool ask_names_system_column(const Query *query);

/* Has the plan touched nothing that the query names? Columns of `row` (which may be NULL) do not
 * count, and other tables that it has touched are replaced in `analysis->sql` by queries that have
 * their columns. */
bool ask_replace_tables(
	Asker *asker, const Query *query, const WorldRelation *row, Analysis *analysis);

#endif
