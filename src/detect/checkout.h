/* Which clone in the workspace is that of the event's repository, and what its commits can tell.
 *
 * A workspace may hold several: the repository itself in a folder (actions/checkout with `path`),
 * submodules, other repositories beside or below it. The event's commits, and GitHub's API, speak
 * of one of them only. */
#ifndef DETECT_CHECKOUT_H
#define DETECT_CHECKOUT_H

#include "wrap/repo.h"

typedef struct CloneClues {
	Str workspace; /* resolved */
	Str folder; /* resolved, in the workspace: the clones that it lies in are looked at */
	Str names[2]; /* owner/name: the repository, and where a pull request's branch is; may be
			 empty */
	Str shas[2]; /* commits of the event; may be empty */
	bool any; /* the event does not matter: the changes are local ones */
} CloneClues;

typedef struct WatchedClone {
	Repo *repo; /* NULL: none that can be read, */
	Str reason; /* for this reason */
	Str root; /* its folder, resolved; the workspace if there is no clone at all; empty if the
		     clones that there are belong to other repositories */
} WatchedClone;

/* The innermost clone that has a commit of the event, or whose `origin` has one of the names; else
 * the outermost of those that may be it. Close with watched_clone_close. */
void watched_clone_open(Arena *arena, const CloneClues *clues, WatchedClone *out);
void watched_clone_close(WatchedClone *clone);
#define AUTO_CLONE __attribute__((cleanup(watched_clone_close))) WatchedClone

/* Do the repository's commits tell when something at this absolute path changes? The path holds no
 * symbolic link and may lead to nothing. If not, `reason` says why. */
bool watched_clone_tells(Arena *arena, const WatchedClone *clone, Str path, Str *reason);

/* An absolute path in the clone as the repository's trees call it. */
Str watched_clone_path(const WatchedClone *clone, Str path);

#endif
