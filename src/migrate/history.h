/* The target's history: supabase_migrations.schema_migrations, in the form of the Supabase CLI.
 *
 * The only place with SQL on that table. Reading creates nothing; an absent table is an empty
 * history. Extra columns, NULL statements and tables of older CLI versions are fine. */
#ifndef MIGRATE_HISTORY_H
#define MIGRATE_HISTORY_H

#include "migrate/script.h"
#include "migrate/session.h"

/* The key of the advisory lock that a push holds: the first eight bytes of
 * SHA-256("supabase-promote"), and their halves as pg_locks shows them. */
#define HISTORY_KEY "2427652768262669867"
#define HISTORY_KEY_HIGH "565231956"
#define HISTORY_KEY_LOW "2588558891"

/* What the server has told of one version. */
typedef struct Record {
	Str digest; /* SHA-256 of its statements, each behind its length and a colon; empty if it
		       has none, or they are larger than a file may be */
	Str text; /* its statements, after history_load; otherwise empty */
	Str identity; /* of that text, once content_compare has made it; empty if it holds comments
			 only, or nothing is known of it: then the digest is empty, too */
	bool is_as_filed; /* the local file's statements are the same, byte for byte */
	size_t file; /* index of the local file with its version, or SIZE_MAX */
} Record;

/* A file that is not atomic and that a run has left half done: see migrate/progress. */
typedef struct Half {
	Str version;
	size_t done; /* its first statements, whose effects stay */
	bool in_doubt; /* whether the one behind them has run, nobody knows */
	Str chain; /* content_chain of those that are done */
} Half;

typedef struct History {
	bool schema_exists, table_exists;
	bool is_complete; /* has the columns version, name and statements */
	bool can_insert; /* meaningful if the table exists */
	bool can_create; /* a schema in the database */
	bool can_lock; /* the table, against other writers */
	bool has_halves;
	Str system; /* the server's own identity and the database's; empty if it is not told */
	VEC(Str) versions; /* by bytes */
	Record *records; /* one for each version */
	VEC(Half) halves;
} History;

/* One turn, and one more if a file was left half done or the table is an old CLI's. Adds
 * ERR_HISTORY where the role may not read it, the relation is not a table, or the server refuses
 * for another reason (a lock that is not had: with its SQLSTATE). */
bool history_read(Session *session, History *out, Err *err);

/* The same as a part of a flight: what history_ask has added is read by history_take. */
typedef struct HistoryQuestion {
	size_t probe, versions, system; /* indexes of commands */
} HistoryQuestion;
HistoryQuestion history_ask(Session *session, Flight *flight);
bool history_take(
	Session *session, const Flight *flight, HistoryQuestion question, History *out, Err *err);

/* Fetches the statements of the versions that are `wanted`. One turn. */
bool history_load(Session *session, History *history, const bool *wanted, Err *err);

/* Adds what keeps every other writer off the table until the transaction ends: the CLI, or a
 * person. Readers go on. Nothing if the role may not. */
void history_lock(Flight *flight, const History *history);

/* Adds what fails (SQLSTATE 23505) if the version is recorded already. */
void history_refuse_recorded(Flight *flight, const Script *script);

/* Makes the table, or the columns that it lacks, with the CLI's DDL, in one transaction under a
 * lock timeout. Does nothing if it is complete. Adds ERR_HISTORY. */
bool history_prepare(Session *session, const History *history, Err *err);

/* Adds the INSERT of one migration's row to a flight. The text goes along once more, as one
 * parameter that is cut on the server: no copy of it is made here. */
void history_add(Flight *flight, const Script *script);

/* A copy without these versions. */
History history_except(Arena *arena, const History *history, const Str *versions, size_t count);

/* The same versions, with the same statements? */
bool history_is_same(const History *before, const History *now);
/* What is new, gone or changed: "new: 2024…; gone: 2023…". */
Str history_difference(Arena *arena, const History *before, const History *now);

bool history_holds(const History *history, Str version);

/* The newest version, or an empty Str. */
Str history_head(const History *history);

#endif
