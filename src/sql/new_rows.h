/* The rows that a statement writes, as far as its text says: those of INSERT … VALUES, and those of
 * INSERT … SELECT, UPDATE and DELETE where they come from one table.
 *
 * Read again from the statement's text where somebody asks for them: facts say what a statement
 * does, and data comes in many statements that do the same. A constant is a literal, also with
 * casts to types of pg_catalog or without a schema; its SQL is the parser's own, so that it can be
 * put into another query. Everything lives in the arena. */
#ifndef SQL_NEW_ROWS_H
#define SQL_NEW_ROWS_H

#include "sql/facts.h"

enum {
	NEW_ROWS_MAX = 64
};

typedef enum NewValueKind {
	NEW_VALUE_EXPRESSION, /* known when it runs */
	NEW_VALUE_DEFAULT,
	NEW_VALUE_NULL,
	NEW_VALUE_CONSTANT,
	NEW_VALUE_COMPUTED, /* from a row of the source */
} NewValueKind;

typedef struct NewValue {
	NewValueKind kind;
	bool is_integer; /* a literal, without a cast */
	bool is_cast; /* to a type that the search path may give another meaning */
	Str sql; /* of a constant, or of what is computed */
} NewValue;

typedef struct NewRow {
	VEC(NewValue) values;
} NewRow;

typedef struct NewTable {
	ObjectName name; /* empty: there is none */
	Str alias; /* that expressions call it by: its name if the statement gives it none */
	bool is_only;
} NewTable;

/* A table that each row comes from. */
typedef struct NewSource {
	NewTable table;
	NewTable
		other; /* of UPDATE … FROM and DELETE … USING: its rows are looked at beside that */
	Str condition; /* of WHERE; empty: all rows */
} NewSource;

typedef struct NewRows {
	Names columns; /* none: the table's, in order */
	VEC(NewRow) rows; /* with a source: one, for each row of that */
	bool overrides_system, overrides_user;
	NewSource source;
	bool is_distinct; /* of equal rows there is but one */
	bool is_all; /* the values are the source's columns, in order */
} NewRows;

typedef enum NewRowsOutcome {
	NEW_ROWS_OTHER, /* no such statement, or not as it has to be */
	NEW_ROWS_TOO_LONG,
	NEW_ROWS_READ,
} NewRowsOutcome;

/* Of UPDATE, columns and values are those of SET; DELETE has none. Of CREATE TABLE AS, columns are
 * what the query calls them. */
NewRowsOutcome new_rows_read(Arena *arena, Str statement, NewRows *out);

#endif
