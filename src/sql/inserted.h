/* The rows of INSERT … VALUES, as far as they are constants.
 *
 * Read again from the statement's text where somebody asks for them: facts say what a statement
 * does, and data comes in many statements that do the same. A constant is a literal, also with
 * casts to types of pg_catalog or without a schema; its SQL is the parser's own, so that it can be
 * put into another query. Everything lives in the arena. */
#ifndef SQL_INSERTED_H
#define SQL_INSERTED_H

#include "base/str.h"
#include "base/vec.h"

enum {
	INSERTED_ROWS_MAX = 64
};

typedef enum InsertedKind {
	INSERTED_EXPRESSION, /* known when it runs */
	INSERTED_DEFAULT,
	INSERTED_NULL,
	INSERTED_CONSTANT,
} InsertedKind;

typedef struct InsertedValue {
	InsertedKind kind;
	bool is_integer; /* a literal, without a cast */
	bool is_cast; /* to a type that the search path may give another meaning */
	Str sql; /* of a constant */
} InsertedValue;

typedef struct InsertedRow {
	VEC(InsertedValue) values;
} InsertedRow;

typedef struct Inserted {
	Names columns; /* none: the table's, in order */
	VEC(InsertedRow) rows;
	bool overrides_system, overrides_user;
} Inserted;

typedef enum InsertedOutcome {
	INSERTED_OTHER, /* no such statement, or not as it has to be */
	INSERTED_TOO_LONG,
	INSERTED_READ,
} InsertedOutcome;

InsertedOutcome inserted_read(Arena *arena, Str statement, Inserted *out);

#endif
