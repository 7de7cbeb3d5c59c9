#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct ArenaBlock {
	ArenaBlock *next;
	size_t used, size;
	_Alignas(max_align_t) char data[];
};

_Noreturn void arena_exhausted(void)
{
	static const char message[] = "supabase-promote: out of memory\n";
	ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
	(void)ignored;
	_exit(70);
}

static ArenaBlock *block_new(size_t size)
{
	if (size > SIZE_MAX / 2)
		arena_exhausted();
	ArenaBlock *block = calloc(1, sizeof *block + size);
	if (!block)
		arena_exhausted();
	block->size = size;
	return block;
}

/* Blocks double, so that a scratch arena costs a small allocation, not pages from the system. */
static size_t size_after(const ArenaBlock *block)
{
#ifdef __SANITIZE_ADDRESS__
	(void)block;
	return 0;
#else
	enum {
		FIRST = 1024,
		MAX = 64 * 1024
	};
	return !block ? FIRST : block->size < MAX ? block->size * 2 : MAX;
#endif
}

/* A large object's block is linked after the one that still has room. */
static void block_link(Arena *arena, ArenaBlock *block, bool at_end)
{
	if (arena->blocks && at_end) {
		block->next = arena->blocks->next;
		arena->blocks->next = block;
	} else {
		block->next = arena->blocks;
		arena->blocks = block;
	}
}

void *arena_alloc(Arena *arena, size_t size)
{
	size_t aligned = (size + _Alignof(max_align_t) - 1) & ~(_Alignof(max_align_t) - 1);
	ArenaBlock *block = arena->blocks;

	if (aligned < size)
		arena_exhausted();
	if (!block || block->size - block->used < aligned) {
		size_t next = size_after(block);
		block = block_new(aligned > next ? aligned : next);
		block_link(arena, block, aligned > next / 4);
	}
	void *object = block->data + block->used;
	block->used += aligned;
	return object;
}

void *arena_grow(Arena *arena, const void *old, size_t old_size, size_t new_size)
{
	void *copy = arena_alloc(arena, new_size);
	if (old_size)
		memcpy(copy, old, old_size);
	return copy;
}

void arena_release(Arena *arena)
{
	while (arena->blocks) {
		ArenaBlock *next = arena->blocks->next;
		free(arena->blocks);
		arena->blocks = next;
	}
}
