/* What the checks of lint share: the plan so far, the file at hand, and where findings go. */
#ifndef LINT_LINT_RUN_H
#define LINT_LINT_RUN_H

#include "lint/effect.h"
#include "lint/lint_allow.h"
#include "lint/lint_input.h"

/* The strongest lock that the file has taken on a relation so far. */
typedef struct HeldLock {
	const WorldRelation *relation;
	bool blocks_reads, blocks_writes;
	bool is_told; /* as a part of wide-lock */
} HeldLock;

/* What is judged once the plan is at its end. */
typedef struct Pending {
	WorldRelation *relation;
	ActionKind kind; /* CREATE or ENABLE_RLS */
	const Script *script;
	const Statement *statement;
	const Action *action;
	LintAllows *allows;
} Pending;

/* An action that takes something away: see lint_change.h. */
typedef struct LintChange {
	WorldRelation *relation; /* NULL: it is about a function */
	ObjectName name; /* as it was */
	const Script *script;
	const Statement *statement;
	const Action *action;
	LintAllows *allows;
} LintChange;

/* The comments before a statement. */
typedef struct Comments {
	const Script *script;
	const Statement *statement;
	LintAllows *allows;
} Comments;

typedef struct LintRun {
	Arena *arena;
	const LintInput *input;
	const LintFindings *findings;
	World world;
	const Script *script; /* the file at hand */
	const Statement *statement;
	LintAllows *allows; /* of the statement; NULL: none are looked at any more */
	VEC(HeldLock) held; /* in this file */
	VEC(Pending) pending;
	VEC(Comments) comments;
	VEC(LintChange) changes;
	Judgements judgements;
	size_t change; /* the first one of the statement at hand */
} LintRun;

/* Adds one about an object, at its rule's own level, where the action is. */
Fault *lint_add_about(LintRun *run, LintId rule, const Action *action, Str object, Str what);
/* Adds a finding at `offset` of the statement at hand, unless it is allowed or off. */
Fault *lint_add(
	LintRun *run, LintId rule, LintLevel level, size_t offset, const LintValues *values);

/* Was the target not looked at? Levels are then one lower: what it has may prove a finding wrong.
 */
bool lint_is_blind(const LintRun *run);

/* What an action says of itself, as SQL. */
LintValues lint_values(Arena *arena, const Action *action);

/* Looks at a statement's effect: how long who has to wait for what. */
void lint_waits(LintRun *run, const Effect *effect);

/* The same from its text alone, of tables that the plan does not make. */
void lint_text(LintRun *run);

/* What a statement takes away from the protection of data; and what is known at the plan's end. */
void lint_protect(LintRun *run);
void lint_protect_end(LintRun *run);

#endif
