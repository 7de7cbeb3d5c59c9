/* What is there after a plan and was not before, and the other way round: differences of two lists
 * of things that a database has. Pure. */
#ifndef EFFECTS_DELTA_H
#define EFFECTS_DELTA_H

#include "base/str.h"

typedef struct Thing {
	Str kind; /* "table", "policy"; of a finding "rls-missing" */
	Str object; /* schema.name, name on schema.table … */
	Str holder; /* of a privilege: the object that it is on; empty: of no object */
} Thing;

typedef VEC(Thing) Things;

/* Adds rows of kind, object and, if there is a third column, holder. */
void things_add(Arena *arena, const Str *cells, size_t rows, size_t columns, Things *out);
/* Those of `from` that are not in `other`, sorted. Sorts both. */
Things things_except(Arena *arena, Things from, Things other);
/* Those whose holder, if they have one, is among `objects`. */
Things things_held_by(Arena *arena, Things things, Things objects);

#endif
