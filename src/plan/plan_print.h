/* The plan in the log: what a push would run, file by file. Reads nothing, changes nothing. */
#ifndef PLAN_PLAN_PRINT_H
#define PLAN_PLAN_PRINT_H

#include "base/log.h"
#include "plan/plan.h"
#include "sql/script.h"

/* `scripts` are those of plan->pending, in its order. */
void dryrun_print(const Log *log, const Plan *plan, const Script *scripts);

#endif
