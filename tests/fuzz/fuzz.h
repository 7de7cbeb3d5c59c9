/* What the fuzzers share. A promise that does not hold ends the process with its text. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "../unit/leaks.h"
#include "base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define require(promise)                                                                           \
	do {                                                                                       \
		if (!(promise)) {                                                                  \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #promise);              \
			abort();                                                                   \
		}                                                                                  \
	} while (0)

/* The input as an allocation of its own, so that the sanitizer sees every overrun. */
static inline Str fuzz_text(Arena *arena, const uint8_t *data, size_t size)
{
	char *copy = arena_alloc(arena, size);
	if (size)
		memcpy(copy, data, size);
	return (Str){copy, size};
}

/* Pieces, one after the other, inside of a text. */
static inline void require_view(Str text, const char **at, Str piece)
{
	require(piece.ptr >= *at && piece.ptr + piece.len <= text.ptr + text.len);
	*at = piece.ptr + piece.len;
}

#endif
