/* The target's history: supabase_migrations.schema_migrations, in the form of the Supabase CLI.
 *
 * The only place with SQL on that table. Reading creates nothing; an absent table is an empty
 * history. Extra columns, NULL statements and tables of older CLI versions are fine. */
#ifndef MIGRATE_HISTORY_H
#define MIGRATE_HISTORY_H

#include "migrate/script.h"
#include "migrate/session.h"

typedef struct History {
	bool schema_exists, table_exists;
	bool is_complete; /* has the columns version, name and statements */
	bool can_insert; /* meaningful if the table exists */
	bool can_create; /* a schema in the database */
	VEC(Str) versions; /* by bytes */
} History;

/* One turn. Adds ERR_HISTORY where the role may not read it or the relation is not a table. */
bool history_read(Session *session, History *out, Err *err);

/* Makes the table, or the columns that it lacks, with the CLI's DDL, in one transaction under a
 * lock timeout. Does nothing if it is complete. Adds ERR_HISTORY. */
bool history_prepare(Session *session, const History *history, Err *err);

/* Adds the INSERT of one migration's row to a flight. The text goes along once more, as one
 * parameter that is cut on the server: no copy of it is made here. */
void history_add(Flight *flight, const Script *script);

/* Is this version recorded? Asks the server. */
bool history_has(Session *session, Str version, bool *recorded, Err *err);

/* The newest version, or an empty Str. */
Str history_head(const History *history);

#endif
