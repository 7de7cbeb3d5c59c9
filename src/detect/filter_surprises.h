/* Patterns that do not mean what they look like: each row of a table knows one kind, says what such
 * a pattern does, and what to write instead. The facts are those of picomatch 2.3.1 with {dot:
 * true}, and that a path of a repository is relative, without empty, `.` and `..` segments. */
#ifndef DETECT_FILTER_SURPRISES_H
#define DETECT_FILTER_SURPRISES_H

#include "base/str.h"

enum {
	FILTER_SURPRISE_COUNT = 11
};

typedef struct PatternUse {
	bool some; /* one matching rule is enough */
	bool alone; /* the only pattern of its filter */
} PatternUse;

/* Is the pattern a surprise of the `row`-th kind? Then what is to be said, `the pattern '...' does
 * ...`, and `hint` is set; otherwise it is empty. */
Str filter_surprise(Arena *arena, size_t row, Str pattern, PatternUse use, Str *hint);

/* The status that was probably meant by a word that is none, or NULL. */
const char *filter_surprise_status(Str word);

#endif
