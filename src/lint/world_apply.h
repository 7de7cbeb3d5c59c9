/* What an action leaves behind, for the statements after it. */
#ifndef LINT_WORLD_APPLY_H
#define LINT_WORLD_APPLY_H

#include "lint/world.h"

/* Takes over what an action has done that was not refused and not skipped. */
void world_apply(World *world, const Action *action);

#endif
