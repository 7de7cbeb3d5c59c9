#include "effects/delta.h"

#include <stdlib.h>

void things_add(Arena *arena, const Str *cells, size_t rows, Things *out)
{
	for (size_t i = 0; i < rows; i++)
		*vec_add(arena, out) =
			(Thing){str_copy(arena, cells[2 * i]), str_copy(arena, cells[2 * i + 1])};
}

static int compare(const void *a, const void *b)
{
	const Thing *left = a, *right = b;
	int order = str_compare(left->kind, right->kind);
	return order ? order : str_compare(left->object, right->object);
}

static void sort(Things things)
{
	if (things.count)
		qsort(things.items, things.count, sizeof *things.items, compare);
}

Things things_except(Arena *arena, Things from, Things other)
{
	Things rest = {0};
	size_t next = 0;
	sort(from);
	sort(other);
	for (size_t i = 0; i < from.count; i++) {
		while (next < other.count && compare(&other.items[next], &from.items[i]) < 0)
			next++;
		bool is_both = next < other.count && !compare(&other.items[next], &from.items[i]);
		bool is_twice = i && !compare(&from.items[i - 1], &from.items[i]);
		if (!is_both && !is_twice)
			*vec_add(arena, &rest) = from.items[i];
	}
	return rest;
}

bool things_have(Things things, Str kind, Str object)
{
	const Thing key = {kind, object};
	return things.count &&
	       bsearch(&key, things.items, things.count, sizeof *things.items, compare);
}
