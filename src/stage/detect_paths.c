#include "stage/detect_paths.h"

#include "glob/wildcard.h"
#include "local/source.h"

enum {
	HOPS_MAX = 40 /* symbolic links on one way: Linux's own limit */
};

/* ---- folders ---- */

/* A path in the workspace that may be spelled by a link to it, by its resolved name. */
static Str in_workspace(Arena *arena, const DetectFolders *folders, Str path)
{
	Str normal = file_normal(arena, path);
	if (file_is_within(normal, folders->workspace) || !file_is_within(normal, folders->spelled))
		return normal;
	Str rest = str_skip(normal, folders->spelled.len);
	return str_format(arena, "%.*s%.*s", STR_ARG(folders->workspace), STR_ARG(rest));
}

/* Every migrations folder that the search from the directory upward could find. */
static void add_candidates(Arena *arena, DetectFolders *folders)
{
	for (Str here = folders->directory;; here = file_parent(here)) {
		if (str_equal(file_base(here), STR("supabase")))
			*vec_add(arena, &folders->items) =
				file_join(arena, here, STR("migrations"));
		*vec_add(arena, &folders->items) =
			file_join(arena, here, STR("supabase/migrations"));
		if (str_equal(here, folders->workspace) || str_equal(here, STR("/")))
			return;
	}
}

static Str existing(Arena *arena, const DetectFolders *folders)
{
	Str path = folders->found ? folders->items.items[0] : folders->directory;
	Str resolved = file_resolve(arena, path);
	if (folders->found && !resolved.len)
		resolved = file_resolve(arena, file_parent(path));
	bool inside = resolved.len && file_is_within(resolved, folders->workspace);
	return inside ? resolved : folders->workspace;
}

bool detect_folders_find(Arena *arena, Str workspace, Str directory, DetectFolders *out, Err *err)
{
	Err ignored = {.arena = arena};
	Str folder, resolved = file_resolve(arena, workspace);
	*out = (DetectFolders){.spelled = file_normal(arena, workspace)};
	out->workspace = resolved.len ? resolved : out->spelled;
	out->directory = in_workspace(arena, out, file_join(arena, out->workspace, directory));
	out->found = source_find(arena, workspace, directory, &folder, &ignored) ||
		     source_lacks_folder(arena, workspace, directory, &folder);
	if (out->found) {
		*vec_add(arena, &out->items) = file_join(arena, out->workspace, folder);
	} else if (file_is_within(out->directory, out->workspace)) {
		add_candidates(arena, out);
	} else {
		err_add(err, ERR_SOURCE, "%.*s: working-directory lies outside of the workspace",
			STR_ARG(str_visible(arena, directory)));
		return false;
	}
	out->start = existing(arena, out);
	return true;
}

/* ---- paths ---- */

typedef struct Tracer {
	Arena *arena;
	const DetectFolders *folders;
	const Checkout *clone;
	MatchPaths *out;
	Str *unknown;
	WildcardSearch *search; /* all seeds together */
} Tracer;

/* The path, and every other one that its symbolic links lead over. */
static void add_path(const Tracer *t, Str path, Str pattern, bool below)
{
	Str hop = path, reason;
	for (size_t hops = 0; hop.len && hops < HOPS_MAX; hops++) {
		path = hop;
		if (t->clone->root.len && file_is_within(path, t->clone->root))
			*vec_add(t->arena, t->out) =
				(MatchPath){checkout_path(t->clone, path), pattern, below};
		hop = file_follow_link(t->arena, path);
	}
	if (!t->unknown->len && !checkout_tells(t->arena, t->clone, path, &reason))
		*t->unknown = reason;
}

static void add_file(const Tracer *t, Str folder, Str name)
{
	add_path(t, file_join(t->arena, folder, name), (Str){0}, false);
}

/* Migrations that are links: what they lead to is what runs. */
static void add_linked(const Tracer *t, Str folder)
{
	Names names = {0};
	Str ignored;
	file_list(t->arena, folder, &names, &ignored);
	for (size_t i = 0; i < names.count; i++) {
		ARENA_SCRATCH(scratch);
		if (str_ends(names.items[i], STR(".sql")) &&
			file_is_symlink(file_join(&scratch, folder, names.items[i])))
			add_file(t, folder, names.items[i]);
	}
}

