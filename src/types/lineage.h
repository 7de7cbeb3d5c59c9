/* Where a view's columns come from, by the text of its rule, and the relationships that follow:
 * PostgREST finds a foreign key through each view that shows all of its columns. Pure. */
#ifndef TYPES_LINEAGE_H
#define TYPES_LINEAGE_H

#include "types/catalogue_rows.h"
#include "types/model.h"

/* Adds the relationships to the objects of relations, which are the model's first ones, in the
 * catalogue's order. */
void lineage_add(Catalogue *catalogue, TypesModel *model);

/* A column of a view and the column that it shows, of a table or a view; 0: it shows none. */
typedef struct LineageEntry {
	Str number, table, column;
} LineageEntry;
typedef VEC(LineageEntry) LineageEntries;

/* The columns of the query of a rule (pg_rewrite.ev_action), not those of queries within it. */
void lineage_read(Arena *arena, Str rule, LineageEntries *out);

#endif
