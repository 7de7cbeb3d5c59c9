/* What the filters say about the changed files.
 *
 * What a push would run is always watched: a set of filters that forgets it must not make a changed
 * migration look like no change. Without filters it is watched under the names `migrations`,
 * `roles` and `seeds`. */
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
	bool any; /* something that a push would run changed, or any filter has a file */
} Matches;

/* What a push would run. Paths are literal, relative to the repository's root, and may lead to
 * nothing. */
typedef struct MatchPush {
	Str folder; /* the migrations folder: …supabase/migrations */
	bool roles; /* supabase/roles.sql is run as well */
	bool with_seeds;
	const Str *seeds; /* globs, relative to the folder that holds supabase/ */
	size_t seed_count;
} MatchPush;

/* `filters` NULL: those of `push` alone. */
void matches_find(Arena *arena, const Filters *filters, FilterQuantifier quantifier,
	const MatchPush *push, const Changes *changes, Matches *out);

/* ["a","b"]: the names of the filters that have a file; all of them if that is not `known`. */
Str matches_names(Arena *arena, const Matches *matches, bool known);

#endif
