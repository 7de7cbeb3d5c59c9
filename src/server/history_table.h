/* The target's history: supabase_migrations.schema_migrations, in the form of the Supabase CLI.
 *
 * The only place with SQL on that table. Reading creates nothing; an absent table is an empty
 * history. Extra columns, NULL statements and tables of older CLI versions are fine. */
#ifndef SERVER_HISTORY_TABLE_H
#define SERVER_HISTORY_TABLE_H

#include "plan/history.h"
#include "sql/script.h"
#include "server/session.h"

/* The key of the advisory lock that a push holds: the first eight bytes of
 * SHA-256("supabase-promote"), and their partials as pg_locks shows them. */
#define HISTORY_KEY "2427652768262669867"
#define HISTORY_KEY_HIGH "565231956"
#define HISTORY_KEY_LOW "2588558891"

/* One turn, and one more if a file was left half done or the table is an old CLI's. Adds
 * ERR_HISTORY where the role may not read it, the relation is not a table, or the server refuses
 * for another reason (a lock that is not had: with its SQLSTATE). */
bool history_read(Session *session, History *out, Err *err);

/* The same as a part of a batch: what history_ask has added is read by history_take. */
typedef struct HistoryQuestion {
	size_t probe, versions, system; /* indexes of commands */
} HistoryQuestion;
HistoryQuestion history_ask(Session *session, Batch *batch);
bool history_take(
	Session *session, const Batch *batch, HistoryQuestion question, History *out, Err *err);

/* Fetches the statements of the versions that are `wanted`. One turn. */
bool history_load(Session *session, History *history, const bool *wanted, Err *err);

/* Adds what keeps every other writer off the table until the transaction ends: the CLI, or a
 * person. Readers are not blocked. Nothing if the role may not. */
void history_lock(Batch *batch, const History *history);

/* Adds what fails (SQLSTATE 23505) if the version is recorded already. */
void history_refuse_recorded(Batch *batch, const Script *script);

/* Adds the CLI's DDL for what the table lacks; nothing if it is complete. */
void history_add_ddl(Batch *batch, const History *history);

/* Makes the table, or the columns that it lacks, with the CLI's DDL, in one transaction under a
 * lock timeout. Does nothing if it is complete. Adds ERR_HISTORY. */
bool history_prepare(Session *session, const History *history, Err *err);

/* Adds what fails (PURPOSE_SEEN) if the row that history_add has written is not there: a trigger or
 * a rule may have swallowed it, and the file must not be committed then. */
void history_see(Batch *batch, const Script *script);

/* The same at the head of the next file of a batch (PURPOSE_SEEN_BEFORE): nothing follows a file
 * whose transaction has not been committed. */
void history_see_before(Batch *batch, const Script *script);

/* Adds the INSERT of one migration's row to a batch. The text goes along once more, as one
 * parameter that is cut on the server: no copy of it is made here. */
void history_add(Batch *batch, const Script *script);

/* The same for a version that may be recorded already: its name and statements are renewed. */
void history_set(Batch *batch, const Script *script);
/* Adds the DELETE of a version's row. */
void history_strike(Batch *batch, Str version);

/* Adds both at the end of the file's own transaction: by the session's role, and in its encoding,
 * whatever the file has left; its other settings may matter for what is checked at COMMIT. */
void history_record(const Session *session, Batch *batch, const Script *script);

#endif
