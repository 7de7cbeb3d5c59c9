#include "detect/basis.h"
#include "detect/changes.h"
#include "detect/filters.h"
#include "stage/run.h"

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

/* ---- filters ---- */

static bool read_filters_file(Run *run, Str *text)
{
	Str path = file_resolve(run->arena,
		file_join(run->arena, run->inputs->runner->workspace, run->inputs->filters));
	Str reason = STR("it lies outside of the workspace");
	Str root = file_resolve(run->arena, run->inputs->runner->workspace);
	if (!path.len)
		reason = STR("it does not exist");
	else if (file_is_within(path, root) && !file_is_content(path, root))
		reason = STR("it leads into .git, which is not read");
	else if (file_is_within(path, root) &&
		 file_read(run->arena, path, FILTERS_MAX, text, &reason))
		return true;
	err_add(run->err, ERR_INPUT, "filters: cannot read %.*s: %.*s",
		STR_ARG(str_visible(run->arena, run->inputs->filters)), STR_ARG(reason))
		->hint =
		STR("a path is relative to the workspace; YAML has a colon or a line break");
	return false;
}

/* NULL if the user gave none. */
static bool read_filters(Run *run, const Filters **out)
{
	static const char *const declared[] = {
#define OUTPUT(id, is_own, value) id,
#include "stage/outputs.def"
#undef OUTPUT
	};
	Err warnings = {.arena = run->arena};
	FilterText source = {.text = run->inputs->filters,
		.quantifier = run->inputs->predicate_quantifier,
		.outputs = declared,
		.output_count = sizeof declared / sizeof *declared};
	*out = NULL;
	if (!source.text.len)
		return true;
	if (filters_is_path(source.text)) {
		source.file = source.text;
		if (!read_filters_file(run, &source.text))
			return false;
	}
	Filters *filters = arena_new(run->arena, Filters);
	if (!filters_parse(run->arena, &source, filters, &warnings, run->err))
		return false;
	run_warn(run, &warnings);
	*out = filters;
	return true;
}

/* ---- changes ---- */

