/* What the files of preflight/state share. */
#ifndef PREFLIGHT_STATE_PART_H
#define PREFLIGHT_STATE_PART_H

#include "preflight/state.h"
#include "preflight/writing.h"

enum {
	STATE_SQL_MAX = 32 * 1024 /* bytes of a query: what needs more is not followed */
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
void state_set_rows(Finder *finder, State *state, Str rows);

/* A column's type where it can stand in SQL, or text for another of the plan's. */
Str state_type(const CatalogColumn *column);
/* May values be computed of it? */
bool state_is_computable(const CatalogColumn *column);

/* INSERT, UPDATE, DELETE. */
void state_write(Finder *finder, const Action *action);
/* CREATE TABLE AS. */
void state_create_as(Finder *finder, const Action *action);
/* Columns and constraints; false: it is another action. */
bool state_shape(Finder *finder, const Action *action);
void state_add_column(Finder *finder, State *state, const Action *action);

#endif
