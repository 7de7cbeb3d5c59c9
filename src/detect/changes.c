#include "detect/changes.h"

/* One detection under way. */
typedef struct Finder {
	Arena *arena;
	const ChangesPlaces *places;
	Detection *out;
	Err *err;
} Finder;

/* A commit, found. */
typedef struct Point {
	Str name; /* as it was asked for */
	Str sha;
	bool local;
} Point;

static Str abbreviated(Str sha)
{
	enum {
		DIGITS = 12
	};
	return str_head(sha, DIGITS);
}

/* "main (0365b438efbd)", or the SHA alone. */
static Str described(Arena *arena, const Point *point)
{
	Str sha = abbreviated(point->sha);
	if (!point->name.len || str_equal(point->name, point->sha))
		return sha;
	return str_format(
		arena, "%.*s (%.*s)", STR_ARG(str_visible(arena, point->name)), STR_ARG(sha));
}

/* Neither place can tell `what`: says why the clone cannot, and why the API was not asked. */
static bool add_missing_commit(Finder *f, Str what, Str why_not_here)
{
	const ChangesPlaces *places = f->places;
	Str here = places->repo ? why_not_here : places->no_repo;
	err_add(f->err, ERR_DETECT,
		"%.*s: the local clone does not tell (%.*s), and GitHub's API is not asked (%.*s)",
		STR_ARG(what), STR_ARG(here), STR_ARG(places->no_github))
		->hint = STR("give this action a token (permissions: contents: read), or check the "
			     "repository out with fetch-depth: 0");
	return false;
}

static bool is_shallow(const Finder *f)
{
	return f->places->repo && repo_is_shallow(f->places->repo);
}

static Str not_here(const Finder *f)
{
	return is_shallow(f) ? STR("it is shallow") : STR("it is not there");
}

/* Neither place has the commit. */
static bool fail_everywhere(Finder *f, Str name, Str github_says)
{
	Str here = f->places->repo ? not_here(f) : f->places->no_repo;
	err_add(f->err, ERR_DETECT,
		"cannot find the commit %.*s: not in the local clone (%.*s), and GitHub says: %.*s",
		STR_ARG(str_visible(f->arena, name)), STR_ARG(here), STR_ARG(github_says))
		->hint =
		STR("after a forced push the commit before may be gone: set the input base "
		    "to a branch, a tag or a commit that is there");
	return false;
}

static bool find_on_github(Finder *f, Str name, GithubCommit *commit)
{
	return github_commit(f->places->github, name, commit) &&
	       (!commit->missing || fail_everywhere(f, name, commit->message));
}

/* Finds the commit that `name` means; `sha` is it already, if the caller knows. */
static bool find_point(Finder *f, Str name, Str sha, Point *out)
{
	const ChangesPlaces *places = f->places;
	GithubCommit commit;
	Str asked = sha.len ? sha : name;
	*out = (Point){.name = name};
	if (places->repo && repo_resolve(f->arena, places->repo, asked, &out->sha)) {
		out->local = true;
		return true;
	}
	if (!places->github)
		return add_missing_commit(f,
			str_format(f->arena, "cannot find the commit %.*s",
				STR_ARG(str_visible(f->arena, asked))),
			not_here(f));
	if (github_is_sha(asked)) { /* whoever uses it finds out whether it is there */
		out->sha = asked;
		return true;
	}
	if (!find_on_github(f, asked, &commit))
		return false;
	out->sha = commit.sha;
	return true;
}

/* ---- the difference of two commits ---- */

static ChangeStatus status_of(char letter)
{
	switch (letter) {
	case 'A':
		return CHANGE_ADDED;
	case 'D':
		return CHANGE_DELETED;
	case 'T':
		return CHANGE_TYPE;
	default:
		return CHANGE_MODIFIED;
	}
}

static void take_local(Finder *f, const RepoChanges *changes)
{
	for (size_t i = 0; i < changes->count; i++)
		*vec_add(f->arena, &f->out->changes) =
			(Change){changes->items[i].path, status_of(changes->items[i].status)};
}

static void take_trees(Finder *f, const GithubTreeDiff *diff)
{
	for (size_t i = 0; i < diff->changes.count; i++)
		*vec_add(f->arena, &f->out->changes) = (Change){
			diff->changes.items[i].path, status_of(diff->changes.items[i].status)};
}

static void say(Finder *f, const char *relation, const Point *base, const Point *head, bool local)
{
	Str place = local ? STR("the local clone") : STR("GitHub's API");
	f->out->compared = str_format(f->arena, "%.*s compared with %s%.*s, by %.*s",
		STR_ARG(described(f->arena, head)), relation,
		STR_ARG(base ? described(f->arena, base) : STR("nothing")), STR_ARG(place));
}

