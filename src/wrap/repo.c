#include "wrap/repo.h"

#include "base/file.h"

#include <git2.h>

struct Repo {
	git_repository *handle;
};

enum {
	SHA_DIGITS = GIT_OID_HEXSZ
};

/* A libgit2 handle that is freed at the end of the block. */
#define HANDLE(type)                                                                               \
	static void release_##type(type **handle)                                                  \
	{                                                                                          \
		type##_free(*handle);                                                              \
	}
HANDLE(git_commit)
HANDLE(git_tree)
HANDLE(git_object)
HANDLE(git_diff)
HANDLE(git_config)
HANDLE(git_index)
#define AUTO(type, name) __attribute__((cleanup(release_##type))) type *name = NULL

/* What can be read although it is named as an extension; others, such as reftable, would be read
 * wrongly and stay refused (gitrepository-layout(5), "extensions"). */
static const char *harmless_extensions[] = {
	"partialclone", "worktreeconfig", "preciousobjects", "relativeworktrees"};

static void configure(void)
{
	static const int levels[] = {GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG,
		GIT_CONFIG_LEVEL_GLOBAL, GIT_CONFIG_LEVEL_PROGRAMDATA};
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, harmless_extensions,
		sizeof harmless_extensions / sizeof *harmless_extensions);
	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
}

static Str last_error(Arena *arena)
{
	const git_error *error = git_error_last();
	return error && error->message ? str_copy(arena, str_from(error->message))
				       : STR("unknown error of libgit2");
}

bool repo_open(Arena *arena, Str folder, Str ceiling, Repo **out, Str *reason)
{
	Repo *repo = arena_new(arena, Repo);
	*out = NULL;
	if (git_libgit2_init() < 0) {
		*reason = last_error(arena);
		return false;
	}
	configure();
	int code = git_repository_open_ext(
		&repo->handle, str_z(arena, folder), 0, str_z(arena, ceiling));
	if (code == 0) {
		*out = repo;
		return true;
	}
	*reason =
		code == GIT_ENOTFOUND ? STR("there is no git repository here") : last_error(arena);
	repo_close(&repo);
	return false;
}

void repo_close(Repo **repo)
{
	if (!*repo)
		return;
	git_repository_free((*repo)->handle);
	git_libgit2_shutdown();
	*repo = NULL;
}

Str repo_origin(Arena *arena, const Repo *repo)
{
	AUTO(git_config, config);
	const char *url = NULL;
	if (git_repository_config_snapshot(&config, repo->handle) != 0 ||
		git_config_get_string(&url, config, "remote.origin.url") != 0)
		return (Str){0};
	return str_copy(arena, str_from(url));
}

bool repo_has_submodule(const Repo *repo, Str path)
{
	ARENA_SCRATCH(scratch);
	AUTO(git_index, index);
	if (git_repository_index(&index, repo->handle) != 0)
		return false;
	const git_index_entry *entry = git_index_get_bypath(index, str_z(&scratch, path), 0);
	return entry && entry->mode == GIT_FILEMODE_COMMIT;
}

bool repo_is_shallow(const Repo *repo)
{
	return git_repository_is_shallow(repo->handle) == 1;
}

static Str sha_of(Arena *arena, const git_oid *id)
{
	char digits[SHA_DIGITS + 1];
	git_oid_tostr(digits, sizeof digits, id);
	return str_copy(arena, str_from(digits));
}

static bool id_of(Str sha, git_oid *id)
{
	char digits[SHA_DIGITS + 1] = {0};
	if (sha.len != SHA_DIGITS)
		return false;
	for (size_t i = 0; i < SHA_DIGITS; i++)
		digits[i] = sha.ptr[i];
	return git_oid_fromstr(id, digits) == 0;
}

static bool find_commit(const Repo *repo, Str sha, git_commit **commit)
{
	git_oid id;
	return id_of(sha, &id) && git_commit_lookup(commit, repo->handle, &id) == 0;
}

bool repo_has(const Repo *repo, Str sha)
{
	AUTO(git_commit, commit);
	return find_commit(repo, sha, &commit);
}

