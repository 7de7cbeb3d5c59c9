/* What an earlier statement of the plan may have changed that the world does not follow. Then a
 * refusal that rests on it is not claimed: a wrong one stops a good push. */
#ifndef LINT_WORLD_DOUBT_H
#define LINT_WORLD_DOUBT_H

#include "lint/lint_rule.h"
#include "lint/world.h"

/* Takes note of what an action does beside what world_apply follows. After it. */
void world_doubt(World *world, const Action *action);
/* After a statement that was not looked into. */
void world_doubt_all(World *world);
/* Does a refusal by this rule rest on what may have changed? */
bool world_is_doubtful(const World *world, LintId rule);

#endif
