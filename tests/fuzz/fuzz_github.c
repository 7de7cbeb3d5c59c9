/* The parsers of GitHub's answers on any bytes: the first one chooses which. What they accept is as
 * their header says: SHAs are SHAs, a tree is sorted, a link is a view of its header, and the
 * difference of a tree to itself is empty. */
#include "fuzz.h"

#include "api/github_parse.h"
#include "wrap/http_text.h"

static void check_files(Arena *arena, Str body)
{
	GithubFiles files = {0};
	Str reason = {0};
	if (!github_parse_files(arena, body, &files, &reason))
		require(reason.len);
	for (size_t i = 0; i < files.rows.count; i++) {
		Str path = files.rows.items[i].path;
		require(path.len && !memchr(path.ptr, '\0', path.len));
	}
}

static void check_comparison(Arena *arena, Str body)
{
	GithubComparison out;
	Str reason = {0};
	if (github_parse_comparison(arena, body, &out, &reason))
		require(github_is_sha(out.merge_base) && github_is_sha(out.base));
	else
		require(reason.len);
}

static void check_commit(Arena *arena, Str body)
{
	GithubCommit out;
	Str reason = {0};
	if (!github_parse_commit(arena, body, &out, &reason)) {
		require(reason.len);
		return;
	}
	require(github_is_sha(out.sha) && github_is_sha(out.tree));
	for (size_t i = 0; i < out.parents.count; i++)
		require(github_is_sha(out.parents.items[i]));
}

static void check_diff(Arena *arena, const GithubTree *base, const GithubTree *head, bool level)
{
	GithubTreeDiff diff = {0};
	GithubFolderPairs folders = {0};
	const GithubTreeSink to = {arena, STR("p/"), &diff, level ? &folders : NULL};
	github_tree_compare(&to, base, head);
	github_tree_sort(&diff);
	require(diff.changes.count + folders.count <= base->entries.count + head->entries.count);
	require(base != head || diff.changes.count + folders.count == 0);
	for (size_t i = 0; i < diff.changes.count; i++) {
		const GithubTreeChange *change = &diff.changes.items[i];
		require(str_starts(change->path, STR("p/")) && strchr("ADMT", change->status));
		require(!i || str_compare(change[-1].path, change->path) <= 0);
	}
}

/* Two bodies with a line break between; the second may be missing. */
static void check_trees(Arena *arena, Str body)
{
	Str first = {0}, reason = {0};
	GithubTree trees[2] = {0};
	str_next(&body, '\n', &first);
	bool one = github_parse_tree(arena, first, &trees[0], &reason);
	require(one || reason.len);
	bool two = github_parse_tree(arena, body, &trees[1], &reason);
	for (size_t i = 0; i < (one ? 4U : 0U); i++)
		check_diff(arena, &trees[0], &trees[two ? i % 2 : 0], i >= 2);
	for (size_t i = 1; one && i < trees[0].entries.count; i++)
		require(str_compare(trees[0].entries.items[i - 1].path,
				trees[0].entries.items[i].path) <= 0);
}

static void check_texts(Arena *arena, Str text)
{
	HttpUrl url;
	const char *at = text.ptr;
	Str link = http_link(text, STR("next"));
	if (link.len)
		require_view(text, &at, link);
	at = text.ptr;
	if (http_url(text, &url)) {
		require_view(text, &at, url.host);
		require(url.port > 0 && url.port < 65536 && url.shown.len >= url.host.len);
		require(!memchr(url.host.ptr, '@', url.host.len));
	}
	require(http_same_origin(text, text) == http_url(text, &url));
	require(!http_has_control(str_percent(arena, text)));
	require(github_parse_message(arena, text).len <= 4096);
}

static void check_comments(Arena *arena, Str text)
{
	GithubComments comments = {0};
	Str reason, login;
	if (github_parse_comments(arena, text, STR("<"), &comments, &reason))
		for (size_t i = 0; i < comments.count; i++)
			require(str_starts(comments.items[i].body, STR("<")));
	require(github_parse_commit_pulls(arena, text, STR("a"), STR("main"), &reason) >= -1);
	github_parse_viewer(arena, text, &login, &reason);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const checks[])(Arena *, Str) = {check_files, check_comparison, check_commit,
		check_trees, check_texts, check_comments};
	ARENA_SCRATCH(scratch);
	if (size)
		checks[data[0] % (sizeof checks / sizeof *checks)](
			&scratch, fuzz_text(&scratch, data + 1, size - 1));
	return 0;
}
