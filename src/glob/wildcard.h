/* Paths by pattern, as the Supabase CLI finds seed files: the rules of Go's path.Match.
 *
 * `*` is any characters but a slash, `?` one of them, `[a-z]` and `[^a-z]` one of a class, a
 * backslash takes the next sign literally. There is no `**`, a leading dot is nothing special, and
 * order is by bytes. (The filters of change detection have rules of their own.) */
#ifndef GLOB_WILDCARD_H
#define GLOB_WILDCARD_H

#include "base/vec.h"
#include "base/str.h"

typedef VEC(Str) Paths;

/* Does it hold a sign that is not literal? */
bool wildcard_is_needed(Str pattern);
/* Is it well formed? */
bool wildcard_is_valid(Str pattern);
/* Does the pattern match the whole name, which has no slash in it? */
bool wildcard_match(Str pattern, Str name);
/* Does the pattern match the path, name by name, or a path that lies below this one: can the file
 * there be a match, or replace a folder that leads to one? With `below` also if the
 * path lies below a match. An empty pattern matches where it starts. Both are relative, without
 * dots. */
bool wildcard_covers(Str pattern, Str path, bool below);

enum {
	WILDCARD_LOOKS_MAX = 200 * 1000
};

/* One or several, which share their looks: links are followed, and may lead round in circles. */
typedef struct WildcardSearch {
	Arena *arena;
	Str base; /* where what is relative starts */
	size_t looks; /* how many names may still be looked at: WILDCARD_LOOKS_MAX to begin with */
	Str reason; /* of what has failed */
} WildcardSearch;

/* Adds the paths that a pattern leads to, sorted by bytes, in the pattern's own form. A path
 * without wildcards is added if it is there, be it a link to nowhere. False with a reason if the
 * looks are not enough, or if a signal has come. */
bool wildcard_find(WildcardSearch *search, Str pattern, Paths *out);

/* Adds every .sql file in a folder and below it, sorted by bytes; symbolic links are skipped.
 * False with a reason also if a folder cannot be listed, or they go too deep. */
bool wildcard_walk(WildcardSearch *search, Str folder, Paths *out);

#endif
