/* The bodies of GitHub's answers, as plain data; and what differs between two listings of a tree.
 *
 * No transport: any bytes may come in. A function returns false with a `reason` (in the arena) that
 * names what is missing. All texts of a result live in the arena; paths hold no U+0000, but may
 * hold anything else. */
#ifndef API_GITHUB_PARSE_H
#define API_GITHUB_PARSE_H

#include "base/str.h"
#include "base/vec.h"

/* A row of "List pull requests files". */
typedef struct GithubFile {
	Str path;
	Str status; /* added removed modified renamed copied changed unchanged, or whatever comes */
	Str previous; /* where it was renamed or copied from, or empty */
} GithubFile;

typedef struct GithubFiles {
	VEC(GithubFile) rows;
	bool cut; /* as many as GitHub lists: there may be more */
} GithubFiles;

/* Adds the rows of one page. */
bool github_parse_files(Arena *arena, Str body, GithubFiles *files, Str *reason);

typedef struct GithubComparison {
	bool missing, unrelated; /* then all below is empty but for `message` */
	Str message; /* GitHub's words for it */
	Str merge_base; /* SHA of the best common ancestor */
	Str base; /* SHA of the base */
	Str status; /* of the head: ahead behind diverged identical */
} GithubComparison;

/* Of "Compare two commits". */
bool github_parse_comparison(Arena *arena, Str body, GithubComparison *out, Str *reason);

typedef struct GithubCommit {
	bool missing;
	Str message; /* GitHub's words, if it is missing */
	Str sha, tree;
	VEC(Str) parents;
} GithubCommit;

/* Of "Get a commit object". */
bool github_parse_commit(Arena *arena, Str body, GithubCommit *out, Str *reason);

typedef enum GithubEntryType {
	GITHUB_FILE, /* 100644, 100755, and 100664 of old times */
	GITHUB_SYMLINK, /* 120000 */
	GITHUB_SUBMODULE, /* 160000 */
	GITHUB_FOLDER, /* 040000 */
} GithubEntryType;

typedef struct GithubEntry {
	Str path; /* below the tree that was asked for */
	Str sha;
	GithubEntryType type;
	uint32_t mode; /* git's, octal 0100644 and so on */
} GithubEntry;

typedef struct GithubTree {
	VEC(GithubEntry) entries; /* folders too */
	bool truncated;
} GithubTree;

/* Of "Get a tree". Sorted by path, by bytes. */
bool github_parse_tree(Arena *arena, Str body, GithubTree *out, Str *reason);

typedef struct GithubTreeChange {
	Str path;
	char status; /* A added, D deleted, M modified, T type changed */
} GithubTreeChange;

typedef struct GithubTreeDiff {
	VEC(GithubTreeChange) changes; /* in git's order: by bytes of the path */
	bool base_missing, head_missing; /* then there are no changes */
} GithubTreeDiff;

/* A pair of folders, of which one may be empty (not there), that differ. */
typedef struct GithubFolderPair {
	Str path; /* empty, or with a slash at its end */
	Str base, head; /* SHA */
} GithubFolderPair;
typedef VEC(GithubFolderPair) GithubFolderPairs;

/* Where a difference is added. With `folders` the listings are of one level, and the folders that
 * differ go there; without, they are recursive and folders in them tell nothing. */
typedef struct GithubTreeSink {
	Arena *arena;
	Str prefix; /* of every path */
	GithubTreeDiff *diff;
	GithubFolderPairs *folders; /* or NULL */
} GithubTreeSink;

/* Adds what differs between two listings that are sorted. */
void github_tree_compare(const GithubTreeSink *to, const GithubTree *base, const GithubTree *head);
/* Sorts the changes, after listings of several folders. */
void github_tree_sort(GithubTreeDiff *diff);

/* Of "List issue comments". */
typedef struct GithubComment {
	int64_t id;
	Str author; /* login; empty if the account is gone */
	bool is_bot;
	Str body;
} GithubComment;
typedef VEC(GithubComment) GithubComments;

/* Adds those of one page whose body begins with `mark`: a page may have megabytes. */
bool github_parse_comments(Arena *arena, Str body, Str mark, GithubComments *comments, Str *reason);
/* Of "List pull requests associated with a commit": the number of the one that brought it to the
 * branch; 0 if there is none, -1 with a reason if the body is malformed. One that was merged as
 * this commit is preferred, then a merged one, then an open one; of equals the newest. */
int64_t github_parse_commit_pulls(Arena *arena, Str body, Str sha, Str branch, Str *reason);
/* Of the GraphQL query { viewer { login } }. */
bool github_parse_viewer(Arena *arena, Str body, Str *login, Str *reason);

/* The `message` of an error's body, one line of at most 200 bytes; empty if there is none. */
Str github_parse_message(Arena *arena, Str body);
/* 40 lower-case hexadecimal digits, or 64. */
bool github_is_sha(Str text);

#endif
