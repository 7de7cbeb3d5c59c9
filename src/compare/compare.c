#include "compare/compare.h"

#include "base/str_map.h"
#include "compare/view_text.h"
#include "plan/diff.h"

static const Str words[] = {
#define DIFFERENCE(state, word, before, after) STR_INIT(word),
#include "compare/difference.def"
#undef DIFFERENCE
};

Str compare_state_word(DifferenceState state)
{
	return words[state];
}

Str compare_title(Arena *arena, const Difference *difference)
{
	const InventoryObject object = {.kind = difference->kind, .name = difference->name};
	return inventory_title(arena, &object);
}

Str compare_lines(Arena *arena, const Difference *difference)
{
	return diff_lines(arena, difference->target, difference->reference);
}

size_t compare_drift(const Comparison *comparison)
{
	size_t count = 0;
	for (size_t i = 0; i < comparison->differences.count; i++)
		count += comparison->differences.items[i].migration.len == 0;
	return count;
}

static int order_of(const Difference *a, const Difference *b)
{
	const InventoryObject left = {.kind = a->kind, .name = a->name};
	const InventoryObject right = {.kind = b->kind, .name = b->name};
	return inventory_order(&left, &right);
}

/* Both are in the inventory's order. */
size_t compare_mark_known(Comparison *comparison, const Comparison *before)
{
	size_t count = 0;
	for (size_t i = 0, k = 0; i < comparison->differences.count; i++) {
		Difference *difference = &comparison->differences.items[i];
		const Difference *other = before->differences.items;
		while (k < before->differences.count && order_of(&other[k], difference) < 0)
			k++;
		difference->is_known = k < before->differences.count && !other[k].migration.len &&
				       order_of(&other[k], difference) == 0 &&
				       other[k].state == difference->state;
		count += difference->is_known;
	}
	return count;
}

/* ---- what differs ---- */

/* A difference, and what the object that it is about is part of. */
typedef struct Found {
	Difference difference;
	Str title;
	bool is_part; /* of another one that is found */
} Found;

typedef struct Search {
	Arena *arena, *scratch;
	const Inventory *reference, *target;
	Ignore *ignore;
	Comparison *out;
	VEC(Found) found;
} Search;

static bool is_same(const Search *search, const InventoryObject *a, const InventoryObject *b)
{
	if (str_equal(a->definition, b->definition))
		return true;
	if (a->kind != INVENTORY_VIEW)
		return false;
	bool first_is_older = search->reference->version < search->target->version;
	return view_text_is_same(
		&(ViewTexts){.older = first_is_older ? a->definition : b->definition,
			.newer = first_is_older ? b->definition : a->definition,
			.older_version = first_is_older ? search->reference->version
							: search->target->version,
			.newer_version = first_is_older ? search->target->version
							: search->reference->version});
}

/* Either may be NULL, not both. */
static void add_difference(
	Search *search, const InventoryObject *reference, const InventoryObject *target)
{
	const InventoryObject *object = reference ? reference : target;
	KindCount *count = &search->out->kinds[object->kind];
	if (ignore_takes(search->ignore, object)) {
		count->ignored++;
		search->out->ignored++;
		return;
	}
	count->differences++;
	*vec_add(search->scratch, &search->found) =
		(Found){.difference = {.state = !target      ? DIFFERENCE_REFERENCE_ONLY
						: !reference ? DIFFERENCE_TARGET_ONLY
							     : DIFFERENCE_CHANGED,
				.kind = object->kind,
				.name = object->name,
				.part_of = object->part_of,
				.reference = reference ? reference->definition : (Str){0},
				.target = target ? target->definition : (Str){0}},
			.title = inventory_title(search->scratch, object)};
}

/* Both are in the inventory's order. */
static void search_all(Search *search)
{
	const Inventory *a = search->reference, *b = search->target;
	size_t i = 0, j = 0;
	for (;;) {
		const InventoryObject *left = i < a->objects.count ? &a->objects.items[i] : NULL;
		const InventoryObject *right = j < b->objects.count ? &b->objects.items[j] : NULL;
		if (!left && !right)
			return;
		int order = !left ? 1 : !right ? -1 : inventory_order(left, right);
		i += order <= 0;
		j += order >= 0;
		if (left && order <= 0)
			search->out->kinds[left->kind].reference++;
		if (right && order >= 0)
			search->out->kinds[right->kind].target++;
		if (order || !is_same(search, left, right))
			add_difference(search, order <= 0 ? left : NULL, order >= 0 ? right : NULL);
	}
}

/* ---- what comes and goes together ---- */

/* The object that is missing on the same side and that this one is part of; or NULL. */
static Found *whole_of(const Search *search, const StrMap *map, const Found *found)
{
	const size_t *at =
		found->difference.part_of.len ? str_map_find(map, found->difference.part_of) : NULL;
	Found *whole = at ? &search->found.items[*at] : NULL;
	bool together = whole && whole != found && found->difference.state != DIFFERENCE_CHANGED &&
			whole->difference.state == found->difference.state;
	return together ? whole : NULL;
}

/* A column is part of its table, and that of its schema. */
static void fold_parts(Search *search)
{
	StrMap map = {0};
	for (size_t i = 0; i < search->found.count; i++)
		*str_map_at(search->scratch, &map, search->found.items[i].title) = i;
	for (size_t i = 0; i < search->found.count; i++) {
		Found *top = whole_of(search, &map, &search->found.items[i]), *above = top;
		for (; above; above = whole_of(search, &map, above))
			top = above;
		search->found.items[i].is_part = top != NULL;
		if (top)
			top->difference.parts++;
	}
}

void compare_inventories(Arena *arena, const Inventory *reference, const Inventory *target,
	Ignore *ignore, Comparison *out)
{
	ARENA_SCRATCH(scratch);
	Search search = {.arena = arena,
		.scratch = &scratch,
		.reference = reference,
		.target = target,
		.ignore = ignore,
		.out = out};
	*out = (Comparison){0};
	search_all(&search);
	fold_parts(&search);
	for (size_t i = 0; i < search.found.count; i++)
		if (!search.found.items[i].is_part)
			*vec_add(arena, &out->differences) = search.found.items[i].difference;
	for (InventoryKind kind = 0; kind < INVENTORY_KINDS; kind++)
		out->kinds[kind].hash = inventory_hash(arena, target, kind);
	out->hash = inventory_hash(arena, target, INVENTORY_KINDS);
}
