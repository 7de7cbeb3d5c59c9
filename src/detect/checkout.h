/* Which clone in the workspace is that of the event's repository, and what its commits can tell.
 *
 * A workspace may hold several: the repository itself in a folder (actions/checkout with `path`),
 * submodules, other repositories beside or below it. The event's commits, and GitHub's API, speak
 * of one of them only. */
#ifndef DETECT_CHECKOUT_H
#define DETECT_CHECKOUT_H

#include "wrap/repo.h"

typedef struct CheckoutClues {
	Str workspace; /* resolved */
	Str folder; /* resolved, in the workspace: the clones that it lies in are looked at */
	Str names[2]; /* owner/name: the repository, and where a pull request's branch is; may be
			 empty */
	Str shas[2]; /* commits of the event; may be empty */
	bool any; /* the event does not matter: the changes are local ones */
} CheckoutClues;

typedef struct Checkout {
	Repo *repo; /* NULL: none that can be read, */
	Str reason; /* for this reason */
	Str root; /* its folder, resolved; the workspace if there is no clone at all; empty if the
		     clones that there are belong to other repositories */
} Checkout;

/* The innermost clone that has a commit of the event, or whose `origin` has one of the names; else
 * the outermost of those that may be it. Close with checkout_close. */
void checkout_open(Arena *arena, const CheckoutClues *clues, Checkout *out);
void checkout_close(Checkout *clone);
#define AUTO_CHECKOUT __attribute__((cleanup(checkout_close))) Checkout

/* Do the repository's commits tell when something at this absolute path changes? The path holds no
 * symbolic link and may lead to nothing. If not, `reason` says why. */
bool checkout_tells(Arena *arena, const Checkout *clone, Str path, Str *reason);

/* An absolute path in the clone as the repository's trees call it. */
Str checkout_path(const Checkout *clone, Str path);

#endif
