/* The inputs `lint` and `lint-rules`. */
#ifndef STAGE_LINT_H
#define STAGE_LINT_H

#include "stage/run.h"

/* Takes them into run->lint; a line of `lint-rules` that is none is an ERR_INPUT. */
void lint_load(Run *run, Err *err);

/* Judges the migrations that the change at hand adds, from their text alone: the run gets no
 * database. Says what was not looked at. */
void lint_offline(Run *run);

#endif
