/* The event that started the run: what the runner says of it, and the payload in GITHUB_EVENT_PATH.
 *
 * The payload is GitHub's webhook document; what is missing in it is empty here. Nothing in it is
 * trusted: a branch may be called anything. */
#ifndef ACTION_EVENT_H
#define ACTION_EVENT_H

#include "action/runner.h"
#include "base/err.h"

typedef struct Event {
	Str name; /* GITHUB_EVENT_NAME; empty outside of GitHub */
	Str repository; /* owner/name */
	Str api_url; /* GITHUB_API_URL */
	Str ref, sha; /* GITHUB_REF, GITHUB_SHA */
	Str default_branch;
	Str before; /* push: the SHA that the branch had before */
	bool deleted; /* push: the branch or tag was deleted */
	int64_t pull; /* number of the pull request; 0 if none */
	Str pull_base, pull_head; /* SHAs */
	Str base_branch; /* that a pull request or a merge group is for: its name; empty if none */
	Str pull_repository; /* where its branch is; empty if that was deleted */
	Str run_repository; /* workflow_run: where the branch of that run is; as above */
	bool is_on_pull; /* issue_comment: the issue is a pull request */
	Str group_base, group_head; /* SHAs of the merge group */
	Str actor; /* GITHUB_ACTOR */
} Event;

/* A payload that is not there is an empty one; one that cannot be read is an ERR_RUNNER. */
bool event_read(Arena *arena, const Runner *runner, Event *out, Err *err);

/* Is the event of a pull request: pull_request, pull_request_target, a review or its comment? */
bool event_is_pull(Str name);
/* Is the event about a difference: a pull request, a merge group, a push? Others start a run for
 * its own sake. */
bool event_brings_changes(Str name);
/* Is the job given the repository's secrets? Pull requests of forks, and what Dependabot starts,
 * are not (GitHub's documentation, "Using secrets in GitHub Actions"). */
bool event_has_secrets(const Event *event);

/* May the files of the checkout be those of somebody who may not write to the repository? Also
 * where that is unknown: a comment does not say whose branch its pull request is of. */
bool event_is_of_strangers(const Event *event);

/* Is such a job given the base repository's secrets all the same? Then it gets no database: a
 * fork's head may be checked out, and its author would choose what is read with them. */
bool event_lends_secrets(const Event *event);

#endif
