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

/* A row whose `value` (SQL), under that name, fulfils `condition`. */
QuestionSql query_value(Arena *arena, Str from, Str value, Str condition);

/* How many values of a column there are; of "*": rows. */
QuestionSql query_count(Arena *arena, Str from, Str column);

/* Evaluates `expression` for each row. */
QuestionSql query_evaluate(Arena *arena, Str from, Str expression);

#endif
