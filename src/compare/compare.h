/* Two inventories side by side: what is in one of them only, and what is different. Pure. */
#ifndef COMPARE_COMPARE_H
#define COMPARE_COMPARE_H

#include "compare/inventory.h"
#include "compare/ignore.h"

typedef enum DifferenceState {
#define DIFFERENCE(state, word, before, after) DIFFERENCE_##state,
#include "compare/difference.def"
#undef DIFFERENCE
	DIFFERENCE_STATES
} DifferenceState;

typedef struct Difference {
	DifferenceState state;
	InventoryKind kind;
	Str name;
	Str reference, target; /* definitions; empty where the object is not */
	Str part_of; /* as in the inventory */
	size_t parts; /* objects that are missing because this one is, and are not listed */
	bool is_known; /* it has been reported before */
	Str migration; /* the pending file that may be why; empty: none is known */
} Difference;

typedef struct KindCount {
	size_t reference, target; /* objects that there are */
	size_t differences; /* with the parts of others */
	size_t ignored; /* differences that a line of drift-ignore takes */
	Str hash; /* of the target's objects, see inventory_hash */
} KindCount;

typedef struct Comparison {
	VEC(Difference) differences; /* without what is ignored, in the inventory's order */
	KindCount kinds[INVENTORY_KINDS];
	size_t ignored;
	Str hash; /* of all objects of the target */
} Comparison;

/* Both inventories' text has to stay. Objects that come and go with one that is missing are counted
 * with it. Marks the lines of `ignore` that are used. */
void compare_inventories(Arena *arena, const Inventory *reference, const Inventory *target,
	Ignore *ignore, Comparison *out);

Str compare_state_word(DifferenceState state);
/* "policy public.orders.owners" */
Str compare_title(Arena *arena, const Difference *difference);
/* - is the target's line, + the reference's. */
Str compare_lines(Arena *arena, const Difference *difference);
/* Differences that no pending migration explains. */
size_t compare_drift(const Comparison *comparison);
/* Marks as known what an earlier comparison has found, too. How many. */
size_t compare_mark_known(Comparison *comparison, const Comparison *before);

#endif