static void add_migrations(const Tracer *t, Str folder)
{
	add_path(t, folder, STR("*.sql"), false);
	if (t->folders->found)
		add_linked(t, folder);
	/* a link on the way to it may come to lead elsewhere */
	if (t->clone->root.len && file_is_within(t->folders->directory, t->clone->root))
		add_path(t, t->folders->directory, (Str){0}, false);
}

/* Files and folders that a pattern finds over links. */
static void add_found(const Tracer *t, Str base, const SeedPath *pattern)
{
	Paths paths = {0};
	t->search->base = base;
	if (!wildcard_find(t->search, pattern->path, &paths) && !t->unknown->len)
		*t->unknown = str_format(t->arena, "seed pattern '%.*s': %.*s",
			STR_ARG(str_visible(t->arena, pattern->written)),
			STR_ARG(t->search->reason));
	for (size_t i = 0; i < paths.count; i++) {
		Str path = in_workspace(
			t->arena, t->folders, file_join(t->arena, base, paths.items[i]));
		if (file_follow_link(t->arena, path).len)
			add_path(t, path, (Str){0}, true);
	}
}

/* The names in front of the first wildcard are a folder's: there, dots have a meaning. */
static void add_seed(const Tracer *t, Str base, const SeedPath *pattern)
{
	Str rest = pattern->path, at = str_starts(rest, STR("/")) ? STR("/") : base, name;
	for (Str before = rest; rest.len && str_next(&rest, '/', &name); before = rest) {
		if (wildcard_is_needed(name)) {
			rest = before;
			break;
		}
		at = file_join(t->arena, at, name);
	}
	add_path(t, in_workspace(t->arena, t->folders, at), rest, true);
	if (rest.len && t->folders->found)
		add_found(t, base, pattern);
}

static void add_settings(const Tracer *t, Str supabase)
{
	static const Str names[] = {
		STR_INIT("config.json"), STR_INIT("config.jsonc"), STR_INIT("config.toml")};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		add_file(t, supabase, names[i]);
}

/* ---- rows ---- */

typedef enum Row {
	ROW_MIGRATIONS,
	ROW_ROLES,
	ROW_SEEDS,
	ROW_CONFIG
} Row;

static void add_row(const Tracer *t, Row row, const Config *config, Str folder)
{
	Str supabase = file_parent(folder);
	switch (row) {
	case ROW_MIGRATIONS:
		add_migrations(t, folder);
		return;
	case ROW_ROLES:
		add_file(t, supabase, STR("roles.sql"));
		return;
	case ROW_SEEDS:
		for (size_t i = 0; i < config->seed_paths.count; i++)
			if (config->seed_paths.items[i].path.len)
				add_seed(t, file_parent(supabase), &config->seed_paths.items[i]);
		return;
	case ROW_CONFIG:
		add_settings(t, supabase);
		return;
	}
}

Str detect_paths_find(Arena *arena, const DetectUse *use, const DetectFolders *folders,
	const Checkout *clone, MatchPush *out)
{
	const struct {
		Str name;
		bool wanted;
	} rows[] = {
		[ROW_MIGRATIONS] = {STR("migrations"), true},
		[ROW_ROLES] = {STR("roles"), use->roles},
		[ROW_SEEDS] = {STR("seeds"), use->seeds},
		[ROW_CONFIG] = {STR("config"),
			use->roles || use->seeds || use->config->vault.count},
	};
	WildcardSearch search = {.arena = arena, .looks = WILDCARD_LOOKS_MAX};
	Str unknown = {0};
	Tracer tracer = {arena, folders, clone, NULL, &unknown, &search};
	*out = (MatchPush){0};
	for (Row row = ROW_MIGRATIONS; row <= ROW_CONFIG; row++) {
		if (!rows[row].wanted)
			continue;
		MatchRow *made = vec_add(arena, out);
		made->name = rows[row].name;
		tracer.out = &made->paths;
		for (size_t i = 0; i < folders->items.count; i++)
			add_row(&tracer, row, use->config, folders->items.items[i]);
	}
	return unknown;
}
