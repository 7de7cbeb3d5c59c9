#include "glob/glob_set.h"

static const UnitRange digits[] = {{'0', '9'}};
static const UnitRange spaces[] = {{'\t', '\r'}, {' ', ' '}, {0xA0, 0xA0}, {0x1680, 0x1680},
	{0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
	{0xFEFF, 0xFEFF}};
static const UnitRange words[] = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};

#define RANGES(table) table, sizeof(table) / sizeof *(table)

/* Each in ascending order. */
static const struct {
	uint16_t letter;
	const UnitRange *ranges;
	size_t count;
} classes[] = {
	{'d', RANGES(digits)},
	{'s', RANGES(spaces)},
	{'w', RANGES(words)},
};

void set_add(Arena *arena, UnitSet *set, uint16_t low, uint16_t high)
{
	*vec_add(arena, &set->ranges) = (UnitRange){low, high};
	for (unsigned unit = low; unit <= high && unit < 128; unit++)
		set->ascii[unit >> 6] |= (uint64_t)1 << (unit & 63);
}

static void add_outside(Arena *arena, UnitSet *set, const UnitRange *ranges, size_t count)
{
	uint16_t next = 0;
	for (size_t i = 0; i < count; i++) {
		if (ranges[i].low > next)
			set_add(arena, set, next, (uint16_t)(ranges[i].low - 1));
		next = (uint16_t)(ranges[i].high + 1);
	}
	set_add(arena, set, next, 0xFFFF);
}

bool set_add_class(Arena *arena, UnitSet *set, uint16_t letter)
{
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		if (letter == classes[i].letter) {
			for (size_t k = 0; k < classes[i].count; k++)
				set_add(arena, set, classes[i].ranges[k].low,
					classes[i].ranges[k].high);
			return true;
		}
		if (letter == (classes[i].letter ^ 0x20)) {
			add_outside(arena, set, classes[i].ranges, classes[i].count);
			return true;
		}
	}
	return false;
}

UnitSet set_any(Arena *arena)
{
	UnitSet set = {0};
	set_add(arena, &set, '\n', '\n');
	set_add(arena, &set, '\r', '\r');
	set_add(arena, &set, 0x2028, 0x2029);
	set_negate(&set);
	return set;
}

const UnitSet *set_copy(Arena *arena, const UnitSet *set)
{
	UnitSet *copy = arena_new(arena, UnitSet);
	*copy = (UnitSet){.ascii = {set->ascii[0], set->ascii[1]}, .negated = set->negated};
	for (size_t i = 0; i < set->ranges.count; i++)
		*vec_add(arena, &copy->ranges) = set->ranges.items[i];
	return copy;
}

void set_negate(UnitSet *set)
{
	set->negated = !set->negated;
	set->ascii[0] = ~set->ascii[0];
	set->ascii[1] = ~set->ascii[1];
}

bool set_has_wide(const UnitSet *set, uint16_t unit)
{
	for (size_t i = 0; i < set->ranges.count; i++)
		if (unit >= set->ranges.items[i].low && unit <= set->ranges.items[i].high)
			return !set->negated;
	return set->negated;
}
