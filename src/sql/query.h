/* A query that only reads, written for something of a statement: see sql/queries. */
#ifndef SQL_QUERY_H
#define SQL_QUERY_H

#include "sql/facts.h"

typedef enum QueryScope {
	QUERY_ALONE, /* `sql` is a whole query */
	QUERY_VALUE, /* `sql` is an expression over a row of `table` */
	QUERY_CONDITION, /* the same, and a boolean one */
	QUERY_WHEN, /* a trigger's condition: over the rows old and new of `table` */
	QUERY_STORED, /* `stored`: constants that columns of `table` get */
} QueryScope;

/* Where a value goes. */
typedef struct QueryTarget {
	Str column; /* of `table`; empty: the one at `index` */
	size_t index; /* from 0 */
	bool is_unknown; /* a constant, which has no type yet, or a part of a column */
	Str type; /* where the statement says it; else the column's */
	Str value; /* of QUERY_STORED */
} QueryTarget;

typedef struct Query {
	QueryScope scope;
	Str sql;
	ObjectName table;
	VEC(QueryTarget) stored;
	VEC(QueryTarget) results; /* where the first columns of the result go; none: not asked */
	bool is_result; /* of a function in SQL, whose last statement it is */
	ObjectName returns; /* its type, if it may be a row's */
	bool has_cast; /* one of `stored` has a cast of its own */
	bool has_own_type; /* the one that is stored has it wherever it goes */
	bool is_before; /* it is about the table as the statement finds it, not as it leaves it */
	bool is_view; /* the whole query of a view */
	bool is_source; /* that rows are inserted from, into `columns` columns; 0: no list of them
			 */
	bool in_body; /* of a function, which the server looks at unless check_function_bodies is
			 off */
	Names arguments; /* of the function, if `sql` has the body's query in another one, whose row
			    is written for them */
	Names argument_types; /* as the statement has them, which is not where the body is */
	size_t columns;
	bool has_path; /* `path` is what names in it are looked up in, not the session's */
	Names path;
	Names names; /* of everything that it uses, without schemas; words beside them */
	Names objects; /* those that are the names of other things than columns and tables */
	Names tables;
	bool has_all_columns; /* a "*", or NATURAL */
	bool has_row_values; /* fields of rows that are not a table's: a function in FROM, (f()).a
			      */
} Query;

typedef VEC(Query) Queries;

#endif
