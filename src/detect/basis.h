/* What is compared with what: dorny/paths-filter's rules for each event, as a pure function.
 *
 * Differences are deliberate, and listed in docs/change-detection.md: `base` counts on pull
 * requests, too; a schedule needs no payload; a deleted branch has no changes; the run's own commit
 * is compared, not whatever its branch points to by then; and where an event that names no
 * difference has another one checked out, that one, for it is what a run would read. */
#ifndef DETECT_BASIS_H
#define DETECT_BASIS_H

#include "base/err.h"

typedef enum BasisKind {
	BASIS_NOTHING, /* the push deleted its branch */
	BASIS_LOCAL, /* what is not committed yet, against HEAD */
	BASIS_PULL, /* the pull request's files, as GitHub lists them */
	BASIS_PARENT, /* the head's last commit alone */
	BASIS_ALL, /* every file of the head: the first push of a repository */
	BASIS_DIRECT, /* base..head */
	BASIS_FORK, /* base...head: from where the head left the base */
} BasisKind;

/* What the event, its payload and the inputs say; empty texts where they say nothing. */
typedef struct BasisFacts {
	Str event; /* GITHUB_EVENT_NAME */
	bool is_pull; /* an event of a pull request */
	Str base, ref; /* the inputs */
	bool has_token;
	Str git_ref, sha; /* GITHUB_REF, GITHUB_SHA */
	Str default_branch;
	Str before; /* of a push */
	bool deleted; /* of a push */
	int64_t pull; /* number; 0 if none */
	Str pull_base, pull_head; /* SHAs */
	Str checked_out; /* SHA of the clone's HEAD where that is not the event's commit, and the
			    event brings no difference of its own */
	bool is_merge; /* the clone's HEAD merges pull_head into its base, its first parent */
	Str group_base, group_head; /* SHAs of a merge group */
} BasisFacts;

typedef struct Basis {
	BasisKind kind;
	Str base, head; /* branches, tags or SHAs, as they are called */
	Str head_sha; /* the head's commit where it is known already */
	bool or_parent; /* of BASIS_FORK: where the base holds the head, its last commit alone */
	int64_t pull;
	Str fork_base,
		fork_head; /* of BASIS_PULL: SHAs that give the same answer without the list */
} Basis;

/* False, with an ERR_DETECT or ERR_INPUT, if the event leaves open what to compare with. */
bool basis_choose(const BasisFacts *facts, Basis *out, Err *warnings, Err *err);

#endif
