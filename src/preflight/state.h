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
	bool is_open; /* nothing is known any more */
	bool is_short; /* there may be rows that the query does not give */
	bool is_long; /* and the other way round */
};

/* What a finder's table is the relation of; NULL: it is the target's, untouched. */
const State *state_of(const Finder *finder, const CatalogRelation *table);
/* The table with the columns that this statement adds to it; NULL if it adds none. */
const CatalogRelation *state_with_new_columns(Finder *finder, const CatalogRelation *table);

/* After a statement's questions: what it does to tables. */
void states_apply(Finder *finder);
/* After it has been taken over as a change. */
void states_check(Finder *finder);

#endif
