/* What a pending statement will do, as far as its text and the catalogue tell. */
#ifndef LINT_PREDICT_H
#define LINT_PREDICT_H

#include "lint/effect.h"
#include "sql/script.h"

/* Judges the next statement of the plan, and takes over into `world` what it does. The effect lives
 * in the world's arena. */
Effect predict(World *world, const Statement *statement);

#endif
