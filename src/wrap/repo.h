/* libgit2: the local clone, read and never written.
 *
 * No network, no configuration but the repository's own, no owner check: the runner's workspace
 * belongs to another user than the container's. A clone may hold little of its history
 * (actions/checkout fetches one commit), so "it is not here" is an ordinary answer: functions
 * return false with a `reason` (a literal or in the arena), and the caller asks elsewhere. SHAs are
 * lower-case hexadecimal. */
#ifndef WRAP_REPO_H
#define WRAP_REPO_H

#include "base/str.h"
#include "base/vec.h"

typedef struct Repo Repo;

/* Opens the repository that `folder` lies in; the search goes upward and ends below `ceiling`.
 * False if there is none, or one of a format that libgit2 does not read: SHA-256 objects, reftable.
 * Close with repo_close. */
bool repo_open(Arena *arena, Str folder, Str ceiling, Repo **out, Str *reason);
/* NULL is ignored. */
void repo_close(Repo **repo);
#define AUTO_REPO __attribute__((cleanup(repo_close))) Repo *

/* The URL of the remote `origin`, as it is configured: it may hold a password. Empty if there is
 * none. */
Str repo_origin(Arena *arena, const Repo *repo);
/* Is there a submodule's commit in the index at this path below the root? */
bool repo_has_submodule(const Repo *repo, Str path);
/* Is its history cut off somewhere (git-clone(1), --depth)? */
bool repo_is_shallow(const Repo *repo);

/* The commit that a name means: a 40-digit SHA; a branch of `origin`, a local branch or a tag, in
 * this order; or whatever else git-rev-parse(1) understands. False if it is not here. */
bool repo_resolve(Arena *arena, const Repo *repo, Str name, Str *sha);
/* HEAD's commit, which may not be readable; false in a repository without one. */
bool repo_head(Arena *arena, const Repo *repo, Str *sha);
/* Is this commit here? */
bool repo_has(const Repo *repo, Str sha);

typedef VEC(Str) RepoShas;
/* The parents that the commit names, also those that a shallow clone does not have. */
bool repo_parents(Arena *arena, const Repo *repo, Str sha, RepoShas *parents);
/* The best common ancestor of two commits, as far as the clone's history goes; empty if they have
 * none there. False if that cannot be determined. */
bool repo_merge_base(Arena *arena, const Repo *repo, Str a, Str b, Str *sha);

typedef struct RepoChange {
	Str path;
	char status; /* A added, D deleted, M modified, T type changed */
} RepoChange;
typedef VEC(RepoChange) RepoChanges;

typedef struct RepoRange {
	Str base; /* empty: the empty tree */
	Str head;
} RepoRange;

/* What `git diff --no-renames --name-status base head` tells, in its order. False if a commit or a
 * tree is not here (partial clones). */
bool repo_diff(Arena *arena, const Repo *repo, RepoRange range, RepoChanges *changes, Str *reason);
/* What `git diff --no-renames --name-status HEAD` says: tracked files, staged or not. */
bool repo_diff_local(Arena *arena, const Repo *repo, RepoChanges *changes, Str *reason);
typedef bool RepoCountsFn(Str path);
typedef struct RepoSearch {
	Str folder; /* "" is all */
	RepoCountsFn *counts;
} RepoSearch;
/* A file below the folder that HEAD has not, or has with another content, ignored ones included,
 * for which `counts` holds; an empty path if there is none. What is missing is not looked for: a
 * sparse checkout leaves files out. False with a reason if the index cannot be read. */
bool repo_find_uncommitted(
	Arena *arena, const Repo *repo, const RepoSearch *wanted, Str *path, Str *reason);
/* Is anything at or below this path in the index? */
bool repo_has_path(const Repo *repo, Str path);
/* For example "1.9.0". */
const char *repo_library_version(void);

#endif
