/* GitHub's REST API, as far as finding changed files needs it: typed requests, each bounded.
 *
 * It needs no clone. A body is never trusted: api/github_parse names what is missing in it. An
 * error names the permission that a job's token lacks. What GitHub does not have (a commit that a
 * force push took away) is an answer, `missing`, since the caller often knows another way.
 *
 * Facts are those of docs.github.com, "REST API", version 2022-11-28, which GitHub Enterprise
 * Server speaks too. */
#ifndef API_GITHUB_H
#define API_GITHUB_H

#include "api/github_parse.h"
#include "base/clock.h"
#include "base/err.h"
#include "wrap/http.h"

typedef struct Github {
	Http *http;
	Str api_url; /* GITHUB_API_URL, without a slash at its end; may have a path */
	Str repository; /* owner/name */
	Str token; /* may be empty: public repositories only, 60 requests an hour */
	Deadline deadline; /* of all requests about comments together; 0: none */
	Arena *arena; /* where answers go, */
	Err *err; /* and what is wrong */
} Github;

enum {
	GITHUB_FILES_MAX = 3000 /* what a list of a pull request's files is cut to */
};

/* All files of a pull request as it is now: from the merge base to its head, renames detected.
 * Never a part of them without `cut`. Permission: pull-requests: read. Takes a request for each 100
 * files, and the memory of one page beside the result. */
bool github_pull_files(const Github *github, int64_t number, GithubFiles *out);

/* What two branches, tags or commits have in common. `missing` is set for a name that GitHub does
 * not know, `unrelated` for two histories with nothing in common. Permission: contents: read. */
bool github_compare(const Github *github, Str base, Str head, GithubComparison *out);

/* The commit that a branch, a tag or a SHA means; `missing` if it means none. Permission: contents:
 * read. */
bool github_commit(const Github *github, Str ref, GithubCommit *out);

/* What differs between two trees, named by SHA of tree or commit: what `git diff --no-renames
 * --name-status` tells, in its order. An empty `base` is the empty tree. Exact for any size: where
 * GitHub cuts a listing (100,000 entries, 7 MB), the folders that differ are read one by one, up to
 * GITHUB_TREE_REQUESTS. Permission: contents: read. */
bool github_tree_diff(const Github *github, Str base, Str head, GithubTreeDiff *out);

enum {
	GITHUB_TREE_REQUESTS = 300 /* of the 1,000 an hour that a repository's jobs have together */
};

/* ---- for the files of this module ---- */

/* A GET of JSON below /repos/owner/name; its texts are in `arena`. `path` is encoded and begins
 * with a slash. */
bool github_request(Arena *arena, const Github *github, Str path, size_t max, HttpRequest *out);
/* Tells why a response with another status than 200 is no answer. `what` could not be read, for
 * which the job needs `permission`. Returns false. */
bool github_refused(
	const Github *github, const HttpResponse *response, Str what, const char *permission);
/* The same for what could not be `done`: "written". */
bool github_refused_to(const Github *github, const HttpResponse *response, Str what,
	const char *done, const char *permission);
/* Tells what in a body is not as it should be. Returns false. */
bool github_malformed(const Github *github, Str what, Str reason);

#endif
