/* Numbers by text: where something was seen first, or which comes next. A hash table in an arena,
 * so that looking for each of many among many takes no time of its own. */
#ifndef BASE_STR_MAP_H
#define BASE_STR_MAP_H

#include "base/str.h"

typedef struct StrMapSlot {
	Str key;
	bool is_used;
	size_t value;
} StrMapSlot;

/* All zero is an empty map. */
typedef struct StrMap {
	StrMapSlot *slots;
	size_t count, capacity; /* a power of two, or 0 */
} StrMap;

/* The key's number, to be read or set; SIZE_MAX if the key is new. The key's bytes have to stay
 * where they are; the pointer holds until the next call. */
size_t *str_map_at(Arena *arena, StrMap *map, Str key);

/* The key's number, or NULL. */
size_t *str_map_find(const StrMap *map, Str key);

#endif
