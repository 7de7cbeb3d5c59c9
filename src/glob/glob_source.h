/* From a glob to the regular expression that picomatch 2.3.1 makes of it with {dot: true}, unit for
 * unit (MIT licence, Jon Schlinkert and contributors). The code is our own; the pieces of
 * expression that it writes are picomatch's, since it is they that are reproduced.
 *
 * The expression has to be the same text, not only mean the same: picomatch lets through what it
 * does not know as regular expression, cuts pieces off its own output, and sometimes puts it
 * together again from tokens that have changed meanwhile. */
#ifndef GLOB_GLOB_SOURCE_H
#define GLOB_GLOB_SOURCE_H

#include "glob/glob_units.h"

/* picomatch refuses longer patterns. */
enum {
	GLOB_MAX_LENGTH = 65536
};

typedef struct GlobSource {
	Units text; /* the expression for the pattern without its `!` */
	bool negated;
	bool endless; /* picomatch never comes to an end with this pattern */
} GlobSource;

GlobSource glob_source(Arena *arena, Units pattern);

#endif
