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

static void find_migrations(Arena *arena, Str folder, const Changes *changes, Match *match)
{
	match->name = STR("migrations");
	for (size_t i = 0; i < changes->count; i++)
		if (is_migration(folder, changes->items[i].path))
			*vec_add(arena, &match->files) = &changes->items[i];
}

static void match_change(Arena *arena, const Filters *filters, FilterQuantifier quantifier,
	const Change *change, Matches *out)
{
	ARENA_SCRATCH(scratch);
	GlobPath path = glob_path(&scratch, change->path);
	for (size_t i = 0; i < filters->count; i++)
		if (filter_matches(&filters->items[i], quantifier, change, &path))
			*vec_add(arena, &out->items[i].files) = change;
}

void matches_find(Arena *arena, const Filters *filters, FilterQuantifier quantifier, Str folder,
	const Changes *changes, Matches *out)
{
	Match migrations = {0};
	find_migrations(arena, folder, changes, &migrations);
	*out = (Matches){.migrations = migrations.files.count > 0};
	out->count = filters ? filters->count : 1;
	out->items = arena_array(arena, Match, out->count + 1);
	if (!filters)
		out->items[0] = migrations;
	for (size_t i = 0; filters && i < filters->count; i++)
		out->items[i].name = filters->items[i].name;
	for (size_t i = 0; filters && i < changes->count; i++)
		match_change(arena, filters, quantifier, &changes->items[i], out);
	out->any = out->migrations;
	for (size_t i = 0; i < out->count; i++)
		out->any = out->any || out->items[i].files.count;
}

Str matches_names(Arena *arena, const Matches *matches)
{
	AUTO_JSON names = json_array();
	for (size_t i = 0; i < matches->count; i++)
		if (matches->items[i].files.count)
			json_add_str(names, "", matches->items[i].name);
	return json_print(arena, names);
}
