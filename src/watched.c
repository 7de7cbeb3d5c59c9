#include "watched.h"

#include "base/file.h"
#include "detect/listing.h"

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
	if (!path.len)
		reason = STR("it does not exist");
	else if (file_is_within(path, file_resolve(w->arena, w->workspace)) &&
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
#define OUTPUT(id, value) id,
#include "outputs.def"
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

/* The clone that the workspace is or, where it was checked out into a folder, holds. */
static void open_repo(const Watcher *w, Repo **repo, Str *reason)
{
	Str folder = file_resolve(
		w->arena, file_join(w->arena, w->workspace, w->inputs->working_directory));
	Str start = folder.len ? folder : w->workspace;
	repo_open(w->arena, start, file_parent(w->workspace), repo, reason);
}

/* `no_repo`: why there is none, if so. */
static bool detect(const Watcher *w, const Repo *repo, Str no_repo, Err *err)
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
	ChangesPlaces places = {
		.repo = repo, .no_repo = no_repo, .no_github = STR("no token is given")};
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
static Str repo_prefix(const Watcher *w, const Repo *repo)
{
	Str root = repo ? repo_root(w->arena, repo) : (Str){0};
	Str workspace = file_resolve(w->arena, w->workspace);
	if (!root.len || str_equal(root, workspace) || !file_is_within(root, workspace))
		return (Str){0};
	Str folder = str_skip(root, workspace.len + 1);
	while (str_ends(folder, STR("/")))
		folder.len--;
	return folder.len ? str_format(w->arena, "%.*s/", STR_ARG(folder)) : folder;
}

/* The migrations folder as the repository's trees call it. */
static Str folder_in_repo(const Watcher *w, Str folder)
{
	Str prefix = w->out->prefix;
	return str_starts(folder, prefix) ? str_skip(folder, prefix.len) : folder;
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

static void add_output(const Watcher *w, Str filter, const char *suffix, Str value)
{
	Str name = str_format(w->arena, "%.*s%s", STR_ARG(filter), suffix);
	*vec_add(w->arena, &w->out->outputs) = (Output){str_z(w->arena, name), value};
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
	add_output(w, match->name, "_files", list);
	return true;
}

/* The outputs of paths-filter. Too long ones are refused now, before a database is touched. */
static bool collect_outputs(const Watcher *w)
{
	size_t left = OUTPUTS_MAX;
	for (size_t i = 0; i < w->out->matches.count; i++) {
		const Match *match = &w->out->matches.items[i];
		bool is_true = match->files.count || !w->out->known;
		add_output(w, match->name, "", is_true ? STR("true") : STR("false"));
		add_output(
			w, match->name, "_count", str_format(w->arena, "%zu", match->files.count));
		if (w->inputs->list_files != LIST_NONE && !add_list(w, match, &left))
			return false;
	}
	return true;
}

/* Does anybody depend on the answer? A push compares histories in any case. */
static bool is_needed(const Inputs *inputs)
{
	return inputs->filters.len || inputs->mode == MODE_DETECT ||
	       inputs->skip_unchanged == SKIP_TRUE;
}

static bool give_up(const Watcher *w, Err *why)
{
	if (is_needed(w->inputs) || err_kind(why) == ERR_CANCELLED) {
		err_append(w->err, why);
		return false;
	}
	log_line(&w->workflow->log,
		"the changed files are not known and taken as changed, which is safe: %.*s",
		STR_ARG(why->first->message));
	return true;
}

bool watched_find(Arena *arena, const Inputs *inputs, const Workflow *workflow, Str workspace,
	const MatchPush *push, Watched *out, Err *err)
{
	Watcher watcher = {arena, inputs, inputs->event, workflow, workspace, out, err};
	Err why = {.arena = arena};
	AUTO_REPO repo = NULL;
	Str no_repo = {0};
	const Filters *filters = NULL;

	*out = (Watched){.warnings = {.arena = arena}};
	if (!read_filters(&watcher, &filters))
		return false;
	open_repo(&watcher, &repo, &no_repo);
	out->prefix = repo_prefix(&watcher, repo);
	out->known = detect(&watcher, repo, no_repo, &why);
	if (!out->known && !give_up(&watcher, &why))
		return false;
	MatchPush in_repo = *push;
	in_repo.folder = folder_in_repo(&watcher, push->folder);
	matches_find(arena, filters, inputs->predicate_quantifier, &in_repo, &out->changes,
		&out->matches);
	out->changed = out->matches.any || !out->known;
	out->names = matches_names(arena, &out->matches, out->known);
	if (out->known)
		print(&watcher);
	return collect_outputs(&watcher);
}