/* A branch or tag by its short name, as a commit. */
static bool resolve_spec(Arena *arena, const Repo *repo, const char *spec, Str *sha)
{
	AUTO(git_object, object);
	AUTO(git_object, commit);
	if (git_revparse_single(&object, repo->handle, spec) != 0 ||
		git_object_peel(&commit, object, GIT_OBJECT_COMMIT) != 0)
		return false;
	*sha = sha_of(arena, git_object_id(commit));
	return true;
}

bool repo_resolve(Arena *arena, const Repo *repo, Str name, Str *sha)
{
	static const char *const prefixes[] = {
		"refs/remotes/origin/", "refs/heads/", "refs/tags/", ""};
	if (repo_has(repo, name)) {
		*sha = name;
		return true;
	}
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		ARENA_SCRATCH(scratch);
		Str spec = str_format(&scratch, "%s%.*s", prefixes[i], STR_ARG(name));
		if (resolve_spec(arena, repo, str_z(&scratch, spec), sha))
			return true;
	}
	return false;
}

bool repo_head(Arena *arena, const Repo *repo, Str *sha)
{
	git_oid id;
	if (git_reference_name_to_id(&id, repo->handle, "HEAD") != 0)
		return false;
	*sha = sha_of(arena, &id);
	return true;
}

/* From the commit's own text: a shallow clone's grafts hide the parents of its oldest commits. */
bool repo_parents(Arena *arena, const Repo *repo, Str sha, RepoShas *parents)
{
	AUTO(git_commit, commit);
	if (!find_commit(repo, sha, &commit))
		return false;
	Str header = str_from(git_commit_raw_header(commit)), line;
	while (str_next(&header, '\n', &line))
		if (str_starts(line, STR("parent ")))
			*vec_add(arena, parents) =
				str_copy(arena, str_skip(line, sizeof "parent " - 1));
	return true;
}

bool repo_merge_base(Arena *arena, const Repo *repo, Str a, Str b, Str *sha)
{
	git_oid one, two, base;
	*sha = (Str){0};
	if (!id_of(a, &one) || !id_of(b, &two))
		return false;
	int code = git_merge_base(&base, repo->handle, &one, &two);
	if (code == 0)
		*sha = sha_of(arena, &base);
	return code == 0 || code == GIT_ENOTFOUND;
}

/* An empty `sha` is the empty tree: NULL, to libgit2. */
static bool find_tree(const Repo *repo, Str sha, git_tree **tree)
{
	AUTO(git_commit, commit);
	return !sha.len || (find_commit(repo, sha, &commit) && git_commit_tree(tree, commit) == 0);
}

static char letter_of(git_delta_t status)
{
	switch ((int)status) {
	case GIT_DELTA_ADDED:
		return 'A';
	case GIT_DELTA_DELETED:
		return 'D';
	case GIT_DELTA_TYPECHANGE:
		return 'T';
	default:
		return 'M';
	}
}

static RepoChange change_of(Arena *arena, const git_diff_delta *delta)
{
	const char *path =
		delta->status == GIT_DELTA_DELETED ? delta->old_file.path : delta->new_file.path;
	return (RepoChange){str_copy(arena, str_from(path)), letter_of(delta->status)};
}

static git_diff_options diff_options(void)
{
	git_diff_options options;
	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags = GIT_DIFF_INCLUDE_TYPECHANGE | GIT_DIFF_SKIP_BINARY_CHECK;
	return options;
}

bool repo_diff(Arena *arena, const Repo *repo, RepoRange range, RepoChanges *changes, Str *reason)
{
	AUTO(git_tree, old);
	AUTO(git_tree, new);
	AUTO(git_diff, diff);
	git_diff_options options = diff_options();
	if (!find_tree(repo, range.base, &old) || !find_tree(repo, range.head, &new) ||
		git_diff_tree_to_tree(&diff, repo->handle, old, new, &options) != 0) {
		*reason = last_error(arena);
		return false;
	}
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++)
		*vec_add(arena, changes) = change_of(arena, git_diff_get_delta(diff, i));
	return true;
}

/* A sparse checkout leaves files out; they are as HEAD has them if the index says so. */
static bool is_left_out(git_index *index, const git_diff_delta *delta)
{
	const git_index_entry *entry = git_index_get_bypath(index, delta->old_file.path, 0);
	return delta->status == GIT_DELTA_DELETED && entry &&
	       (entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE) &&
	       git_oid_equal(&entry->id, &delta->old_file.id);
}

