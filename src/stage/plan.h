/* The plan of a run. */
#ifndef STAGE_PLAN_H
#define STAGE_PLAN_H

#include "plan/digest.h"
#include "stage/run.h"

/* What the plan's digest is made of. */
DigestInput plan_digest_input(const Run *run);

#endif
