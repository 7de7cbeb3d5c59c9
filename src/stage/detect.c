#include "stage/detect.h"

#include "base/file.h"
#include "detect/listing.h"
#include "detect/checkout.h"
#include "stage/detect_paths.h"

#include <stdlib.h>

enum {
	FILTERS_MAX = 1 << 20,
	OUTPUTS_MAX = 1000 * 1000, /* of the 1 MiB that a job's outputs may have */
	FILES_SHOWN = 50, /* of each filter, in the log */
};

/* What the stage works with. */
typedef struct Watcher {
	Arena *arena;
	const Inputs *inputs;
	const Event *event;
	const Workflow *workflow;
	Str workspace;
	Watched *out;
	Err *err;
} Watcher;

/* ---- filters ---- */

static bool read_filters_file(const Watcher *w, Str *text)
{
	Str path = file_resolve(w->arena, file_join(w->arena, w->workspace, w->inputs->filters));
	Str reason = STR("it lies outside of the workspace");
	Str root = file_resolve(w->arena, w->workspace);
	if (!path.len)
		reason = STR("it does not exist");
	else if (file_is_within(path, root) && !file_is_content(path, root))
		reason = STR("it leads into .git, which is not read");
	else if (file_is_within(path, root) &&
		 file_read(w->arena, path, FILTERS_MAX, text, &reason))
		return true;
	err_add(w->err, ERR_INPUT, "filters: cannot read %.*s: %.*s",
		STR_ARG(str_visible(w->arena, w->inputs->filters)), STR_ARG(reason))
		->hint =
		STR("a path is relative to the workspace; YAML has a colon or a line break");
	return false;
}

static void warn(const Watcher *w, Err *warnings)
{
	for (const Fault *fault = warnings->first; fault; fault = fault->next)
		log_line(&w->workflow->log, "warning: %.*s%s%.*s", STR_ARG(fault->message),
			fault->hint.len ? "; " : "", STR_ARG(fault->hint));
	err_append(&w->out->warnings, warnings);
}

/* NULL if the user gave none. */
static bool read_filters(const Watcher *w, const Filters **out)
{
	static const char *const declared[] = {
#define OUTPUT(id, is_own, value) id,
#include "stage/outputs.def"
#undef OUTPUT
	};
	Err warnings = {.arena = w->arena};
	FilterText source = {.text = w->inputs->filters,
		.quantifier = w->inputs->predicate_quantifier,
		.outputs = declared,
		.output_count = sizeof declared / sizeof *declared};
	*out = NULL;
	if (!source.text.len)
		return true;
	if (filters_is_path(source.text)) {
		source.file = source.text;
		if (!read_filters_file(w, &source.text))
			return false;
	}
	Filters *filters = arena_new(w->arena, Filters);
	if (!filters_parse(w->arena, &source, filters, &warnings, w->err))
		return false;
	warn(w, &warnings);
	*out = filters;
	return true;
}

/* ---- changes ---- */

static BasisFacts facts_of(const Watcher *w)
{
	const Event *event = w->event;
	return (BasisFacts){.event = event->name,
		.is_pull = event_is_pull(event->name),
		.base = w->inputs->base,
		.ref = w->inputs->ref,
		.has_token = w->inputs->token.len > 0,
		.git_ref = event->ref,
		.sha = event->sha,
		.default_branch = event->default_branch,
		.before = event->before,
		.deleted = event->deleted,
		.pull = event->pull,
		.pull_base = event->pull_base,
		.pull_head = event->pull_head,
		.group_base = event->group_base,
		.group_head = event->group_head};
}

/* The clone that the event is about. */
static void open_clone(const Watcher *w, const WatchedFolders *folders, WatchedClone *clone)
{
	const CloneClues clues = {.workspace = folders->workspace,
		.folder = folders->start,
		.names = {w->event->repository, w->event->pull_repository},
		.shas = {w->event->sha, w->event->pull_head},
		.any = str_equal(w->inputs->base, STR("HEAD"))};
	watched_clone_open(w->arena, &clues, clone);
}

