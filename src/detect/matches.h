/* What the filters say about the changed files.
 *
 * What a push reads is always watched: a set of filters that forgets it must not make a changed
 * migration look like no change. Without filters it is watched under the names of its own rows. */
#ifndef DETECT_MATCHES_H
#define DETECT_MATCHES_H

#include "detect/change.h"
#include "detect/filter.h"

typedef struct Match {
	Str name; /* of the filter */
	VEC(const Change *) files; /* in the order of the changes */
} Match;

typedef struct Matches {
	Match *items;
	size_t count;
	bool migrations; /* something changed that the push's row of migrations names */
	bool any; /* something that a push reads changed, or any filter has a file */
} Matches;

/* A place in the repository that may lead to nothing. A changed file counts also where it takes
 * the place of a folder on the way there: a symbolic link, or a submodule. */
typedef struct MatchPath {
	Str folder; /* literal, relative to the repository's root; empty: the root itself */
	Str pattern; /* of glob/wildcard, below the folder; empty: the folder itself */
	bool below; /* all that lies below it counts as well */
} MatchPath;

typedef VEC(MatchPath) MatchPaths;

typedef struct MatchRow {
	Str name;
	MatchPaths paths;
} MatchRow;

/* What a push reads. The first row is that of the migrations. */
typedef VEC(MatchRow) MatchPush;

typedef struct Watched {
	const Filters *filters; /* NULL: those of `push` alone, in its order */
	FilterQuantifier quantifier;
	const MatchPush *push;
} Watched;

void matches_find(Arena *arena, const Watched *watched, const Changes *changes, Matches *out);

/* ["a","b"]: the names of the filters that have a file; all of them if that is not `known`. */
Str matches_names(Arena *arena, const Matches *matches, bool known);

#endif
