/* What the filters say about the changed files.
 *
 * The migrations folder is always watched: a set of filters that forgets it must not make a changed
 * migration look like no change. Without filters it is the one filter, `migrations`. */
#ifndef DETECT_MATCHES_H
#define DETECT_MATCHES_H

#include "detect/change.h"
#include "detect/filters.h"

typedef struct Match {
	Str name; /* of the filter */
	VEC(const Change *) files; /* in the order of the changes */
} Match;

typedef struct Matches {
	Match *items;
	size_t count;
	bool migrations; /* a file directly in the migrations folder that ends in .sql changed */
	bool any; /* that, or any filter has a file */
} Matches;

/* `filters` NULL: the one filter for `folder`, the migrations folder relative to the repository's
 * root, and literal. */
void matches_find(Arena *arena, const Filters *filters, FilterQuantifier quantifier, Str folder,
	const Changes *changes, Matches *out);

/* ["a","b"]: the names of the filters that have a file. */
Str matches_names(Arena *arena, const Matches *matches);

#endif
