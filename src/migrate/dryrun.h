/* The plan in the log: what a push would run, file by file. Reads nothing, changes nothing. */
#ifndef MIGRATE_DRYRUN_H
#define MIGRATE_DRYRUN_H

#include "base/log.h"
#include "migrate/plan.h"
#include "migrate/script.h"

/* `scripts` are those of plan->pending, in its order. */
void dryrun_print(const Log *log, const Plan *plan, const Script *scripts);

#endif
