/* What a statement does, as facts: read once from its parse tree, kept for the run.
 *
 * A statement is a list of actions, each on one object: CREATE TABLE has one for the table and one
 * for each column and constraint, ALTER TABLE one for each of its commands, a query one for each
 * table that it writes. Beside them are the names that it uses: tables read, functions called,
 * types. DO blocks and function bodies in SQL and PL/pgSQL are looked into; a function's body does
 * not run when the function is created, so what it holds is marked.
 *
 * Names are as the parser has them: in lower case unless quoted, an empty schema means the
 * search path. Nothing is resolved here. What could not be looked into is a gap, never left unsaid.
 * Offsets are bytes from the start of the statement. Everything lives in the arena. */
#ifndef SQL_FACTS_H
#define SQL_FACTS_H

#include "base/str.h"
#include "base/vec.h"

typedef enum ObjectKind {
	OBJECT_NONE,
#define OBJECT(kind, name) OBJECT_##kind,
#include "sql/object.def"
#undef OBJECT
} ObjectKind;

typedef enum ActionKind {
	ACTION_NONE,
#define ACTION(kind, name, twice) ACTION_##kind,
#include "sql/action.def"
#undef ACTION
} ActionKind;

typedef struct ActionOptions {
#define ACTION_OPTION(name) bool name : 1;
#include "sql/action_option.def"
#undef ACTION_OPTION
} ActionOptions;

/* CALL: of a function without arguments. */
typedef enum ValueKind {
#define VALUE(kind, name) VALUE_##kind,
#include "sql/value_kind.def"
#undef VALUE
} ValueKind;

typedef VEC(ValueKind) ValueKinds;

typedef struct ObjectName {
	Str schema, name;
} ObjectName;

/* What an index's element has beside its column or expression. */
typedef struct IndexElement {
	ObjectName operator_class; /* empty: none is named */
	bool is_expression;
} IndexElement;

typedef VEC(IndexElement) IndexElements;

typedef struct Action {
	ActionKind kind;
	ObjectKind object_kind;
	ActionOptions options;
	bool in_function; /* in the body of a function that the statement creates */
	size_t offset;
	ObjectName object; /* the table of a column, constraint, index, policy or trigger */
	ObjectName other; /* the table that a key references, the parent of a partition, what LIKE
			     copies, the index of USING INDEX, a trigger's function, a column's
			     collation */
	Str name; /* of the column, constraint, index, policy, trigger, setting, savepoint */
	Str new_name; /* RENAME: the name; SET_SCHEMA: the schema; ADD_VALUE: the label; an identity
			 column: its sequence */
	Str type; /* of a column, as SQL; the return type of a function; the mode of LOCK; the
		     strategy of a partition's bound; BEFORE, AFTER, INSTEAD OF of a trigger; the
		     access method of an index and of EXCLUDE; what is done to a savepoint:
		     SAVEPOINT, RELEASE, ROLLBACK TO */
	Str expression; /* as SQL: a default, a CHECK, USING, WHERE; the value of SET */
	Str arguments; /* of a function: its input types, as SQL */
	Str language; /* of a function; empty: none is said */
	Names columns; /* of a key, index, INSERT, UPDATE, trigger; privileges of GRANT; a bound's
			values; of a function: its input arguments' names; what LIKE includes;
			of statistics, where expressions are empty */
	Names other_columns; /* the referenced ones; the roles of GRANT and of a policy; operators
				of EXCLUDE; a bound's upper values */
	ValueKinds values; /* of INSERT and UPDATE: OTHER where rows differ, and for the columns
			      of a query; none if rows are of different lengths */
	Names keys; /* columns of PARTITION BY, of ON CONFLICT, of GRANT; empty: an expression.
			Schemas of ALTER DEFAULT PRIVILEGES. Of an index or a key: INCLUDE. Of a
			function: its arguments' defaults, as SQL; empty: none */
	IndexElements elements; /* of an index and of EXCLUDE, as many as `columns` */
} Action;

typedef enum UseKind {
	USE_TABLE, /* read, or named by a constraint or a trigger */
	USE_FUNCTION, /* called */
	USE_TYPE,
} UseKind;

typedef struct Use {
	UseKind kind;
	bool in_function;
	bool is_declared; /* in_function, and looked up when the function is created: %ROWTYPE */
	ObjectName name;
	size_t offset; /* 0 within a body */
} Use;

/* What could not be looked into. */
typedef enum FactsGap {
	GAP_NOT_PARSED = 1 << 0, /* refused by our grammar, or too large */
	GAP_DYNAMIC = 1 << 1, /* EXECUTE of text that is made while it runs */
	GAP_LANGUAGE = 1 << 2, /* a body that is neither SQL nor PL/pgSQL */
	GAP_BODY = 1 << 3, /* a body that the library cannot read */
	GAP_ROWS = 1 << 5, /* the rows of a long INSERT … VALUES; all else of it was read */
	GAP_CALL = 1 << 4, /* CALL, or EXECUTE of a prepared statement */
} FactsGap;

typedef struct Facts {
	VEC(Action) actions;
	VEC(Use) uses;
	unsigned gaps; /* FactsGap; of what runs now */
	unsigned function_gaps; /* of the body of a function that is created */
	bool ends_transaction; /* a DO block with COMMIT or ROLLBACK */
	Str body_refusal; /* the parser's words about a body's syntax; empty: none */
	bool body_refusal_is_open; /* it may be refused for something else, before */
	size_t body_refusal_offset; /* of the token, or of the body if that is not known */
} Facts;

bool facts_same_object(ObjectName a, ObjectName b);
/* "public.orders"; "orders" without a schema. */
Str facts_qualified(Arena *arena, ObjectName name);
/* "ALTER COLUMN TYPE", "materialized view". */
Str facts_action_name(ActionKind kind);
Str facts_object_name(ObjectKind kind);
Str facts_value_name(ValueKind kind);

/* Has a new column a default that is more than NULL? */
bool facts_has_value(const Action *column);

/* Do two statements do the same to the same objects? Offsets do not count. */
bool facts_equal(const Facts *a, const Facts *b);
/* A copy that shares nothing with `facts`. */
Facts *facts_copy(Arena *arena, const Facts *facts);

#endif
