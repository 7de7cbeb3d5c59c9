/* libpg_query: what one SQL statement is, judged by PostgreSQL's own grammar.
 *
 * The grammar is that of one PostgreSQL version (sql_library_version); a newer server may accept
 * more. libpg_query has no depth guard, so statements that are long enough to nest deeply are
 * examined on a large stack of their own, and those above SQL_EXAMINED_MAX not at all: the server
 * judges them. Splitting a file into statements is sql/split's work; each is proven here to be
 * one. */
#ifndef SQL_SQL_H
#define SQL_SQL_H

#include "base/str.h"

enum {
	SQL_EXAMINED_MAX = 128 * 1024
};

typedef enum SqlClass {
	SQL_PLAIN, /* runs in a transaction block */
	SQL_EMPTY, /* comments only */
	SQL_NO_BLOCK, /* PostgreSQL refuses it in a transaction block, or it ends the transaction
		      itself */
	SQL_BEGIN, /* BEGIN, START TRANSACTION without options */
	SQL_BEGIN_WITH_OPTIONS,
	SQL_COMMIT, /* COMMIT, END */
	SQL_CONTROL, /* ROLLBACK, PREPARE TRANSACTION, COMMIT AND CHAIN … */
	SQL_COPY, /* COPY from or to the client, which has no data to give */
} SqlClass;

typedef enum StatementKind {
	STATEMENT_OTHER,
#define STATEMENT(kind, name, repeatable) STATEMENT_##kind,
#include "sql/statement.def"
#undef STATEMENT
} StatementKind;

/* "CREATE INDEX CONCURRENTLY"; empty for STATEMENT_OTHER. */
Str sql_kind_name(StatementKind kind);
/* Does it do no harm if it is run a second time? */
bool sql_kind_is_repeatable(StatementKind kind);

typedef enum SqlOutcome {
	SQL_VALID,
	SQL_INVALID,
	SQL_NOT_EXAMINED, /* too long, or nested too deeply for the parser */
} SqlOutcome;

typedef struct SqlFinding {
	SqlClass class;
	StatementKind kind; /* never STATEMENT_OTHER for SQL_NO_BLOCK, SQL_CONTROL, SQL_COPY */
	bool is_concurrent; /* an index is made, dropped or made anew CONCURRENTLY: nobody is kept
			       from reading and writing */
	bool drops_role; /* brings the login's own role back: RESET ROLE, DISCARD ALL … */
	Str message; /* of SQL_INVALID: the parser's words */
	size_t position; /* of SQL_INVALID: in characters from 1; 0 if unknown */
} SqlFinding;

/* Examines one statement without its semicolon. */
SqlOutcome sql_examine(Arena *arena, Str statement, SqlFinding *finding);

/* Does it leave the same behind when it is run twice as when it is run once? Only "yes" is certain.
 * It costs more than sql_examine: for the few that are asked about. */
bool sql_is_idempotent(Str statement);

/* The first word of `*rest` in lower case, comments and white space skipped; empty if there is
 * none.
 * `*rest` goes on behind it. */
Str sql_word(Arena *arena, Str *rest);

/* The PostgreSQL version whose grammar it is, for example "17.4". */
const char *sql_library_version(void);

#endif
