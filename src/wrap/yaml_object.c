#include "wrap/yaml_object.h"

#include "wrap/yaml_type.h"

#include <stdlib.h>

static size_t hash_name(Str name)
{
	uint64_t hash = 14695981039346656037u; /* FNV-1a */
	for (size_t i = 0; i < name.len; i++)
		hash = (hash ^ (unsigned char)name.ptr[i]) * 1099511628211u;
	return (size_t)(hash ^ hash >> 32);
}

/* The slot of a name, or the free one where it belongs. */
static size_t *find_slot(const YamlObject *object, Str name)
{
	size_t at = hash_name(name);
	for (;; at++) {
		size_t *slot = &object->slots[at & (object->slot_count - 1)];
		if (!*slot || str_equal(object->entries.items[*slot - 1].pair.name, name))
			return slot;
	}
}

static void grow_slots(Arena *arena, YamlObject *object)
{
	if (object->entries.count * 2 < object->slot_count)
		return;
	object->slot_count = object->slot_count ? object->slot_count * 4 : 16;
	object->slots = arena_array(arena, size_t, object->slot_count);
	for (size_t i = 0; i < object->entries.count; i++)
		*find_slot(object, object->entries.items[i].pair.name) = i + 1;
}

/* The entry of a name, and whether it is new. */
static YamlEntry *entry_of(Arena *arena, YamlObject *object, Str name, bool *created)
{
	grow_slots(arena, object);
	size_t *slot = find_slot(object, name);
	*created = *slot == 0;
	if (!*created)
		return &object->entries.items[*slot - 1];
	YamlEntry *entry = vec_add(arena, &object->entries);
	*slot = entry->order = object->entries.count;
	entry->pair.name = name;
	entry->is_index = yaml_type_index(name, &entry->index);
	return entry;
}

bool yaml_object_put(Arena *arena, YamlObject *object, YamlPair pair)
{
	bool created;
	YamlEntry *entry = entry_of(arena, object, pair.name, &created);
	if (!created && !entry->merged)
		return false;
	entry->pair = pair;
	entry->merged = false;
	return true;
}

void yaml_object_merge(Arena *arena, YamlObject *object, YamlPair pair)
{
	bool created;
	YamlEntry *entry = entry_of(arena, object, pair.name, &created);
	if (!created)
		return;
	entry->pair = pair;
	entry->merged = true;
}

static int compare_entries(const void *left, const void *right)
{
	const YamlEntry *a = left, *b = right;
	if (a->is_index != b->is_index)
		return a->is_index ? -1 : 1;
	if (a->is_index)
		return a->index < b->index ? -1 : a->index > b->index;
	return a->order < b->order ? -1 : a->order > b->order;
}

void yaml_object_finish(Arena *arena, YamlObject *object, YamlNode *mapping)
{
	size_t count = mapping->count = object->entries.count;
	if (!count)
		return;
	qsort(object->entries.items, count, sizeof(YamlEntry), compare_entries);
	mapping->pairs = arena_array(arena, YamlPair, count);
	for (size_t i = 0; i < count; i++) {
		mapping->pairs[i] = object->entries.items[i].pair;
		mapping->weight += 1 + mapping->pairs[i].value->weight;
	}
}