static BasisFacts facts_of(Run *run)
{
	const Event *event = run->inputs->event;
	return (BasisFacts){.event = event->name,
		.is_pull = event_is_pull(event->name),
		.base = run->inputs->base,
		.ref = run->inputs->ref,
		.has_token = run->inputs->token.len > 0,
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
static void open_checkout(Run *run, const DetectFolders *folders, Checkout *checkout)
{
	const CheckoutClues clues = {.workspace = folders->workspace,
		.folder = folders->start,
		.names = {run->inputs->event->repository, run->inputs->event->pull_repository},
		.shas = {run->inputs->event->sha, run->inputs->event->pull_head},
		.any = str_equal(run->inputs->base, STR("HEAD"))};
	checkout_open(run->arena, &clues, checkout);
}

/* What is checked out is what a run reads, whatever commit the event is about. One that brings a
 * difference is asked for that; it tells nothing of another commit. */
static void look_at_head(Run *run, const Checkout *checkout, BasisFacts *facts)
{
	RepoShas parents = {0};
	Str head;
	if (!checkout->repo || !facts->sha.len || !repo_head(run->arena, checkout->repo, &head))
		return;
	facts->is_merge = facts->is_pull &&
			  repo_parents(run->arena, checkout->repo, head, &parents) &&
			  parents.count == 2 && str_equal(parents.items[1], facts->pull_head);
	if (str_equal(head, facts->sha) || facts->is_merge ||
		(facts->is_pull && str_equal(head, facts->pull_head)))
		return;
	if (event_brings_changes(facts->event))
		run->detected.is_guess = true;
	else
		facts->checked_out = head;
}

static bool detect(Run *run, const Checkout *checkout, Err *err)
{
	Err warnings = {.arena = run->arena};
	BasisFacts facts = facts_of(run);
	look_at_head(run, checkout, &facts);
	Basis basis;
	Detection detection;
	HttpOptions options = {.log = &run->workflow->log};
	AUTO_HTTP http = http_open(&options);
	Github github = {.http = http,
		.api_url = run->inputs->event->api_url,
		.repository = run->inputs->event->repository,
		.token = run->inputs->token,
		.arena = run->arena,
		.err = err};
	ChangesPlaces places = {.repo = checkout->repo,
		.no_repo = checkout->reason,
		.no_github = STR("no token is given")};
	if (run->inputs->token.len && run->inputs->event->repository.len)
		places.github = &github;
	else if (run->inputs->token.len)
		places.no_github = STR("GITHUB_REPOSITORY is not set");
	if (!basis_choose(&facts, &basis, &warnings, err) ||
		!changes_detect(run->arena, &places, &basis, &detection, err))
		return false;
	err_append(&warnings, &detection.warnings);
	run_warn(run, &warnings);
	run->detected.changes = detection.changes;
	run->detected.compared = detection.compared;
	return true;
}

/* Where the clone is checked out in the workspace: "sub/", or empty for the workspace itself. */
static Str prefix_of(Run *run, const DetectFolders *folders, const Checkout *checkout)
{
	if (!checkout->root.len || str_equal(checkout->root, folders->workspace))
		return (Str){0};
	Str folder = str_skip(checkout->root, folders->workspace.len + 1);
	return str_format(run->arena, "%.*s/", STR_ARG(folder));
}

/* ---- results ---- */

static void print_match(Run *run, const Match *match)
{
	static const Str words[] = {
#define CHANGE_STATUS(name, word) [CHANGE_##name] = STR_INIT(word),
#include "detect/change.def"
#undef CHANGE_STATUS
	};
	const Log *log = &run->workflow->log;
	size_t count = match->files.count;
	log_line(log, "%.*s: %zu file%s", STR_ARG(str_visible(run->arena, match->name)), count,
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

static void print_changes(Run *run)
{
	const DetectResult *watch = &run->detected;
	log_line(&run->workflow->log, "%zu file%s changed: %.*s", watch->changes.count,
		watch->changes.count == 1 ? "" : "s", STR_ARG(watch->compared));
	for (size_t i = 0; i < watch->matches.count; i++)
		print_match(run, &watch->matches.items[i]);
}

static void add_output(Run *run, Str filter, const char *suffix, Str value, bool is_own)
{
	Str name = str_format(run->arena, "%.*s%s", STR_ARG(filter), suffix);
	*vec_add(run->arena, &run->detected.outputs) =
		(Output){str_z(run->arena, name), value, is_own};
}

/* `left`: bytes that the lists may still take; they are taken off. */
static bool add_list(Run *run, const Match *match, size_t *left)
{
	ARENA_SCRATCH(scratch);
	Str *paths = arena_array(&scratch, Str, match->files.count + 1), list;
	for (size_t i = 0; i < match->files.count; i++)
		paths[i] = match->files.items[i]->path;
	const Listing listing = {run->inputs->list_files, paths, match->files.count};
	if (!listing_format(run->arena, &listing, *left, &list)) {
		err_add(run->err, ERR_DETECT,
			"list-files: up to that of the filter %.*s the lists "
			"are larger than the 1 MiB that a job's outputs may have",
			STR_ARG(str_visible(run->arena, match->name)))
			->hint = STR("use list-files: none, or patterns that match fewer files");
		return false;
	}
	*left -= listing_size(list);
	add_output(run, match->name, "_files", list, false);
	return true;
}

/* The outputs of paths-filter. Too long ones are refused now, before a database is touched. */
static bool collect_outputs(Run *run, bool known)
{
	size_t left = OUTPUTS_MAX;
	for (size_t i = 0; i < run->detected.matches.count; i++) {
		const Match *match = &run->detected.matches.items[i];
		bool is_true = match->files.count || !known;
		Str number = str_format(run->arena, "%zu", match->files.count);
		add_output(run, match->name, "", is_true ? STR("true") : STR("false"), true);
		add_output(run, match->name, "_count", number, true);
		if (run->inputs->list_files != LIST_NONE && !add_list(run, match, &left))
			return false;
	}
	return true;
}

/* ---- what remains unknown ---- */

/* Does anybody depend on the answer? A push compares histories in any case. */
static bool is_needed(const Inputs *inputs)
{
	return inputs->filters.len || inputs->mode == MODE_DETECT || inputs->promotes ||
	       inputs->skip_unchanged == SKIP_TRUE;
}

static void tell_unknown(Run *run, Str reason)
{
	log_line(&run->workflow->log,
		"the changed files are unknown; all files count as changed, to be safe: %.*s",
		STR_ARG(reason));
}

static bool give_up(Run *run, Err *why)
{
	if (is_needed(run->inputs) || err_kind(why) == ERR_CANCELLED) {
		err_append(run->err, why);
		return false;
	}
	tell_unknown(run, why->first->message);
	return true;
}

/* The event's commits do not cover what a push reads: that is more than a fault of this run. */
static void tell_foreign(Run *run, Str reason)
{
	Err warnings = {.arena = run->arena};
	if (!is_needed(run->inputs)) {
		tell_unknown(run, reason);
		return;
	}
	err_add(&warnings, ERR_DETECT,
		"what a push would run counts as changed, since it is unknown: %.*s",
		STR_ARG(reason))
		->hint = STR("changes are known of the repository that the event is about");
	run_warn(run, &warnings);
}

/* config.toml lists the seeds and is not checked out. */
static void tell_seeds(Run *run, const DetectFolders *folders)
{
	Err warnings = {.arena = run->arena};
	if (folders->found || !run->inputs->include_seed)
		return;
	err_add(&warnings, ERR_DETECT,
		"supabase/config.toml cannot be read: "
		"of the seeds supabase/seed.sql alone is watched")
		->hint = STR("check the repository out before this step");
	run_warn(run, &warnings);
}

/* ---- the stage ---- */

/* Whether the changes are known at all. Without filters of the user's there is nothing to find
 * where they do not cover what a push reads. */
static bool find_changes(Run *run, const Checkout *checkout, bool wanted, bool *found)
{
	Err why = {.arena = run->arena};
	*found = wanted && detect(run, checkout, &why);
	return *found || !wanted || give_up(run, &why);
}

static void report_changes(const Run *run)
{
	const Event *event = run->inputs->event;
	const DetectResult *detected = &run->detected;
	run->report->compared = detected->compared;
	run->report->changes = detected->changes.count;
	run->report->run.prefix = detected->prefix;
	run->report->run.sha = event->pull_head.len ? event->pull_head : event->sha;
}

/* Does a push read it? An earlier step may have written it. */
static bool is_read(Str path)
{
	Str name = file_base(path);
	return str_ends(name, STR(".sql")) || str_equal(name, STR("config.toml")) ||
	       str_equal(name, STR("config.json")) || str_equal(name, STR("config.jsonc"));
}

/* Why the commits do not say all that a push reads; empty if they do. */
static Str find_uncommitted(Run *run, const DetectFolders *folders, const Checkout *checkout)
{
	Str supabase = file_parent(folders->items.items[0]), path, reason;
	if (!folders->found || !checkout->repo || !file_is_within(supabase, checkout->root))
		return (Str){0};
	const RepoSearch wanted = {checkout_path(checkout, supabase), is_read};
	if (!repo_find_uncommitted(run->arena, checkout->repo, &wanted, &path, &reason))
		return str_format(
			run->arena, "what is not committed is unknown: %.*s", STR_ARG(reason));
	return path.len ? str_format(run->arena, "%.*s is not committed",
				  STR_ARG(str_visible(run->arena, path)))
			: path;
}

/* A name that is neither here nor among the changes is a misspelled one: what is found further up
 * is not what was meant. */
static bool check_directory(Run *run, const DetectFolders *folders, const Checkout *checkout)
{
	if (!checkout->repo || file_resolve(run->arena, folders->directory).len ||
		!file_is_within(folders->directory, checkout->root))
		return true;
	Str path = checkout_path(checkout, folders->directory);
	Str below = str_format(run->arena, "%.*s/", STR_ARG(path));
	bool is_known = repo_has_path(checkout->repo, path);
	for (size_t i = 0; !is_known && i < run->detected.changes.count; i++)
		is_known = str_starts(run->detected.changes.items[i].path, below);
	if (!is_known)
		err_add(run->err, ERR_SOURCE, "working-directory: there is no %.*s",
			STR_ARG(str_visible(run->arena, run->inputs->working_directory)))
			->hint = STR("it is relative to the workspace");
	return is_known;
}

static bool find_matches(Run *run, DetectResult *out)
{
	const Inputs *inputs = run->inputs;
	AUTO_CHECKOUT checkout = {0};
	DetectFolders folders;
	MatchPush push;
	const Filters *filters = NULL;
	bool found;

	if (!read_filters(run, &filters) ||
		!detect_folders_find(run->arena, inputs->runner->workspace,
			inputs->working_directory, &folders, run->err))
		return false;
	open_checkout(run, &folders, &checkout);
	out->prefix = prefix_of(run, &folders, &checkout);
	const DetectUse use = {.config = &run->report->extras.config,
		.roles = inputs->include_roles,
		.seeds = inputs->include_seed};
	Str unknown = detect_paths_find(run->arena, &use, &folders, &checkout, &push);
	tell_seeds(run, &folders);
	if (!find_changes(run, &checkout, filters || !unknown.len, &found) ||
		!check_directory(run, &folders, &checkout))
		return false;
	out->uncommitted = find_uncommitted(run, &folders, &checkout);
	if (unknown.len)
		tell_foreign(run, unknown);
	const Watched watched = {filters, inputs->predicate_quantifier, &push};
	matches_find(run->arena, &watched, &out->changes, &out->matches);
	out->known = found && !unknown.len;
	out->changed = out->matches.any || !out->known;
	bool answered = filters ? found : out->known;
	out->names = matches_names(run->arena, &out->matches, answered);
	if (found)
		print_changes(run);
	return collect_outputs(run, answered);
}

bool stage_detect(Run *run)
{
	bool done = find_matches(run, &run->detected);
	report_changes(run);
	return done;
}

/* A push under `auto` continues: an earlier one, whose run failed, may have left migrations pending
 * that no later change would bring up again. So does a dry run that was started by hand or on a
 * schedule: no event brings a difference then. */
static bool may_skip(const Run *run)
{
	const Inputs *inputs = run->inputs;
	if (inputs->skip_unchanged != SKIP_AUTO)
		return inputs->skip_unchanged == SKIP_TRUE;
	return inputs->mode == MODE_DRY_RUN && event_brings_changes(inputs->event->name) &&
	       !run->detected.is_guess;
}

bool stage_skip(Run *run)
{
	bool skips = may_skip(run);
	if (run->detected.changed || !skips)
		return true;
	if (run->detected.uncommitted.len) {
		log_line(&run->workflow->log, "not skipped: %.*s",
			STR_ARG(run->detected.uncommitted));
		return true;
	}
	run->report->status = STATUS_SKIPPED;
	run->report->skipped = STR("skipped: no watched file changed; no database was contacted");
	run_note(run, STR("Skipped"),
		str_format(run->arena, "No watched file changed: %.*s. No database was contacted.",
			STR_ARG(run->detected.compared)));
	run->ended = true;
	return true;
}

bool stage_changes(Run *run)
{
	const DetectResult *detected = &run->detected;
	size_t matched = 0;
	for (size_t i = 0; i < detected->matches.count; i++)
		matched += detected->matches.items[i].files.count > 0;
	run->report->status = STATUS_SKIPPED;
	run->report->skipped = str_format(run->arena,
		"changed files in %zu of %zu filters%s; no database was contacted", matched,
		detected->matches.count,
		detected->known ? "" : ", and what a push would run counts as changed");
	run->ended = true;
	return true;
}
