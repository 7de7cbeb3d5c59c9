/* What is there after a plan and was not before, and the other way round: differences of two lists
 * of things that a database has. Pure. */
#ifndef EFFECTS_DELTA_H
#define EFFECTS_DELTA_H

#include "base/str.h"

typedef struct Thing {
	Str kind; /* "table", "policy"; of a finding "rls-missing" */
	Str object; /* schema.name, name on schema.table … */
} Thing;

typedef VEC(Thing) Things;

/* Adds rows of kind and object. */
void things_add(Arena *arena, const Str *cells, size_t rows, Things *out);
/* Those of `from` that are not in `other`, sorted. Sorts both. */
Things things_except(Arena *arena, Things from, Things other);
/* Is it among them? They are sorted. */
bool things_have(Things things, Str kind, Str object);

#endif
