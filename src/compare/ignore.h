/* The input `drift-ignore`: what may differ. A line is a glob (stars, question marks, brackets,
 * braces), compared with an object's name (public.orders) and with its kind and name (table
 * public.orders). A star matches any text. What a line takes, it takes with all its parts: a
 * table with its columns. Empty lines and those that begin with # are skipped. Pure. */
#ifndef COMPARE_IGNORE_H
#define COMPARE_IGNORE_H

#include "base/vec.h"
#include "compare/inventory.h"
#include "glob/glob.h"

typedef struct Ignore {
	VEC(Glob *) globs;
} Ignore;

Ignore ignore_read(Arena *arena, Str text);
/* Is it taken, or what it is part of? */
bool ignore_takes(const Ignore *ignore, const InventoryObject *object);

#endif
