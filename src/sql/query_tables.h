/* A query whose tables are not there yet, or not as they will be: queries of WITH take their place.
 */
#ifndef SQL_QUERY_TABLES_H
#define SQL_QUERY_TABLES_H

#include "sql/facts.h"

typedef struct QueryTables {
	/* The query that has the table's columns; empty: the table stays. */
	Str (*write)(void *context, ObjectName table);
	void *context;
} QueryTables;

/* The query with WITH before it. Empty if it cannot be written: it uses a row as a whole, a name
 * with its schema before the table, or a sample. */
Str query_replace_tables(Arena *arena, Str sql, const QueryTables *tables);

#endif
