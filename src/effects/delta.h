/* What is there after a plan and was not before, and the other way round: differences of two lists
 * of things that a database has. Pure. */
#ifndef EFFECTS_DELTA_H
#define EFFECTS_DELTA_H

#include "sql/facts.h"

typedef struct Thing {
	Str kind; /* "table", "policy"; of a finding "rls-missing" */
	Str object; /* schema.name, name on schema.table …: for people, and to know it again */
	/* of a finding */
	Str holder; /* of a privilege: the object that it is on; empty: of no object */
	ObjectName on; /* what it is, or is on; empty: it is on none */
	Str part; /* its name on that: a policy's, a constraint's; may be empty */
} Thing;

enum {
	THING_COLUMNS = 2, /* kind, object */
	FINDING_COLUMNS = 6, /* and holder, schema, name, part */
};

typedef VEC(Thing) Things;

/* Adds rows of THING_COLUMNS or FINDING_COLUMNS. */
void things_add(Arena *arena, const Str *cells, size_t rows, size_t columns, Things *out);
/* Those of `from` that are not in `other`, sorted. Sorts both. */
Things things_except(Arena *arena, Things from, Things other);
/* Those whose holder, if they have one, is among `objects`. */
Things things_held_by(Arena *arena, Things things, Things objects);

#endif