/* Byte for byte, or with line ends as git would commit them: libgit2 also calls changed what git
 * leaves alone, because the commit has those line ends. */
static bool is_same_file(const Repo *repo, const git_diff_delta *delta)
{
	ARENA_SCRATCH(scratch);
	const git_oid *old = &delta->old_file.id;
	const char *root = git_repository_workdir(repo->handle), *path = delta->new_file.path;
	git_oid id;
	bool is_file = delta->old_file.mode == GIT_FILEMODE_BLOB ||
		       delta->old_file.mode == GIT_FILEMODE_BLOB_EXECUTABLE;
	if (!is_file || delta->status != GIT_DELTA_MODIFIED ||
		delta->old_file.mode != delta->new_file.mode || !root)
		return false;
	path = str_z(&scratch, str_format(&scratch, "%s%s", root, path));
	if (git_odb_hashfile(&id, path, GIT_OBJECT_BLOB) == 0 && git_oid_equal(&id, old))
		return true;
	return git_repository_hashfile(&id, repo->handle, path, GIT_OBJECT_BLOB, NULL) == 0 &&
	       git_oid_equal(&id, old);
}

bool repo_diff_local(Arena *arena, const Repo *repo, RepoChanges *changes, Str *reason)
{
	AUTO(git_tree, old);
	AUTO(git_diff, diff);
	AUTO(git_index, index);
	git_diff_options options = diff_options();
	Str head;
	if (!repo_head(arena, repo, &head) || !find_tree(repo, head, &old) ||
		git_repository_index(&index, repo->handle) != 0 ||
		git_diff_tree_to_workdir_with_index(&diff, repo->handle, old, &options) != 0) {
		*reason = last_error(arena);
		return false;
	}
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = git_diff_get_delta(diff, i);
		if (!is_left_out(index, delta) && !is_same_file(repo, delta))
			*vec_add(arena, changes) = change_of(arena, delta);
	}
	return true;
}

typedef struct Uncommitted {
	Arena *arena;
	RepoCountsFn *counts;
	Str found;
} Uncommitted;

static int on_status(const char *path, unsigned status, void *payload)
{
	enum {
		HERE = GIT_STATUS_INDEX_NEW | GIT_STATUS_INDEX_MODIFIED | GIT_STATUS_INDEX_RENAMED |
		       GIT_STATUS_INDEX_TYPECHANGE | GIT_STATUS_WT_NEW | GIT_STATUS_WT_MODIFIED |
		       GIT_STATUS_WT_TYPECHANGE | GIT_STATUS_WT_RENAMED | GIT_STATUS_IGNORED |
		       GIT_STATUS_CONFLICTED
	};
	Uncommitted *search = payload;
	if (!(status & HERE) || !search->counts(str_from(path)))
		return 0;
	search->found = str_copy(search->arena, str_from(path));
	return 1;
}

bool repo_find_uncommitted(
	Arena *arena, const Repo *repo, const RepoSearch *wanted, Str *path, Str *reason)
{
	Uncommitted search = {.arena = arena, .counts = wanted->counts};
	char *paths[] = {str_z(arena, wanted->folder)};
	git_status_options options;
	git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
	options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
			GIT_STATUS_OPT_INCLUDE_IGNORED | GIT_STATUS_OPT_RECURSE_IGNORED_DIRS |
			GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH | GIT_STATUS_OPT_EXCLUDE_SUBMODULES;
	options.pathspec = (git_strarray){paths, wanted->folder.len ? 1 : 0};
	bool is_read = git_status_foreach_ext(repo->handle, &options, on_status, &search) >= 0;
	*path = search.found;
	if (!is_read)
		*reason = last_error(arena);
	return is_read;
}

bool repo_has_path(const Repo *repo, Str path)
{
	ARENA_SCRATCH(scratch);
	AUTO(git_index, index);
	Str below = str_format(&scratch, "%.*s/", STR_ARG(path));
	if (git_repository_index(&index, repo->handle) != 0)
		return false;
	return git_index_get_bypath(index, str_z(&scratch, path), 0) ||
	       git_index_find_prefix(NULL, index, str_z(&scratch, below)) == 0;
}

const char *repo_library_version(void)
{
	return LIBGIT2_VERSION;
}
