/* What statements do to the states of tables. */
#ifndef PREFLIGHT_STATE_APPLY_H
#define PREFLIGHT_STATE_APPLY_H

#include "preflight/state.h"
#include "preflight/writing.h"

/* After a statement's questions: what it does to tables. */
void states_apply(Finder *finder);
/* After it has been taken over as a change. */
void states_check(Finder *finder);
/* The table with the columns that this statement adds to it; NULL if it adds none. */
const CatalogRelation *state_with_new_columns(Finder *finder, const CatalogRelation *table);

/* ---- for the files that are about one kind of statement ---- */

enum {
	STATE_SQL_MAX = 16 * 1024 /* bytes of a query: what needs more is not followed */
};

/* The state of the statement's table that it may change; the one before is kept as it was. NULL: no
 * such table is known. */
State *state_change(Finder *finder, ObjectName name);
/* One that the plan makes. */
State *state_make(Finder *finder, ObjectName name);
void state_forget_column(Finder *finder, State *state, Str column);
void state_forget_generated(Finder *finder, State *state);
/* Its rows, as an item of FROM with that name. */
Str state_item(Finder *finder, const State *state, Str alias);
/* Gives it another query, or opens it if that has become too long. */
void state_set_rows(State *state, Str rows);

/* INSERT, UPDATE, DELETE. */
void state_write(Finder *finder, const Action *action);
/* CREATE TABLE AS. */
void state_create_as(Finder *finder, const Action *action);
/* Columns and constraints; false: it is another action. */
bool state_shape(Finder *finder, const Action *action);
void state_add_column(Finder *finder, State *state, const Action *action);

#endif
