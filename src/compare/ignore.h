/* The input `drift-ignore`: what may differ. A line is a glob (stars, question marks, brackets,
 * braces), compared with an object's name (public.orders) and with its kind and name (table
 * public.orders). A star matches any text. What a line takes, it takes with all its parts: a
 * table with its columns. Empty lines and those that begin with # are skipped. Pure. */
#ifndef COMPARE_IGNORE_H
#define COMPARE_IGNORE_H

#include "base/err.h"
#include "base/vec.h"
#include "compare/inventory.h"
#include "glob/glob.h"

typedef struct IgnoreLine {
	Str text;
	Glob *glob;
	bool is_used; /* it has taken something */
} IgnoreLine;

typedef struct Ignore {
	VEC(IgnoreLine) lines;
} Ignore;

Ignore ignore_read(Arena *arena, Str text);
/* Is it taken, or what it is part of? Every line that takes it is used from now on. */
bool ignore_takes(Ignore *ignore, const InventoryObject *object);
/* A note that names the lines that have taken nothing, the first of them; none if there are none.
 */
void ignore_find_unused(const Ignore *ignore, Err *notes);

#endif
