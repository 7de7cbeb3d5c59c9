/* The regular expressions of globs that picomatch does not take apart. For glob_source.c only. */
#ifndef GLOB_GLOB_SIMPLE_H
#define GLOB_GLOB_SIMPLE_H

#include "glob/glob_units.h"

/* The star, two stars and the like, perhaps with extensions. False for any other pattern. */
bool simple_known(Arena *arena, Units pattern, UnitBuf *out);

/* Patterns without slashes, groups and a leading star. False for any other pattern. */
bool simple_source(Arena *arena, Units pattern, UnitBuf *out);

#endif
