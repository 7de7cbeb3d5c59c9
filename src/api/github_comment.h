/* Comments of a pull request on GitHub: found, written, edited. For api/github's kind of client.
 *
 * Facts are those of docs.github.com, "REST API", issue comments and commits, version 2022-11-28.
 * Every request ends by github->deadline. */
#ifndef API_GITHUB_COMMENT_H
#define API_GITHUB_COMMENT_H

#include "api/github.h"

enum {
	GITHUB_COMMENT_PAGES = 100 /* of 100 comments each */
};

/* The pull request that brought a commit to a branch; 0 if there is none. Permission:
 * pull-requests: read. */
bool github_commit_pull(const Github *github, Str sha, Str branch, int64_t *number);

/* The comments that begin with `mark`, oldest first, from all pages. Permission: pull-requests:
 * read. */
bool github_comments(const Github *github, int64_t pull, Str mark, GithubComments *out);

/* Whose the token is: a user's login, or an app's, for a job's token "github-actions[bot]". */
bool github_viewer(const Github *github, Str *login);

/* Permission: pull-requests: write. */
bool github_comment_create(const Github *github, int64_t pull, Str body);
/* *gone: it is not there any more, or is not ours to edit; nothing was done. */
bool github_comment_edit(const Github *github, int64_t id, Str body, bool *gone);

#endif
