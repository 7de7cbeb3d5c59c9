/* What the guards are given: what was read, and what was asked for. Plain data. */
#ifndef CHECK_FACTS_H
#define CHECK_FACTS_H

#include "check/finding.h"
#include "plan/digest.h"
#include "plan/plan.h"

typedef struct GuardOptions {
	int64_t now; /* seconds since 1970, for the fresh time stamps of remedies */
	GuardLevels levels;
	size_t max_pending; /* 0: no limit */
	Str expect_plan; /* empty: any */
} GuardOptions;

typedef struct Deleted {
	Str version;
	Str file, path; /* as of a Migration */
} Deleted;

typedef struct GuardFacts {
	const Plan *plan;
	const Script *scripts; /* of plan->pending; NULL: not read */
	DigestInput input; /* files, contents, history and options of the plan */
	Str digest; /* of the plan; empty: not made */
	const Deleted *deleted; /* migrations that the change at hand deletes */
	size_t deleted_count;
	bool promotes; /* the history is the base branch's, and no target's */
	const History *staging; /* NULL: there is none, or it was not asked */
} GuardFacts;

#endif
