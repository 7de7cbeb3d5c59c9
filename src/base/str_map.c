#include "base/str_map.h"

/* FNV-1a, its high bits folded in: the low ones choose the slot. */
static size_t hash_of(Str key)
{
	uint64_t hash = 0xCBF29CE484222325U;
	for (size_t i = 0; i < key.len; i++)
		hash = (hash ^ (unsigned char)key.ptr[i]) * 0x100000001B3U;
	return (size_t)(hash ^ hash >> 32);
}

/* The key's slot, or the free one where it belongs. */
static StrMapSlot *slot_of(const StrMap *map, Str key)
{
	size_t i = hash_of(key) & (map->capacity - 1);
	while (map->slots[i].is_used && !str_equal(map->slots[i].key, key))
		i = (i + 1) & (map->capacity - 1);
	return &map->slots[i];
}

/* At most three of four slots are used. */
static void make_room(Arena *arena, StrMap *map)
{
	enum {
		FIRST = 16
	};
	if (map->count < map->capacity / 4 * 3)
		return;
	StrMap larger = {.capacity = map->capacity ? map->capacity * 2 : FIRST};
	larger.slots = arena_array(arena, StrMapSlot, larger.capacity);
	larger.count = map->count;
	for (size_t i = 0; i < map->capacity; i++)
		if (map->slots[i].is_used)
			*slot_of(&larger, map->slots[i].key) = map->slots[i];
	*map = larger;
}

size_t *str_map_at(Arena *arena, StrMap *map, Str key)
{
	make_room(arena, map);
	StrMapSlot *slot = slot_of(map, key);
	if (!slot->is_used) {
		*slot = (StrMapSlot){.key = key, .is_used = true, .value = SIZE_MAX};
		map->count++;
	}
	return &slot->value;
}

size_t *str_map_find(const StrMap *map, Str key)
{
	StrMapSlot *slot = map->capacity ? slot_of(map, key) : NULL;
	return slot && slot->is_used ? &slot->value : NULL;
}
