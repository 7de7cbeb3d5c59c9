/* The kinds of statements that matter for how a file is run, and their names. */
#ifndef SQL_KIND_H
#define SQL_KIND_H

#include "base/str.h"

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

/* How a statement has to be run. */
typedef struct SqlTraits {
	SqlClass class;
	StatementKind kind; /* never STATEMENT_OTHER for SQL_NO_BLOCK, SQL_CONTROL, SQL_COPY */
	bool is_concurrent; /* an index is made, dropped or rebuilt CONCURRENTLY: nobody is kept
			       from reading and writing */
	bool drops_role; /* brings the login's own role back: RESET ROLE, DISCARD ALL … */
} SqlTraits;

#endif
