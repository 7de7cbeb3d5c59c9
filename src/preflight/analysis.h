/* What the server says of the names, types and constants in pending statements.
 *
 * It is shown a query that only reads, and analyses it: it is neither planned nor run, and takes no
 * lock but ACCESS SHARE. Constants are read by their type's input function, which for a domain
 * within an array or a row runs the domain's checks, in a transaction that only reads; nothing else
 * is called. lint/lint_ask makes the queries, server/analyse has them answered. */
#ifndef PREFLIGHT_ANALYSIS_H
#define PREFLIGHT_ANALYSIS_H

#include "schema/catalog.h"
#include "sql/queries.h"
#include "sql/script.h"

typedef VEC(int64_t) Oids;

typedef struct Analysis {
	const Statement *statement;
	const Query *query;
	Str sql;
	Str path; /* the search_path that it is analysed with */
	bool wants_columns;
	Names goes_to; /* the types of the columns that its result is written to, or that its
			  function returns; empty: not known */
	bool is_whole; /* there are to be as many */
	size_t most; /* columns that it may have: of the table that it is inserted into; 0: any */
	bool has_made_tables; /* queries that have the columns stand for tables of the plan */
	bool has_changed_tables; /* and for such as were there before */
	const CatalogRelation *replaces; /* the view, if the plan has not changed it; or NULL */

	bool is_answered;
	Str sqlstate; /* empty: it was accepted */
	Str message; /* the server's */
	Str culprit; /* the word of `sql` that it stopped at; empty: not said */
	Names columns; /* with wants_columns: of the result, and their types */
	Oids types;
} Analysis;

typedef VEC(Analysis) Analyses;

#endif
