/* The relations of a database as they are before anything is run: what effects are about.
 *
 * Pure. Sizes are in blocks of 8 KiB; rows are the server's estimate, -1 if it has none. */
#ifndef EFFECTS_RELATION_H
#define EFFECTS_RELATION_H

#include "schema/catalog.h"
#include "sql/facts.h"

/* What this transaction has done to a relation so far (pg_stat_get_xact_…). */
typedef struct RelationCounts {
	int64_t scans, read, inserted, updated, deleted;
} RelationCounts;

typedef struct Relation {
	int64_t oid, file; /* its file's number, 0 if it has none */
	RelationKind kind;
	Str schema, name;
	Str shown; /* schema.name, for people and reports */
	int64_t blocks, rows;
	int64_t table; /* of an index: its table's oid; of a partition or a child: its parent's,
			  which is not read without it */
	int64_t reads, writes; /* since the statistics were reset */
	RelationCounts counts;
} Relation;

typedef struct Relations {
	Relation *items; /* by oid */
	size_t count;
} Relations;

/* Reads the rows of relation_columns. Rows are in the order of their oids. */
enum {
	RELATION_COLUMNS = 15
};
Relations relations_read(Arena *arena, const Str *cells, size_t rows);

/* NULL if it was not there before. */
const Relation *relations_find(const Relations *relations, int64_t oid);
/* By name; without a schema the largest of that name, of those that have rows. NULL if none. */
const Relation *relations_named(const Relations *relations, ObjectName name);

bool relation_is_table(const Relation *relation); /* plain or partitioned */
bool relation_is_index(const Relation *relation);

/* A decimal number; 0 for what is none. */
int64_t relation_number(Str text);

#endif
