/* Is the target what staging is, but for what is pending? In mode compare, before a push, and
 * after it. */
#ifndef STAGE_DRIFT_H
#define STAGE_DRIFT_H

#include "action/inputs.h"

/* Does a push or a dry run compare? */
bool drift_is_asked(const Inputs *inputs);

#endif
