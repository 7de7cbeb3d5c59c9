/* One migration's text as statements, and how the file has to be run.
 *
 * Static: needs no server. What PostgreSQL refuses inside a transaction block is recognised from
 * the parse tree. A file is atomic (one transaction, with its history row) unless it holds such a
 * statement, controls transactions itself, or says on its first line that it wants none. */
#ifndef SQL_SCRIPT_H
#define SQL_SCRIPT_H

#include "local/source.h"
#include "sql/sql.h"

typedef struct Statement {
	Str text; /* as stored in the history: a view into the migration's text */
	SqlClass class;
	StatementKind kind;
	bool is_learned; /* the server has refused it in a transaction block */
	bool is_concurrent; /* makes, drops or rebuilds an index CONCURRENTLY */
	bool drops_role; /* leaves the role that the session has taken on */
	bool may_commit; /* outside of a transaction block it may end its transaction: CALL, DO */
	bool examined;
	const Facts *facts; /* NULL without has_facts */
	bool is_by_rule; /* of a refusal: the grammar knows it, and does not allow it */
	Fault *refusal; /* our grammar's or the server's, if it refuses the statement; else NULL */
} Statement;

typedef enum ScriptMode {
	SCRIPT_ATOMIC, /* one transaction, ours; a BEGIN … COMMIT around it is elided */
	SCRIPT_SEGMENTS, /* transactions around statements that run alone */
	SCRIPT_AS_WRITTEN, /* transaction control in the middle: statement by statement */
	SCRIPT_AUTOCOMMIT, /* `-- pg-delta: transaction=false` on the first line */
} ScriptMode;

typedef struct Script {
	const Migration *migration;
	Statement *statements;
	size_t count;
	bool has_facts;
	ScriptMode mode;
	size_t culprit; /* the first statement that keeps it from being atomic, if it is not */
	bool has_begin; /* SCRIPT_ATOMIC: statements[own_begin] and [own_commit] wrap the rest */
	size_t own_begin, own_commit;
} Script;

/* A place in a file, lines and columns (in characters) from 1. */
typedef struct Place {
	size_t line, col;
} Place;

/* Splits and examines. What our grammar refuses is kept as the statement's refusal, not as an
 * error: the server may know better. What cannot be run at all (COPY from the client, PREPARE
 * TRANSACTION) is added to `err`. */
void script_read(Arena *arena, const Migration *migration, Script *out, Err *err);
/* The same without facts, where nobody asks for them: seeds and roles, which may be large, and
 * files that may have been applied long ago. */
void script_read_statements(Arena *arena, const Migration *migration, Script *out, Err *err);

/* Adds ERR_BLOCKED unless all of it can run in one transaction. */
bool script_require_atomic(const Script *script, Err *err);

/* Makes it the statement's refusal: `message` in the arena, `position` as the server counts, 0 if
 * unknown. */
Fault *script_refuse(
	Arena *arena, const Script *script, Statement *statement, size_t position, Str message);

/* Adds the refusals as ERR_SYNTAX, at most a few a file. */
void script_add_refusals(const Script *script, Err *err);

/* Adds what our parser refuses within PL/pgSQL bodies as ERR_SYNTAX: warnings, since the grammar
 * is that of one version and a file may turn the server's check off. */
void script_add_body_warnings(const Script *script, Err *warnings);

Place script_place(const Script *script, const char *at);
/* Says of a fault where it is: file, line, column, end and excerpt (in `arena`). It ends with the
 * word at `position` (characters of the statement from 1), or, for 0, with the statement. */
void script_locate(Arena *arena, const Script *script, const Statement *statement, size_t position,
	Fault *fault);
/* The lines of `statement` around `position` (characters from 1, 0: its beginning), numbered, with
 * a caret under it. */
Str script_excerpt(Arena *arena, const Script *script, const Statement *statement, size_t position);
/* Where `position` of the statement's text is; its first token for 0. */
const char *script_point(const Statement *statement, size_t position);

/* Is the statement after the first `done` ones inside a transaction that COMMIT AND CHAIN has
 * opened? Then this is the BEGIN whose options that one has; otherwise NULL. */
const Statement *script_chained(const Script *script, size_t done);

/* Has it anything to run? Not BEGIN and COMMIT around a whole file, which the push leaves out. */
bool script_runs(const Script *script, size_t index);

/* Is this statement inside of a transaction that the file has made READ ONLY? */
bool script_is_read_only(const Script *script, size_t index);

/* "CREATE INDEX CONCURRENTLY": of one that is not plain. */
Str script_statement_name(const Statement *statement);
/* Why a file is not atomic: "statement 2 (line 7) is CREATE INDEX CONCURRENTLY". */
Str script_reason(Arena *arena, const Script *script);

#endif
