/* The changed files of a basis: from the local clone when it holds what is needed, else from
 * GitHub's REST API.
 *
 * Nothing is fetched into the clone. An answer that may have been cut is never taken: either the
 * other way gives a whole one, or the error says why there is none. */
#ifndef DETECT_CHANGES_H
#define DETECT_CHANGES_H

#include "api/github.h"
#include "detect/basis.h"
#include "detect/change.h"
#include "wrap/repo.h"

typedef struct ChangesPlaces {
	const Repo *repo; /* NULL: none that can be read, */
	Str no_repo; /* for this reason */
	const Github *github; /* NULL: none, */
	Str no_github; /* for this reason */
} ChangesPlaces;

typedef struct Detection {
	Changes changes; /* in git's order; a pull request's in GitHub's */
	Str compared; /* for people: what was compared with what, and where that was read */
	Err warnings; /* what should be reported, and stops nothing */
} Detection;

/* Texts live in `arena`. Adds ERR_DETECT, or what the API said. */
bool changes_detect(
	Arena *arena, const ChangesPlaces *places, const Basis *basis, Detection *out, Err *err);

#endif
