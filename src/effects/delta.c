#include "effects/delta.h"

#include "base/str_map.h"

#include <stdlib.h>

void things_add(Arena *arena, const Str *cells, size_t rows, size_t columns, Things *out)
{
	for (size_t i = 0; i < rows; i++, cells += columns) {
		Thing *thing = vec_add(arena, out);
		thing->kind = str_copy(arena, cells[0]);
		thing->object = str_copy(arena, cells[1]);
		if (columns < FINDING_COLUMNS)
			continue;
		thing->holder = str_copy(arena, cells[2]);
		thing->on = (ObjectName){str_copy(arena, cells[3]), str_copy(arena, cells[4])};
		thing->part = str_copy(arena, cells[5]);
	}
}

static int compare_things(const void *a, const void *b)
{
	const Thing *left = a, *right = b;
	int order = str_compare(left->kind, right->kind);
	return order ? order : str_compare(left->object, right->object);
}

static void sort(Things things)
{
	if (things.count)
		qsort(things.items, things.count, sizeof *things.items, compare_things);
}

Things things_except(Arena *arena, Things from, Things other)
{
	Things rest = {0};
	size_t next = 0;
	sort(from);
	sort(other);
	for (size_t i = 0; i < from.count; i++) {
		while (next < other.count && compare_things(&other.items[next], &from.items[i]) < 0)
			next++;
		bool is_both =
			next < other.count && !compare_things(&other.items[next], &from.items[i]);
		bool is_twice = i && !compare_things(&from.items[i - 1], &from.items[i]);
		if (!is_both && !is_twice)
			*vec_add(arena, &rest) = from.items[i];
	}
	return rest;
}

Things things_held_by(Arena *arena, Things things, Things objects)
{
	ARENA_SCRATCH(scratch);
	StrMap names = {0};
	Things kept = {0};
	for (size_t i = 0; i < objects.count; i++)
		*str_map_at(&scratch, &names, objects.items[i].object) = i;
	for (size_t i = 0; i < things.count; i++)
		if (!things.items[i].holder.len || str_map_find(&names, things.items[i].holder))
			*vec_add(arena, &kept) = things.items[i];
	return kept;
}
