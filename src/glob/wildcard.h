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
 * there be a match, or stand in the place of a folder that leads to one? With `below` also if the
 * path lies below a match. An empty pattern matches where it starts. Both are relative, without
 * dots. */
bool wildcard_covers(Str pattern, Str path, bool below);

enum {
	WILDCARD_LOOKS_MAX = 200 * 1000
};

/* Adds the paths that a pattern leads to, sorted by bytes, in the pattern's own form; a relative
 * one starts at `base`. A path without wildcards is added if it is there, be it a link to nowhere.
 * Links are followed, and may lead round in circles: `looks` is how many names may be looked at,
 * WILDCARD_LOOKS_MAX to begin with, and goes down. False with a reason if that is not enough, or if
 * a signal has come. */
bool wildcard_find(Arena *arena, Str base, Str pattern, size_t *looks, Paths *out, Str *reason);

/* Adds every .sql file in a folder and below it, sorted by bytes; symbolic links are passed over.
 * False with a reason also if a folder cannot be listed, or they go too deep. */
bool wildcard_walk(Arena *arena, Str base, Str folder, size_t *looks, Paths *out, Str *reason);

#endif
