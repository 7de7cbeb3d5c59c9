/* Memory that is given back as a whole.
 *
 * One arena holds what lives as long as the run; a function that needs working memory opens a
 * second one with ARENA_SCRATCH, which is released when the block is left. Nothing allocated here
 * is freed singly. Running out of memory ends the program with a line on stderr: no caller can do
 * better, and the transaction that was open is rolled back by the server.
 *
 * Under AddressSanitizer every object is an allocation of its own, so that an overrun is seen. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

typedef struct ArenaBlock ArenaBlock;

typedef struct Arena {
	ArenaBlock *blocks;
} Arena;

/* `size` zeroed bytes, aligned for any type. Never NULL. */
void *arena_alloc(Arena *arena, size_t size) __attribute__((malloc, returns_nonnull));

/* A larger copy of `old` (of `old_size` bytes); the old one stays valid. `old` may be NULL. */
void *arena_grow(Arena *arena, const void *old, size_t old_size, size_t new_size)
	__attribute__((returns_nonnull));

/* Gives everything back; the arena is empty and can be used again. */
void arena_release(Arena *arena);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, count) ((type *)arena_alloc((arena), sizeof(type) * (count)))

/* An arena that is released at the end of the enclosing block. */
#define ARENA_SCRATCH(name) __attribute__((cleanup(arena_release))) Arena name = {0}

/* Ends the program as out of memory does: message on stderr, status 70. */
_Noreturn void arena_exhausted(void);

#endif
