/* A repair of the history: what a person asks for, line by line, and what that comes to. Pure.
 *
 * Lines are `applied VERSION`, `reverted VERSION` and `fetch VERSION`; empty ones and those that
 * begin with # are skipped. */
#ifndef PLAN_REPAIR_H
#define PLAN_REPAIR_H

#include "base/err.h"
#include "plan/content.h"

typedef enum RepairVerb {
#define REPAIR_VERB(name, word) REPAIR_VERB_##name,
#include "plan/repair_verb.def"
#undef REPAIR_VERB
	REPAIR_VERBS /* how many */
} RepairVerb;

typedef enum RepairAction {
#define REPAIR_ACTION(name, changes, word, follows) REPAIR_##name,
#include "plan/repair_action.def"
#undef REPAIR_ACTION
} RepairAction;

typedef struct RepairRow {
	RepairVerb verb;
	Str version;
	/* of repair_plan */
	RepairAction action;
	const Migration *migration; /* here; NULL: none */
	Script *script; /* of what is to be recorded */
	Str name, text; /* of what is to be shown, once it has been fetched */
} RepairRow;

typedef struct Repair {
	VEC(RepairRow) rows; /* in the order of the lines */
	Str digest; /* of repair_plan: what is approved is what is done */
	bool is_done;
} Repair;

/* Adds ERR_INPUT for lines that are none, doubled versions, and if there is no line at all. */
bool repair_parse(Arena *arena, Str text, Repair *out, Err *err);

typedef struct RepairFacts {
	Str target; /* the database's identity */
	const Contents *contents;
	const History *history; /* after content_compare */
} RepairFacts;

/* Says of each row what it comes to, and of all of them the digest. Adds ERR_BLOCKED for what
 * cannot be done: no file to be recorded, no version to be struck or shown, a file that is half
 * done. */
bool repair_plan(Arena *arena, const RepairFacts *facts, Repair *repair, Err *err);

size_t repair_count_changes(const Repair *repair);
bool repair_changes(RepairAction action);
Str repair_verb_word(RepairVerb verb);
Str repair_word(RepairAction action);
/* What follows from it, for whoever approves it. */
Str repair_follows(RepairAction action);

#endif