static bool detect(const Watcher *w, const WatchedClone *clone, Err *err)
{
	Err warnings = {.arena = w->arena};
	BasisFacts facts = facts_of(w);
	Basis basis;
	Detection detection;
	HttpOptions options = {.log = &w->workflow->log};
	AUTO_HTTP http = http_open(&options);
	Github github = {.http = http,
		.api_url = w->event->api_url,
		.repository = w->event->repository,
		.token = w->inputs->token};
	ChangesPlaces places = {.repo = clone->repo,
		.no_repo = clone->reason,
		.no_github = STR("no token is given")};
	if (w->inputs->token.len && w->event->repository.len)
		places.github = &github;
	else if (w->inputs->token.len)
		places.no_github = STR("GITHUB_REPOSITORY is not set");
	if (!basis_choose(&facts, &basis, &warnings, err) ||
		!changes_detect(w->arena, &places, &basis, &detection, &warnings, err))
		return false;
	warn(w, &warnings);
	w->out->changes = detection.changes;
	w->out->compared = detection.compared;
	return true;
}

/* Where the clone is checked out in the workspace: "sub/", or empty for the workspace itself. */
static Str prefix_of(const Watcher *w, const WatchedFolders *folders, const WatchedClone *clone)
{
	if (!clone->root.len || str_equal(clone->root, folders->workspace))
		return (Str){0};
	Str folder = str_skip(clone->root, folders->workspace.len + 1);
	return str_format(w->arena, "%.*s/", STR_ARG(folder));
}

/* ---- results ---- */

static void print_match(const Watcher *w, const Match *match)
{
	static const Str words[] = {
#define CHANGE_STATUS(name, word) [CHANGE_##name] = STR_INIT(word),
#include "detect/change.def"
#undef CHANGE_STATUS
	};
	const Log *log = &w->workflow->log;
	size_t count = match->files.count;
	log_line(log, "%.*s: %zu file%s", STR_ARG(str_visible(w->arena, match->name)), count,
		count == 1 ? "" : "s");
	for (size_t i = 0; i < count && i < FILES_SHOWN; i++) {
		ARENA_SCRATCH(scratch);
		const Change *change = match->files.items[i];
		Str word = words[change->status];
		log_line(log, "  %.*s [%.*s]", STR_ARG(str_visible(&scratch, change->path)),
			STR_ARG(word.len ? word : STR("type")));
	}
	if (count > FILES_SHOWN)
		log_line(log, "  … and %zu more", count - FILES_SHOWN);
}

static void print(const Watcher *w)
{
	const Watched *watch = w->out;
	log_line(&w->workflow->log, "%zu file%s changed: %.*s", watch->changes.count,
		watch->changes.count == 1 ? "" : "s", STR_ARG(watch->compared));
	for (size_t i = 0; i < watch->matches.count; i++)
		print_match(w, &watch->matches.items[i]);
}

static void add_output(const Watcher *w, Str filter, const char *suffix, Str value, bool is_own)
{
	Str name = str_format(w->arena, "%.*s%s", STR_ARG(filter), suffix);
	*vec_add(w->arena, &w->out->outputs) = (Output){str_z(w->arena, name), value, is_own};
}

/* `left`: bytes that the lists may still take; they are taken off. */
static bool add_list(const Watcher *w, const Match *match, size_t *left)
{
	ARENA_SCRATCH(scratch);
	Str *paths = arena_array(&scratch, Str, match->files.count + 1), list;
	for (size_t i = 0; i < match->files.count; i++)
		paths[i] = match->files.items[i]->path;
	if (!listing_format(
		    w->arena, w->inputs->list_files, paths, match->files.count, *left, &list)) {
		err_add(w->err, ERR_DETECT,
			"list-files: up to that of the filter %.*s the lists are larger than the 1 "
			"MiB "
			"that a job's outputs may have",
			STR_ARG(str_visible(w->arena, match->name)))
			->hint = STR("use list-files: none, or patterns that match fewer files");
		return false;
	}
	*left -= listing_size(list);
	add_output(w, match->name, "_files", list, false);
	return true;
}

