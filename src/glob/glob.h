/* Does a path match a glob? The answers are those of picomatch 2.3.1 with {dot: true} on POSIX
 * (MIT licence, Jon Schlinkert and contributors), oddities included, because the filters that teams
 * have were written against it. The code is our own.
 *
 * A glob becomes the regular expression that picomatch would make of it (glob_source.h), and that
 * runs in regex.h, not in PCRE2: PCRE2 backtracks as JavaScript does, and ends a pattern like
 * `*(*(a))` with an error instead of an answer; here the time is bounded for every pattern and
 * path, and there is no further library. The globs that nearly everybody writes are compared with
 * the path directly (glob_shape.h). */
#ifndef GLOB_GLOB_H
#define GLOB_GLOB_H

#include "glob/glob_units.h"

typedef struct Glob Glob;

/* A path made ready once, for many globs. Its text must stay. */
typedef struct GlobPath {
	Str text;
	uint64_t head, tail; /* its first 8 bytes, and its last ones, shifted in from above */
	Units units; /* empty if the text is ASCII */
	bool plain; /* valid UTF-8 of non-empty parts that are not . or .., without ends of lines */
	bool ends_line; /* has the end of a line in it */
} GlobPath;

/* Never fails: a pattern that makes no regular expression matches only its own text. */
Glob *glob_compile(Arena *arena, Str pattern);

/* Why the pattern's answers differ from picomatch's, or why picomatch refuses it, for a warning:
 * "a back-reference", for example, in brackets. Empty for all others. Such a pattern
 * matches its own text only, or, if it is longer than 65,536 units or empty, nothing. */
Str glob_unsupported(const Glob *glob);

GlobPath glob_path(Arena *arena, Str path);
bool glob_match(const Glob *glob, const GlobPath *path);

/* The same by the regular expression alone; `*steps` grows by the work done. For tests. */
bool glob_match_slowly(const Glob *glob, const GlobPath *path, size_t *steps);

#endif
