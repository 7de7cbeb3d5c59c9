/* Sets of UTF-16 code units: a regular expression's `.`, `\d` and `[…]`. */
#ifndef GLOB_GLOB_SET_H
#define GLOB_GLOB_SET_H

#include "glob/glob_units.h"

typedef struct UnitRange {
	uint16_t low, high;
} UnitRange;

typedef struct UnitSet {
	uint64_t ascii[2]; /* a bit for each of the first 128 units */
	bool negated;
	VEC(UnitRange) ranges; /* of all units */
} UnitSet;

void set_add(Arena *arena, UnitSet *set, uint16_t low, uint16_t high);

/* Adds what `\d`, `\s` or `\w` match, or what is outside of them for the capital letter. False
 * for any other letter. */
bool set_add_class(Arena *arena, UnitSet *set, uint16_t letter);

/* What `.` matches: anything but the end of a line. */
UnitSet set_any(Arena *arena);

const UnitSet *set_copy(Arena *arena, const UnitSet *set);

/* From all units to the others. Once, and last. */
void set_negate(UnitSet *set);

bool set_has_wide(const UnitSet *set, uint16_t unit); /* of a unit above 127 */

static inline bool set_has(const UnitSet *set, uint16_t unit)
{
	return unit < 128 ? set->ascii[unit >> 6] >> (unit & 63) & 1 : set_has_wide(set, unit);
}

#endif
