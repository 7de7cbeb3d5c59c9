/* What an expression is made of, so that somebody can decide whether it may be evaluated.
 *
 * Plain is what reads one row and nothing else: columns, constants, operators, calls, casts, CASE
 * and their like. A sub-select, a parameter, a name in a schema other than pg_catalog, and whatever
 * is not known here, are not plain. */
#ifndef SQL_EXPRESSION_H
#define SQL_EXPRESSION_H

#include "sql/facts.h"

typedef struct Expression {
	Names columns; /* without their table's name */
	Names functions, operators, types; /* of pg_catalog, or without a schema */
	bool has_session_value; /* CURRENT_DATE, CURRENT_USER and their like */
	Names compared; /* columns, each time that one is compared with strings, or with NULL */
} Expression;

/* False if it is not plain, or not one expression. */
bool expression_read(Arena *arena, Str sql, Expression *out);

/* A table that a sub-select reads. */
typedef struct ExpressionTable {
	ObjectName name;
	bool is_only;
	Str mark; /* what is in its place in the text */
} ExpressionTable;

/* An expression with sub-selects: of tables and joins, with nothing in them but what is plain, and
 * aggregates. What they give depends on the rows alone: LIMIT picks what it is ordered by. */
typedef struct ExpressionQuery {
	Expression expression; /* `columns` may be of any of the tables, or of what is around it */
	VEC(ExpressionTable) tables;
	Str sql; /* the same, with their marks in the place of the tables' names */
	bool has_value; /* one of them is a value: of two rows it would be an error */
} ExpressionQuery;

/* False if it is no such expression, or has no sub-select. */
bool expression_read_query(Arena *arena, Str sql, ExpressionQuery *out);

/* A call or a cast. */
typedef struct ExpressionCall {
	Str function, type; /* one of them: without pg_catalog */
	size_t given; /* how many arguments */
	Names arguments; /* of nothing but columns, also within COALESCE, and strings (empty); else
			    none */
} ExpressionCall;

typedef VEC(ExpressionCall) ExpressionCalls;

/* Those in a plain expression; none if it is not plain. */
ExpressionCalls expression_calls(Arena *arena, Str sql);

/* Does the server come to a sub-select first, before anything that it may refuse for another
 * reason? `columns` are what it looks up before. */
bool expression_begins_with_query(Arena *arena, Str sql, Names *columns);
/* Does it come to a column first? */
bool expression_begins_with_column(Str sql);

#endif
