/* What an action leaves behind, for the statements after it. */
#ifndef WORLD_WORLD_APPLY_H
#define WORLD_WORLD_APPLY_H

#include "world/world.h"

/* Takes over what an action has done that was not refused and not skipped. */
void world_apply(World *world, const Action *action);
/* Dependencies of what it makes or changes are not in the catalogue that was read. */
bool world_makes_by(const Action *action);
/* May operator classes, access methods, or casts be others from then on? */
bool world_makes_class(const Action *action);

/* What roles may do is perhaps not what the catalogue says any more. */
void world_take_rights(World *world, const Action *action);
/* Is there one of the name? */
bool world_has_savepoint(const World *world, Str name);
/* SAVEPOINT, RELEASE and ROLLBACK TO. */
void world_set_savepoint(World *world, const Action *action);

#endif
