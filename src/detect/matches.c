#include "detect/matches.h"

#include "wrap/json.h"

static bool is_migration(Str folder, Str path)
{
	if (!str_starts(path, folder))
		return false;
	Str name = str_skip(path, folder.len);
	return str_starts(name, STR("/")) && !str_contains(str_skip(name, 1), STR("/")) &&
	       str_ends(name, STR(".sql"));
}

/* The part of a path below the folder that holds supabase/; false if it is not there. */
static bool below_base(Str folder, Str path, Str *rest)
{
	Str tail = STR("supabase/migrations");
	Str base = str_ends(folder, tail) ? str_head(folder, folder.len - tail.len) : (Str){0};
	*rest = str_skip(path, base.len);
	return str_starts(path, base);
}

typedef bool IsWatchedFn(const MatchPush *push, Glob **seeds, Str path);

static bool is_pushed_migration(const MatchPush *push, Glob **seeds, Str path)
{
	(void)seeds;
	return is_migration(push->folder, path);
}

static bool is_roles(const MatchPush *push, Glob **seeds, Str path)
{
	Str rest;
	(void)seeds;
	return below_base(push->folder, path, &rest) && str_equal(rest, STR("supabase/roles.sql"));
}

static bool is_seed(const MatchPush *push, Glob **seeds, Str path)
{
	ARENA_SCRATCH(scratch);
	Str rest;
	if (!below_base(push->folder, path, &rest))
		return false;
	GlobPath below = glob_path(&scratch, rest);
	for (size_t i = 0; i < push->seed_count * 2; i++)
		if (glob_match(seeds[i], &below))
			return true;
	return false;
}

/* A seed's path may be a folder's: then all files below it count. */
static Glob **compile_seeds(Arena *arena, const MatchPush *push)
{
	Glob **seeds = arena_array(arena, Glob *, push->seed_count * 2 + 1);
	for (size_t i = 0; i < push->seed_count; i++) {
		Str below = str_format(arena, "%.*s/**", STR_ARG(push->seeds[i]));
		seeds[2 * i] = glob_compile(arena, push->seeds[i]);
		seeds[2 * i + 1] = glob_compile(arena, below);
	}
	return seeds;
}

/* Up to three, in the order of their rows. */
static size_t find_pushed(
	Arena *arena, const MatchPush *push, const Changes *changes, Match *matches)
{
	const struct {
		Str name;
		bool wanted;
		IsWatchedFn *is_watched;
	} rows[] = {{STR("migrations"), true, is_pushed_migration},
		{STR("roles"), push->roles, is_roles}, {STR("seeds"), push->with_seeds, is_seed}};
	Glob **seeds = compile_seeds(arena, push);
	size_t count = 0;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (!rows[i].wanted)
			continue;
		Match *match = &matches[count++];
		match->name = rows[i].name;
		for (size_t k = 0; k < changes->count; k++)
			if (rows[i].is_watched(push, seeds, changes->items[k].path))
				*vec_add(arena, &match->files) = &changes->items[k];
	}
	return count;
}

/* One filter over all paths, and not one path through all filters: the filter stays in the cache.
 */
static void match_filter(Arena *arena, const Filter *filter, FilterQuantifier quantifier,
	const Changes *changes, const GlobPath *paths, Match *match)
{
	match->name = filter->name;
	for (size_t i = 0; i < changes->count; i++)
		if (filter_matches(filter, quantifier, &changes->items[i], &paths[i]))
			*vec_add(arena, &match->files) = &changes->items[i];
}

void matches_find(Arena *arena, const Filters *filters, FilterQuantifier quantifier,
	const MatchPush *push, const Changes *changes, Matches *out)
{
	enum {
		PUSHED_MAX = 3
	};
	Match *pushed = arena_array(arena, Match, PUSHED_MAX);
	size_t count = find_pushed(arena, push, changes, pushed);
	*out = (Matches){.items = pushed, .count = count, .migrations = pushed[0].files.count > 0};
	for (size_t i = 0; i < count; i++)
		out->any = out->any || pushed[i].files.count;
	if (!filters)
		return;
	ARENA_SCRATCH(scratch);
	GlobPath *paths = arena_array(&scratch, GlobPath, changes->count + 1);
	for (size_t i = 0; i < changes->count; i++)
		paths[i] = glob_path(&scratch, changes->items[i].path);
	out->count = filters->count;
	out->items = arena_array(arena, Match, out->count + 1);
	for (size_t i = 0; i < filters->count; i++)
		match_filter(arena, &filters->items[i], quantifier, changes, paths, &out->items[i]);
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