/* `base` NULL is the empty tree. */
static bool diff(Finder *f, const char *relation, const Point *base, const Point *head)
{
	const ChangesPlaces *places = f->places;
	Str base_sha = base ? base->sha : (Str){0}, reason = not_here(f);
	if (head->local && (!base || base->local)) {
		const RepoRange range = {base_sha, head->sha};
		RepoChanges changes = {0};
		if (repo_diff(f->arena, places->repo, range, &changes, &reason)) {
			take_local(f, &changes);
			say(f, relation, base, head, true);
			return true;
		}
	}
	if (!places->github)
		return add_missing_commit(f,
			str_format(f->arena, "cannot compare %.*s with %.*s",
				STR_ARG(described(f->arena, head)), STR_ARG(abbreviated(base_sha))),
			reason);
	GithubTreeDiff trees = {0};
	if (!github_tree_diff(places->github, base_sha, head->sha, &trees))
		return false;
	if (trees.base_missing || trees.head_missing)
		return fail_everywhere(
			f, trees.base_missing ? base_sha : head->sha, STR("no such commit"));
	take_trees(f, &trees);
	say(f, relation, base, head, false);
	return true;
}

/* ---- the kinds of basis ---- */

static bool find_nothing(Finder *f, const Basis *basis)
{
	(void)basis;
	f->out->compared = STR("the push deleted its branch or tag, so nothing was compared");
	return true;
}

static bool find_local(Finder *f, const Basis *basis)
{
	const ChangesPlaces *places = f->places;
	RepoChanges changes = {0};
	Str reason = places->no_repo;
	(void)basis;
	if (!places->repo) {
		err_add(f->err, ERR_DETECT, "base: HEAD needs a local clone: %.*s",
			STR_ARG(reason));
		return false;
	}
	if (!repo_diff_local(f->arena, places->repo, &changes, &reason)) {
		err_add(f->err, ERR_DETECT, "base: HEAD: the local clone cannot be compared: %.*s",
			STR_ARG(reason))
			->hint =
			STR("a split or a sparse index is not supported: in a step before this "
			    "one, run `git update-index --no-split-index`, or `git "
			    "sparse-checkout init --no-sparse-index`");
		return false;
	}
	take_local(f, &changes);
	f->out->compared = STR("the work tree compared with HEAD");
	return true;
}

static bool find_all(Finder *f, const Basis *basis)
{
	Point head;
	return find_point(f, basis->head, basis->head_sha, &head) && diff(f, "", NULL, &head);
}

static bool find_direct(Finder *f, const Basis *basis)
{
	Point base, head;
	return find_point(f, basis->base, (Str){0}, &base) &&
	       find_point(f, basis->head, basis->head_sha, &head) && diff(f, "", &base, &head);
}

/* The parents that the commit names, first parent first. */
static bool read_parents(Finder *f, const Point *point, RepoShas *parents)
{
	const ChangesPlaces *places = f->places;
	GithubCommit commit;
	if (point->local)
		return repo_parents(f->arena, places->repo, point->sha, parents);
	if (!find_on_github(f, point->sha, &commit))
		return false;
	for (size_t i = 0; i < commit.parents.count; i++)
		*vec_add(f->arena, parents) = commit.parents.items[i];
	return true;
}

static bool diff_parent(Finder *f, const Point *head)
{
	RepoShas parents = {0};
	Point base;
	if (!read_parents(f, head, &parents))
		return false;
	if (!parents.count)
		return diff(f, "", NULL, head);
	return find_point(f, parents.items[0], (Str){0}, &base) &&
	       diff(f,
		       parents.count > 1 ? "the first parent of this merge, "
					 : "the commit before it, ",
		       &base, head);
}

/* paths-filter asks `git log -n 1`, which shows nothing for a merge and everything for the one
 * commit of a shallow clone. */
static bool find_parent(Finder *f, const Basis *basis)
{
	Point head;
	return find_point(f, basis->head, basis->head_sha, &head) && diff_parent(f, &head);
}

/* From GitHub, where the clone's history is not all there. */
static bool ask_fork_point(Finder *f, const Point *base, const Point *head, Point *fork)
{
	const ChangesPlaces *places = f->places;
	GithubComparison comparison = {0};
	if (!places->github)
		return add_missing_commit(
			f, STR("cannot find where the branches parted"), not_here(f));
	if (!github_compare(places->github, base->sha, head->sha, &comparison))
		return false;
	if (comparison.missing)
		return fail_everywhere(f, base->name, comparison.message);
	fork->sha = comparison.merge_base;
	fork->local = places->repo && repo_has(places->repo, fork->sha);
	return true;
}

