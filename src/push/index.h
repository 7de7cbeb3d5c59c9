/* Concurrent index builds that may have been tried before.
 *
 * CREATE INDEX CONCURRENTLY that was cancelled, or that has failed, leaves an invalid index, and
 * the next try fails on its name. Which index of the table is the statement's own is known from the
 * server: the same index is made on an empty temporary copy of the table, in a transaction that is
 * rolled back, and the two definitions are compared. One that is invalid is dropped concurrently,
 * and built again; one that is valid is what the statement wants. */
#ifndef PUSH_INDEX_H
#define PUSH_INDEX_H

#include "sql/script.h"
#include "server/session.h"

/* The parts of CREATE [UNIQUE] INDEX CONCURRENTLY, as they are written. */
typedef struct IndexParts {
	bool unique;
	Str name; /* empty: the server makes one up */
	Str table;
	Str rest; /* what follows the table's name */
} IndexParts;

/* False if it is another statement. Pure. */
bool index_parts(Str statement, IndexParts *out);

/* Before the statement runs: drops what an earlier try has left, and tells in *exists whether there
 * is nothing to do. One turn, if no index of the name is there. False with a fault. */
bool index_prepare(
	Session *session, const Script *script, const Statement *statement, bool *exists, Err *err);

#endif
