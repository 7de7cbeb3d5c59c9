/* Typed growable arrays in an arena: `VEC(Str) names = {0}; *vec_add(arena, &names) = s;`
 * The items move when the vector grows: keep indexes, not pointers, while it is being filled. */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#define VEC(type)                                                                                  \
	struct {                                                                                   \
		type *items;                                                                       \
		size_t count, capacity;                                                            \
	}

/* A pointer to a new, zeroed item at the end. */
#define vec_add(arena, vec)                                                                        \
	((vec)->count == (vec)->capacity                                                           \
			? (void)((vec)->capacity = (vec)->capacity ? (vec)->capacity * 2 : 8,      \
				  (vec)->items = arena_grow((arena), (vec)->items,                 \
					  (vec)->count * sizeof *(vec)->items,                     \
					  (vec)->capacity * sizeof *(vec)->items))                 \
			: (void)0,                                                                 \
		&(vec)->items[(vec)->count++])

#endif
