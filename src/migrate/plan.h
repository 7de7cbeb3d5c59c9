/* Local migrations against the target's history: what is to be done. Pure; an inert value that the
 * dry run prints and the push executes.
 *
 * The comparison is the CLI's: two lists ordered by version, equal by the version string alone. */
#ifndef MIGRATE_PLAN_H
#define MIGRATE_PLAN_H

#include "migrate/history.h"
#include "migrate/source.h"

typedef enum Verdict {
#define VERDICT(name, word, sentence) VERDICT_##name,
#include "migrate/verdict.def"
#undef VERDICT
} Verdict;

typedef struct PlanRow {
	Str version;
	const Migration *migration; /* NULL if it is missing locally */
	Verdict verdict;
} PlanRow;

typedef struct Plan {
	VEC(PlanRow) rows; /* every version of both sides, in order */
	VEC(const Migration *) pending; /* what a push runs, in order */
	Str head; /* newest version in the history; empty if there is none */
} Plan;

typedef struct PlanOptions {
	bool include_all; /* push what is out of order, too */
	int64_t now; /* seconds since 1970, for the fresh time stamps of remedies */
	Str folder; /* of the migrations, relative to the workspace */
} PlanOptions;

void plan_build(
	Arena *arena, const Source *source, const History *history, bool include_all, Plan *out);
/* Adds an ERR_BLOCKED for everything that forbids a push, with the commands that cure it. */
bool plan_check(const Plan *plan, const PlanOptions *options, Err *err);
Str plan_word(Verdict verdict);

#endif