/* Where `head` left `base`. Without a common ancestor it is `base` itself, as in paths-filter. */
static bool find_fork_point(Finder *f, const Point *base, const Point *head, Point *fork)
{
	*fork = (Point){.local = true};
	bool known = base->local && head->local &&
		     repo_merge_base(f->arena, f->places->repo, base->sha, head->sha, &fork->sha) &&
		     (fork->sha.len || !is_shallow(f));
	if (!known && !ask_fork_point(f, base, head, fork))
		return false;
	if (!fork->sha.len) {
		err_add(&f->out->warnings, ERR_DETECT,
			"%.*s and %.*s have no common ancestor: they are compared directly",
			STR_ARG(described(f->arena, base)), STR_ARG(described(f->arena, head)));
		*fork = *base;
	}
	return true;
}

static bool find_fork(Finder *f, const Basis *basis)
{
	Point base, head, fork;
	if (!find_point(f, basis->base, (Str){0}, &base) ||
		!find_point(f, basis->head, basis->head_sha, &head) ||
		!find_fork_point(f, &base, &head, &fork))
		return false;
	if (basis->or_parent && str_equal(fork.sha, head.sha))
		return diff_parent(f, &head);
	Str relation = str_format(
		f->arena, "where it left %.*s, ", STR_ARG(str_visible(f->arena, base.name)));
	return diff(f, str_equal(fork.sha, base.sha) ? "" : str_z(f->arena, relation),
		str_equal(fork.sha, base.sha) ? &base : &fork, &head);
}

/* ---- a pull request ---- */

static void add_change(Finder *f, Str path, ChangeStatus status)
{
	*vec_add(f->arena, &f->out->changes) = (Change){path, status};
}

/* GitHub's words are ours but for `removed`; a rename is two changes, the new name first. */
static void take_file(Finder *f, const GithubFile *file)
{
	static const struct {
		Str word;
		ChangeStatus status;
	} words[] = {
#define CHANGE_STATUS(name, word) {STR_INIT(word), CHANGE_##name},
#include "detect/change.def"
#undef CHANGE_STATUS
		{STR_INIT("removed"), CHANGE_DELETED},
	};
	ChangeStatus status = CHANGE_CHANGED;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal(file->status, words[i].word))
			status = words[i].status;
	if (status == CHANGE_RENAMED) {
		add_change(f, file->path, CHANGE_ADDED);
		add_change(f, file->previous, CHANGE_DELETED);
	} else {
		add_change(f, file->path, status);
	}
}

/* GitHub lists at most 3,000 files and does not say so; the commits tell the rest. */
static bool find_cut_pull(Finder *f, const Basis *basis)
{
	const Basis fork = {.kind = BASIS_FORK, .base = basis->fork_base, .head = basis->fork_head};
	if (!fork.base.len || !fork.head.len) {
		err_add(f->err, ERR_DETECT,
			"GitHub lists the first %d files of a pull request, "
			"and the event does not name its commits",
			GITHUB_FILES_MAX);
		return false;
	}
	return find_fork(f, &fork);
}

static bool find_pull(Finder *f, const Basis *basis)
{
	GithubFiles files = {0};
	if (!basis->pull) {
		err_add(f->err, ERR_DETECT, "the event's payload names no pull request");
		return false;
	}
	if (!f->places->github)
		return add_missing_commit(f, STR("cannot list the pull request's files"),
			STR("it has commits, and no pull requests"));
	if (!github_pull_files(f->places->github, basis->pull, &files))
		return false;
	if (files.cut)
		return find_cut_pull(f, basis);
	for (size_t i = 0; i < files.rows.count; i++)
		take_file(f, &files.rows.items[i]);
	f->out->compared = str_format(f->arena, "the files of pull request #%lld, by GitHub's API",
		(long long)basis->pull);
	return true;
}

bool changes_detect(
	Arena *arena, const ChangesPlaces *places, const Basis *basis, Detection *out, Err *err)
{
	static bool (*const finders[])(Finder *, const Basis *) = {
		[BASIS_NOTHING] = find_nothing,
		[BASIS_LOCAL] = find_local,
		[BASIS_PULL] = find_pull,
		[BASIS_PARENT] = find_parent,
		[BASIS_ALL] = find_all,
		[BASIS_DIRECT] = find_direct,
		[BASIS_FORK] = find_fork,
	};
	Finder finder = {.arena = arena, .places = places, .out = out, .err = err};
	*out = (Detection){.warnings = {.arena = arena}};
	return finders[basis->kind](&finder, basis);
}
