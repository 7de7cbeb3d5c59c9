#include "detect/matches.h"

#include "detect/filters.h"
#include "glob/wildcard.h"
#include "wrap/json.h"

static bool path_matches(const MatchPath *at, Str path)
{
	if (!at->folder.len)
		return wildcard_covers(at->pattern, path, at->below);
	Str shorter = path.len < at->folder.len ? path : at->folder;
	if (!str_starts(at->folder, shorter) || !str_starts(path, shorter))
		return false;
	if (path.len <= at->folder.len)
		return path.len == at->folder.len || at->folder.ptr[path.len] == '/';
	return path.ptr[at->folder.len] == '/' &&
	       wildcard_covers(at->pattern, str_skip(path, at->folder.len + 1), at->below);
}

static bool row_matches(const MatchRow *row, Str path)
{
	for (size_t i = 0; i < row->paths.count; i++)
		if (path_matches(&row->paths.items[i], path))
			return true;
	return false;
}

static Match *find_pushed(Arena *arena, const MatchPush *push, const Changes *changes)
{
	Match *matches = arena_array(arena, Match, push->count + 1);
	for (size_t i = 0; i < push->count; i++) {
		matches[i].name = push->items[i].name;
		for (size_t k = 0; k < changes->count; k++)
			if (row_matches(&push->items[i], changes->items[k].path))
				*vec_add(arena, &matches[i].files) = &changes->items[k];
	}
	return matches;
}

/* The changes, and the path of each, prepared for all filters. */
typedef struct Prepared {
	const Changes *changes;
	GlobPath *paths;
} Prepared;

/* One filter over all paths, not one path through all filters: the filter stays in the cache. */
static void match_filter(Arena *arena, const Filter *filter, FilterQuantifier quantifier,
	const Prepared *prepared, Match *match)
{
	const Changes *changes = prepared->changes;
	match->name = filter->name;
	for (size_t i = 0; i < changes->count; i++)
		if (filter_matches(filter, quantifier, &changes->items[i], &prepared->paths[i]))
			*vec_add(arena, &match->files) = &changes->items[i];
}

void matches_find(Arena *arena, const Watched *watched, const Changes *changes, Matches *out)
{
	const Filters *filters = watched->filters;
	const MatchPush *push = watched->push;
	Match *pushed = find_pushed(arena, push, changes);
	*out = (Matches){.items = pushed, .count = push->count};
	out->migrations = push->count && pushed[0].files.count;
	for (size_t i = 0; i < push->count; i++)
		out->any = out->any || pushed[i].files.count;
	if (!filters)
		return;
	ARENA_SCRATCH(scratch);
	const Prepared prepared = {changes, arena_array(&scratch, GlobPath, changes->count + 1)};
	for (size_t i = 0; i < changes->count; i++)
		prepared.paths[i] = glob_path(&scratch, changes->items[i].path);
	out->count = filters->count;
	out->items = arena_array(arena, Match, out->count + 1);
	for (size_t i = 0; i < filters->count; i++)
		match_filter(
			arena, &filters->items[i], watched->quantifier, &prepared, &out->items[i]);
	for (size_t i = 0; i < out->count; i++)
		out->any = out->any || out->items[i].files.count;
}

Str matches_names(Arena *arena, const Matches *matches, bool known)
{
	AUTO_JSON names = json_array();
	for (size_t i = 0; i < matches->count; i++)
		if (matches->items[i].files.count || !known)
			json_add_str(names, "", matches->items[i].name);
	return json_print(arena, names);
}
