#include "api/github.h"

enum {
	TREE_BYTES_MAX = 64 << 20, /* GitHub cuts what would be longer by far */
	BATCH = 8
};

/* One difference, over all the folders that it is in. */
typedef struct Walk {
	const Github *github;
	GithubTreeDiff *diff;
	GithubFolderPairs pending;
	size_t requests;
} Walk;

typedef struct Listing {
	Str sha; /* empty: an empty tree, for which nothing is asked */
	GithubTree tree;
	bool missing;
} Listing;

static bool take_listing(Walk *walk, Arena *arena, const HttpResponse *response, Listing *listing)
{
	Str what = str_format(arena, "the tree %.*s", STR_ARG(listing->sha)), reason;
	/* 422: a SHA of another kind of object */
	listing->missing = response->status == 404 || response->status == 422;
	if (listing->missing)
		return true;
	if (response->status != 200)
		return github_refused(walk->github, response, what, "contents: read");
	return github_parse_tree(arena, response->body, &listing->tree, &reason) ||
	       github_malformed(walk->github, what, reason);
}

static bool count_requests(Walk *walk, size_t more)
{
	walk->requests += more;
	if (walk->requests <= GITHUB_TREE_REQUESTS)
		return true;
	err_add(walk->github->err, ERR_SERVICE,
		"the trees differ in so many folders that "
		"it takes more than %d requests to read them",
		GITHUB_TREE_REQUESTS)
		->hint = STR("check the repository out with its history: `fetch-depth: 0`");
	return false;
}

/* The bodies are given back before the listings are used. */
static bool read_listings(Walk *walk, Arena *arena, Listing *listings, size_t count, bool recursive)
{
	ARENA_SCRATCH(bodies);
	HttpRequest requests[2 * BATCH];
	HttpResponse responses[2 * BATCH];
	HttpBatch batch = {requests, responses, 0};
	size_t got = 0;
	for (size_t i = 0; i < count; i++) {
		if (!listings[i].sha.len)
			continue;
		Str sha = str_percent(&bodies, listings[i].sha);
		Str path = str_format(&bodies, "/git/trees/%.*s%s", STR_ARG(sha),
			recursive ? "?recursive=1" : "");
		if (!github_request(
			    &bodies, walk->github, path, TREE_BYTES_MAX, &requests[batch.count++]))
			return false;
	}
	if (!count_requests(walk, batch.count) ||
		!http_send_all(&bodies, walk->github->http, &batch, walk->github->err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (listings[i].sha.len &&
			!take_listing(walk, arena, &responses[got++], &listings[i]))
			return false;
	return true;
}

static void add_pending(Walk *walk, const GithubFolderPairs *found)
{
	Arena *arena = walk->github->arena;
	for (size_t i = 0; i < found->count; i++) {
		GithubFolderPair *pair = vec_add(arena, &walk->pending);
		pair->path = str_copy(arena, found->items[i].path);
		pair->base = str_copy(arena, found->items[i].base);
		pair->head = str_copy(arena, found->items[i].head);
	}
}

/* Compares the pair's two listings. With one level of each, folders that differ come later. */
static void compare_folders(
	Walk *walk, const GithubFolderPair *pair, const Listing *both, bool recursive)
{
	GithubFolderPairs found = {0};
	const GithubTreeSink to = {
		walk->github->arena, pair->path, walk->diff, recursive ? NULL : &found};
	github_tree_compare(&to, &both[0].tree, &both[1].tree);
	add_pending(walk, &found);
}

static bool is_cut(const Listing *both)
{
	return both[0].tree.truncated || both[1].tree.truncated;
}

static bool unreadable(Walk *walk, const GithubFolderPair *pair, const char *reason)
{
	Str path = pair->path.len ? pair->path : STR("the root");
	err_add(walk->github->err, ERR_SERVICE, "the trees cannot be compared: %.*s %s",
		STR_ARG(path), reason)
		->hint = STR("check the repository out with its history: `fetch-depth: 0`");
	return false;
}

/* Only the first pair can be missing: the others' SHAs are from GitHub's own listings. */
static bool check(Walk *walk, const GithubFolderPair *pair, const Listing *both, bool recursive)
{
	if (both[0].missing || both[1].missing) {
		walk->diff->base_missing = both[0].missing;
		walk->diff->head_missing = both[1].missing;
		return !pair->path.len || unreadable(walk, pair, "is listed and not there");
	}
	if (!recursive && is_cut(both))
		return unreadable(walk, pair, "has more entries than GitHub lists");
	return true;
}

/* Reads each pair's two listings and compares them. What is cut, since too much is below, is moved
 * to the front of `pairs`; `count` becomes their number. */
static bool walk_level(Walk *walk, GithubFolderPair *pairs, size_t *count, bool recursive)
{
	ARENA_SCRATCH(scratch);
	Listing listings[2 * BATCH] = {0};
	size_t left = 0;
	for (size_t i = 0; i < *count; i++) {
		listings[2 * i].sha = pairs[i].base;
		listings[2 * i + 1].sha = pairs[i].head;
	}
	if (!read_listings(walk, &scratch, listings, 2 * *count, recursive))
		return false;
	for (size_t i = 0; i < *count; i++) {
		const Listing *both = &listings[2 * i];
		if (!check(walk, &pairs[i], both, recursive))
			return false;
		if (is_cut(both))
			pairs[left++] = pairs[i];
		else if (!both[0].missing && !both[1].missing)
			compare_folders(walk, &pairs[i], both, recursive);
	}
	*count = left;
	return true;
}

bool github_tree_diff(const Github *github, Str base, Str head, GithubTreeDiff *out)
{
	Walk walk = {.github = github, .diff = out};
	*out = (GithubTreeDiff){0};
	if (str_equal(base, head))
		return true;
	*vec_add(github->arena, &walk.pending) = (GithubFolderPair){STR(""), base, head};
	for (size_t at = 0; at < walk.pending.count;) {
		GithubFolderPair pairs[BATCH];
		size_t count = 0;
		while (count < BATCH && at < walk.pending.count)
			pairs[count++] = walk.pending.items[at++];
		/* all that is below at once; then, of what is too large for that, one level */
		if (!walk_level(&walk, pairs, &count, true) ||
			(count && !walk_level(&walk, pairs, &count, false)))
			return false;
	}
	github_tree_sort(out);
	return true;
}
