/* Local migrations against the target's history: what is to be done. Pure; an inert value that the
 * dry run prints and the push executes.
 *
 * The comparison is the CLI's: two lists ordered by version, equal by the version string alone. */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "plan/history.h"
#include "local/source.h"

typedef enum Verdict {
#define VERDICT(name, word, sentence) VERDICT_##name,
#include "plan/verdict.def"
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

void plan_build(
	Arena *arena, const Source *source, const History *history, bool include_all, Plan *out);
/* The row of a version, or NULL. */
const PlanRow *plan_row(const Plan *plan, Str version);
/* A version that sorts, by bytes, after every other on both sides, and after the `nth` ones
 * before it: a time stamp of now (seconds since 1970), the last one's successor if that lies in the
 * future, or a longer one if the last one is no time stamp. Empty if nothing of digits can sort
 * there. */
Str plan_fresh_version(Arena *arena, const Plan *plan, int64_t now, size_t nth);
Str plan_word(Verdict verdict);

#endif
