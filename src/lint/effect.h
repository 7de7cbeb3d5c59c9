/* What one statement does to those who use the database meanwhile: a prediction, from its facts and
 * the schema that it will find. What is not known is said to be unknown, never guessed. */
#ifndef LINT_EFFECT_H
#define LINT_EFFECT_H

#include "effects/effects.h"
#include "lint/lint_rule.h"
#include "world/world.h"

typedef struct EffectLock {
	WorldRelation *relation;
	Str name; /* as schema.name, before the plan */
	LockMode mode;
	bool blocks_reads, blocks_writes; /* REINDEX: more than the table's own lock tells */
} EffectLock;

/* What takes as long as a table is large. */
typedef enum WorkKind {
	WORK_SCAN, /* its rows are read */
	WORK_KEYS, /* its rows are looked for in another table */
	WORK_BUILD, /* an index is built */
	WORK_REWRITE, /* rows and indexes are rewritten */
} WorkKind;

typedef struct EffectWork {
	WorkKind kind;
	LintId rule; /* what it is called if it is long */
	WorldRelation *relation;
	Str name;
	const Action *action;
} EffectWork;

/* The server will refuse the statement. */
typedef struct EffectRefusal {
	LintId rule;
	Str sqlstate;
	Str object, what; /* values of the rule's sentence */
	const Action *action;
	size_t offset; /* of the statement; 0: the action's */
} EffectRefusal;

typedef enum EffectUnknown {
	UNKNOWN_LOCKS = 1 << 0, /* of any strength */
	UNKNOWN_WEAK_LOCKS = 1 << 1, /* those that keep nobody from reading and writing */
	UNKNOWN_REWRITES = 1 << 2,
	UNKNOWN_SCANS = 1 << 3,
	UNKNOWN_OUTCOME = 1 << 4, /* whether it fails */
	UNKNOWN_ALL = (1 << 5) - 1,
} EffectUnknown;

typedef struct Effect {
	VEC(EffectLock) locks; /* above ACCESS SHARE, on what was there before the plan */
	VEC(EffectWork) works;
	Names reindexed;
	unsigned unknown; /* EffectUnknown */
	VEC(EffectRefusal) refusals;
	VEC(EffectRefusal) doubts; /* it may refuse it: the tree does not say */
	bool is_skipped; /* IF [NOT] EXISTS: it does nothing */
} Effect;

/* Of a relation and, with `with_children`, of all that inherit from it. */
void effect_lock(
	Arena *arena, Effect *effect, WorldRelation *relation, LockMode mode, bool with_children);
void effect_lock_one(Arena *arena, Effect *effect, WorldRelation *relation, LockMode mode);
/* Of each table with rows. */
void effect_work(Arena *arena, Effect *effect, const EffectWork *work, bool with_children);
/* Readers wait, too, for another lock than the table's own. */
void effect_block_reads(Effect *effect, const WorldRelation *relation);
void effect_reindex(Arena *arena, Effect *effect, const WorldRelation *relation);

#endif
