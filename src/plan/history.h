/* The history of a target, as data: which versions it has, and what is recorded of each. Pure;
 * server/history_table reads and writes it. */
#ifndef PLAN_HISTORY_H
#define PLAN_HISTORY_H

#include "base/str.h"
#include "base/vec.h"

/* What the server has said of one version. */
typedef struct Record {
	Str digest; /* SHA-256 of its statements, each after its length and a colon; empty if it
		       has none, or they are larger than a file may be */
	Str text; /* its statements, after history_load; otherwise empty */
	Str name; /* that is recorded, after history_load */
	Str identity; /* of that text, once content_compare has made it; empty if it holds comments
			 only, or nothing is known of it: then the digest is empty, too */
	bool is_as_filed; /* the local file's statements are the same, byte for byte */
	size_t file; /* index of the local file with its version, or SIZE_MAX */
} Record;

/* A file that is not atomic and that a run has left half done: see push/progress. */
typedef struct Partial {
	Str version;
	size_t done; /* its first statements, whose effects stay */
	bool in_doubt; /* whether the next one has run, nobody knows */
	Str chain; /* content_chain of those that are done */
} Partial;

typedef struct History {
	bool schema_exists, table_exists;
	bool is_complete; /* has the columns version, name and statements */
	bool can_insert; /* meaningful if the table exists */
	bool can_create; /* a schema in the database */
	bool can_lock; /* the table, against other writers */
	bool has_partials;
	Str system; /* the server's own identity and the database's; empty if unknown */
	VEC(Str) versions; /* by bytes */
	Record *records; /* one for each version */
	VEC(Partial) partials; /* by their versions' bytes */
} History;

/* A copy without these versions. */
History history_except(Arena *arena, const History *history, const Str *versions, size_t count);

/* The same versions, with the same statements? */
bool history_is_same(const History *before, const History *now);
/* What is new, gone or changed: "new: 2024…; gone: 2023…". */
Str history_difference(Arena *arena, const History *before, const History *now);

/* Index of the version, or SIZE_MAX. */
size_t history_find(const History *history, Str version);
bool history_holds(const History *history, Str version);
/* What earlier runs have left of this version; NULL if no row has it. */
const Partial *history_partial(const History *history, Str version);

/* The newest version, or an empty Str. */
Str history_head(const History *history);

#endif