/* The outputs of paths-filter. Too long ones are refused now, before a database is touched. */
static bool collect_outputs(const Watcher *w, bool known)
{
	size_t left = OUTPUTS_MAX;
	for (size_t i = 0; i < w->out->matches.count; i++) {
		const Match *match = &w->out->matches.items[i];
		bool is_true = match->files.count || !known;
		Str number = str_format(w->arena, "%zu", match->files.count);
		add_output(w, match->name, "", is_true ? STR("true") : STR("false"), true);
		add_output(w, match->name, "_count", number, true);
		if (w->inputs->list_files != LIST_NONE && !add_list(w, match, &left))
			return false;
	}
	return true;
}

/* ---- what cannot be told ---- */

/* Does anybody depend on the answer? A push compares histories in any case. */
static bool is_needed(const Inputs *inputs)
{
	return inputs->filters.len || inputs->mode == MODE_DETECT ||
	       inputs->skip_unchanged == SKIP_TRUE;
}

static void tell_unknown(const Watcher *w, Str reason)
{
	log_line(&w->workflow->log,
		"the changed files are not known and taken as changed, which is safe: %.*s",
		STR_ARG(reason));
}

static bool give_up(const Watcher *w, Err *why)
{
	if (is_needed(w->inputs) || err_kind(why) == ERR_CANCELLED) {
		err_append(w->err, why);
		return false;
	}
	tell_unknown(w, why->first->message);
	return true;
}

/* The event's commits do not tell of what a push reads: that is more than a fault of this run. */
static void tell_foreign(const Watcher *w, Str reason)
{
	Err warnings = {.arena = w->arena};
	if (!is_needed(w->inputs)) {
		tell_unknown(w, reason);
		return;
	}
	err_add(&warnings, ERR_DETECT,
		"what a push would run is taken as changed, for it cannot be told: %.*s",
		STR_ARG(reason))
		->hint = STR("changes are known of the repository that the event is about");
	warn(w, &warnings);
}

/* Which seeds there are stands in a file that is not here. */
static void tell_seeds(const Watcher *w, const WatchedFolders *folders)
{
	Err warnings = {.arena = w->arena};
	if (folders->found || !w->inputs->include_seed)
		return;
	err_add(&warnings, ERR_DETECT,
		"supabase/config.toml cannot be read: of the seeds supabase/seed.sql alone is "
		"watched")
		->hint = STR("check the repository out before this step");
	warn(w, &warnings);
}

/* ---- the stage ---- */

/* Whether the changes are known at all. Without filters of the user's there is nothing to find
 * where they do not tell of what a push reads. */
static bool find_changes(const Watcher *w, const WatchedClone *clone, bool wanted, bool *found)
{
	Err why = {.arena = w->arena};
	*found = wanted && detect(w, clone, &why);
	return *found || !wanted || give_up(w, &why);
}

bool watched_find(Arena *arena, const Inputs *inputs, const Workflow *workflow, Str workspace,
	const Config *config, Watched *out, Err *err)
{
	Watcher watcher = {arena, inputs, inputs->event, workflow, workspace, out, err};
	AUTO_CLONE clone = {0};
	WatchedFolders folders;
	MatchPush push;
	const Filters *filters = NULL;
	Str unknown;
	bool found;

	*out = (Watched){.warnings = {.arena = arena}};
	if (!read_filters(&watcher, &filters) ||
		!watched_folders_find(arena, workspace, inputs->working_directory, &folders, err))
		return false;
	open_clone(&watcher, &folders, &clone);
	out->prefix = prefix_of(&watcher, &folders, &clone);
	watched_paths_find(arena, inputs, config, &folders, &clone, &push, &unknown);
	tell_seeds(&watcher, &folders);
	if (!find_changes(&watcher, &clone, filters || !unknown.len, &found))
		return false;
	if (unknown.len)
		tell_foreign(&watcher, unknown);
	matches_find(
		arena, filters, inputs->predicate_quantifier, &push, &out->changes, &out->matches);
	out->known = found && !unknown.len;
	out->changed = out->matches.any || !out->known;
	bool answered = filters ? found : out->known;
	out->names = matches_names(arena, &out->matches, answered);
	if (found)
		print(&watcher);
	return collect_outputs(&watcher, answered);
}
