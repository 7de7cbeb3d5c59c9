/* Tables as the plan has left them before a statement: what they are, and a query that gives their
 * rows.
 *
 * A statement that adds, changes or takes away rows in a way that can be evaluated (see
 * evaluable.h) makes a new state of its table, in which the query of the one before is wrapped.
 * Where that is not so, the state says what is no longer known: some columns' values, or all. The
 * target's table has no state until the plan does something to it. For the finders alone. */
#ifndef PREFLIGHT_STATE_H
#define PREFLIGHT_STATE_H

#include "preflight/finder.h"

struct State {
	CatalogRelation relation; /* as it is now; an oid below 0: made by the plan */
	Str rows; /* a query in parentheses; empty: the target's table has them */
	Names unknown; /* columns whose values are not known */
	bool is_empty;
	bool is_union; /* the query ends with rows that were inserted */
	bool is_open; /* nothing is known any more */
	bool is_short; /* there may be rows that the query does not give */
	bool is_long; /* and the other way round */
};

/* What a finder's table is the relation of; NULL: it is the target's, untouched. */
const State *state_behind(const Finder *finder, const CatalogRelation *table);
/* What a NULL of the column is written as: text for a type that is not the server's own, since a
 * domain looks at NULLs, too, with whatever functions it has. */
Str state_type(const CatalogColumn *column);
/* May values be computed of it? */
bool state_is_computable(const CatalogColumn *column);
/* The last state of that name; NULL: it has none, or another table may be meant. */
State *state_find(const Finder *finder, ObjectName name);

#endif
