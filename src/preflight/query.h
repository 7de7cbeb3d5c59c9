/* The questions as SQL: names quoted, tables with their schemas, a row if there is a
 * counter-example. */
#ifndef PREFLIGHT_QUERY_H
#define PREFLIGHT_QUERY_H

#include "preflight/question.h"

/* A column's name, quoted. */
Str query_column(Arena *arena, Str name);
/* `only`: not the tables that inherit from it; never of a partitioned one. */
Str query_table(Arena *arena, const CatalogRelation *table, bool only);

/* Any row; where `condition` is not empty, one that fulfils it. */
QuestionSql query_any(Arena *arena, Str from, Str condition);

typedef struct UniqueQuery {
	Str from;
	Names keys; /* as SQL */
	Str predicate; /* of a partial index; or empty */
	bool nulls_not_distinct;
} UniqueQuery;
QuestionSql query_unique(Arena *arena, const UniqueQuery *unique);

typedef struct KeyQuery {
	Str from, to;
	Names columns, other_columns; /* of these, in order; not quoted */
	bool match_full;
	Str enforced; /* of query_enforced, unless `match_full` */
	bool by_name; /* pg_catalog has the operator; or else values are compared as set operations
			 do */
} KeyQuery;
QuestionSql query_foreign_key(Arena *arena, const KeyQuery *key);

typedef struct ExcludeQuery {
	Str from;
	Names keys, operators; /* as SQL; names of pg_catalog's */
	Str predicate;
} ExcludeQuery;
QuestionSql query_exclude(Arena *arena, const ExcludeQuery *exclude);

/* Rows that a statement inserts, with the types and collations of the columns of `table`. */
typedef struct RowsQuery {
	Str table;
	Names columns, names; /* as SQL, in the table and in the query */
	VEC(Names) rows; /* as SQL, a value for each column */
	Str source, condition; /* a table with an alias, as SQL: there is one for each of its rows
				  that fulfils the condition, if there is one */
	size_t arbiter; /* from this column on (0: none) they are what ON CONFLICT is about: a row
			   is left out if they are in the table, or in a row before it */
} RowsQuery;

/* A row whose columns are those of a row before it, or, unless `only_own`, of one of the table. */
QuestionSql query_row_key(Arena *arena, const RowsQuery *rows, bool only_own);

/* And the constraint's trigger on the table runs; nothing for one that the plan makes (0). */
Str query_enforced(Arena *arena, int64_t table, int64_t constraint, TriggerEvent event);

/* And no other key of `other` may take along, or let go, its rows where rows of `table` go. */
Str query_not_reached(Arena *arena, int64_t table, int64_t other, int64_t key);

typedef struct RowReference {
	Str to;
	Names keys; /* of that, as SQL: of the same number of columns, which come first */
	bool has_own; /* it is the same table: the columns after them are the keys of the rows */
	int64_t table,
		constraint; /* which is not looked at if its trigger does not run; 0: none yet */
	TriggerEvent event; /* that it runs for */
} RowReference;
QuestionSql query_row_reference(Arena *arena, const RowsQuery *rows, const RowReference *reference);

/* A row that fulfils `condition`, over `names`. */
QuestionSql query_row(Arena *arena, const RowsQuery *rows, Str condition);
/* The same of rows with a source: for query_row. */
QuestionSql query_row_of_source(Arena *arena, const RowsQuery *rows, Str condition);
/* Is the value c longer than that? 0: never; but it is looked at. */
Str query_too_long(Arena *arena, long limit);
/* The same of values alone, which are called c: of a list, or one for each row of a source. */
QuestionSql query_values(Arena *arena, const RowsQuery *source, const Names *values, Str condition);

/* Of rows with a source. Two that have the same values once they are added to the table; once the
 * table's rows, which are the source, have been changed. */
QuestionSql query_added_key(Arena *arena, const RowsQuery *rows);
QuestionSql query_changed_key(Arena *arena, const RowsQuery *rows);

/* Rows of `by` that refer to a row of the source that is to go, or to have other `keys`. */
typedef struct ReferencedQuery {
	const RowsQuery *rows; /* the keys, as they will be: none if the rows go */
	Names keys; /* as they are, quoted */
	Str alias, by;
	Names by_columns; /* quoted */
	Str enforced; /* of query_enforced */
} ReferencedQuery;
QuestionSql query_referenced(Arena *arena, const ReferencedQuery *referenced);

/* A row whose `value` (SQL), under that name, fulfils `condition`. */
QuestionSql query_value(Arena *arena, Str from, Str value, Str condition);

/* How many values of a column there are; of "*": rows. */
QuestionSql query_count(Arena *arena, Str from, Str column);

/* Evaluates `expression` for each row. */
QuestionSql query_evaluate(Arena *arena, Str from, Str expression);

#endif
