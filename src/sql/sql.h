/* libpg_query: what one SQL statement is, judged by PostgreSQL's own grammar.
 *
 * The grammar is that of one PostgreSQL version (sql_library_version); a newer server may accept
 * more. libpg_query has no depth guard, so statements that are long enough to nest deeply are
 * examined on a large stack of their own, and those above SQL_EXAMINED_MAX not at all: the server
 * judges them. Splitting a file into statements is sql/split's work; each is proven here to be
 * one. */
#ifndef SQL_SQL_H
#define SQL_SQL_H

#include "sql/facts.h"
#include "sql/kind.h"

enum {
	SQL_EXAMINED_MAX = 128 * 1024
};

typedef enum SqlOutcome {
	SQL_VALID,
	SQL_INVALID,
	SQL_NOT_EXAMINED, /* too long, or nested too deeply for the parser */
} SqlOutcome;

typedef struct SqlFinding {
	SqlClass class;
	StatementKind kind; /* never STATEMENT_OTHER for SQL_NO_BLOCK, SQL_CONTROL, SQL_COPY */
	bool is_concurrent; /* an index is made, dropped or rebuilt CONCURRENTLY: nobody is kept
			       from reading and writing */
	bool drops_role; /* brings the login's own role back: RESET ROLE, DISCARD ALL … */
	const Facts *facts; /* of sql_examine_facts */
	Str message; /* of SQL_INVALID: the parser's words */
	size_t position; /* of SQL_INVALID: in characters from 1; 0 if unknown */
	bool is_by_rule; /* of SQL_INVALID: the grammar knows it, and does not allow it */
} SqlFinding;

/* Examines one statement without its semicolon. */
SqlOutcome sql_examine(Arena *arena, Str statement, SqlFinding *finding);
/* The same with its facts, never NULL. Those of the statement before (may be NULL) are shared if
 * they are equal: data comes in many statements that do the same. */
SqlOutcome sql_examine_facts(
	Arena *arena, Str statement, const Facts *previous, SqlFinding *finding);

/* The first word of `*rest` in lower case, comments and white space skipped; empty if there is
 * none.
 * `*rest` is what follows it. */
Str sql_word(Arena *arena, Str *rest);

/* The PostgreSQL version whose grammar it is, for example "17.4". */
const char *sql_library_version(void);
/* The same as a number: 170004. */
int sql_library_version_num(void);

#endif
