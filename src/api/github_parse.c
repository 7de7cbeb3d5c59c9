#include "api/github_parse.h"

#include "wrap/json.h"

#include <stdlib.h>

enum {
	MESSAGE_MAX = 200
};

bool github_is_sha(Str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
	}
	return text.len == 40 || text.len == 64;
}

static Json *parse(Arena *arena, Str body, Str *reason)
{
	size_t at = 0;
	Json *json = json_parse(body, &at);
	if (!json)
		*reason = str_format(arena, "not JSON at byte %zu", at);
	return json;
}

static bool read_copy(Arena *arena, const Json *json, const char *path, Str *out, Str *reason)
{
	Str view;
	if (!json_read_str(arena, json, path, &view, reason))
		return false;
	*out = str_copy(arena, view);
	return true;
}

static bool read_sha(Arena *arena, const Json *json, const char *path, Str *out, Str *reason)
{
	if (!read_copy(arena, json, path, out, reason))
		return false;
	if (github_is_sha(*out))
		return true;
	*reason = str_format(arena, "%s is no SHA", path);
	return false;
}

/* A literal instead of a copy for each of thousands of rows. */
static Str status_text(Arena *arena, Str status)
{
	static const Str known[] = {STR_INIT("added"), STR_INIT("removed"), STR_INIT("modified"),
		STR_INIT("renamed"), STR_INIT("copied"), STR_INIT("changed"),
		STR_INIT("unchanged")};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_equal(status, known[i]))
			return known[i];
	return str_copy(arena, status);
}

static bool parse_file(Arena *arena, const Json *row, GithubFiles *files, Str *reason)
{
	Str path, status;
	if (!json_read_str(arena, row, "filename", &path, reason) ||
		!json_read_str(arena, row, "status", &status, reason))
		return false;
	if (!path.len) {
		*reason = STR("filename is empty");
		return false;
	}
	*vec_add(arena, &files->rows) = (GithubFile){str_copy(arena, path),
		status_text(arena, status), str_copy(arena, json_str(row, "previous_filename"))};
	return true;
}

bool github_parse_files(Arena *arena, Str body, GithubFiles *files, Str *reason)
{
	AUTO_JSON json = parse(arena, body, reason);
	const Json *list;
	if (!json || !json_read_array(arena, json, "", &list, reason))
		return false;
	for (const Json *row = json_first(list); row; row = json_next(row))
		if (!parse_file(arena, row, files, reason))
			return false;
	return true;
}

bool github_parse_comparison(Arena *arena, Str body, GithubComparison *out, Str *reason)
{
	AUTO_JSON json = parse(arena, body, reason);
	*out = (GithubComparison){0};
	return json && read_sha(arena, json, "merge_base_commit.sha", &out->merge_base, reason) &&
	       read_sha(arena, json, "base_commit.sha", &out->base, reason) &&
	       read_copy(arena, json, "status", &out->status, reason);
}

bool github_parse_commit(Arena *arena, Str body, GithubCommit *out, Str *reason)
{
	AUTO_JSON json = parse(arena, body, reason);
	const Json *parents;
	*out = (GithubCommit){0};
	if (!json || !read_sha(arena, json, "sha", &out->sha, reason) ||
		!read_sha(arena, json, "tree.sha", &out->tree, reason) ||
		!json_read_array(arena, json, "parents", &parents, reason))
		return false;
	for (const Json *parent = json_first(parents); parent; parent = json_next(parent)) {
		Str sha;
		if (!read_sha(arena, parent, "sha", &sha, reason))
			return false;
		*vec_add(arena, &out->parents) = sha;
	}
	return true;
}

/* ---- trees ---- */

static const struct {
	Str text;
	uint32_t mode;
	GithubEntryType type;
} modes[] = {
	{STR_INIT("100644"), 0100644, GITHUB_FILE},
	{STR_INIT("100755"), 0100755, GITHUB_FILE},
	{STR_INIT("100664"), 0100664, GITHUB_FILE},
	{STR_INIT("120000"), 0120000, GITHUB_SYMLINK},
	{STR_INIT("160000"), 0160000, GITHUB_SUBMODULE},
	{STR_INIT("040000"), 0040000, GITHUB_FOLDER},
};

static bool parse_entry(Arena *arena, const Json *row, GithubEntry *out, Str *reason)
{
	Str mode;
	if (!read_copy(arena, row, "path", &out->path, reason) ||
		!json_read_str(arena, row, "mode", &mode, reason) ||
		!read_sha(arena, row, "sha", &out->sha, reason))
		return false;
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		if (!str_equal(mode, modes[i].text) || !out->path.len)
			continue;
		out->mode = modes[i].mode;
		out->type = modes[i].type;
		return true;
	}
	*reason = STR("an entry has no path or an unknown mode");
	return false;
}

static int compare_entries(const void *a, const void *b)
{
	return str_compare(((const GithubEntry *)a)->path, ((const GithubEntry *)b)->path);
}

static bool is_sorted(const GithubTree *tree)
{
	for (size_t i = 1; i < tree->entries.count; i++)
		if (compare_entries(&tree->entries.items[i - 1], &tree->entries.items[i]) > 0)
			return false;
	return true;
}

bool github_parse_tree(Arena *arena, Str body, GithubTree *out, Str *reason)
{
	AUTO_JSON json = parse(arena, body, reason);
	const Json *list;
	*out = (GithubTree){0};
	if (!json || !json_read_array(arena, json, "tree", &list, reason) ||
		!json_read_bool(arena, json, "truncated", &out->truncated, reason))
		return false;
	for (const Json *row = json_first(list); row; row = json_next(row)) {
		GithubEntry entry;
		if (!parse_entry(arena, row, &entry, reason))
			return false;
		*vec_add(arena, &out->entries) = entry;
	}
	if (!is_sorted(out))
		qsort(out->entries.items, out->entries.count, sizeof *out->entries.items,
			compare_entries);
	return true;
}

/* ---- the difference ---- */

static void add_change(const GithubTreeSink *to, const GithubEntry *entry, char status)
{
	GithubTreeChange *change = vec_add(to->arena, &to->diff->changes);
	change->path = str_format(to->arena, "%.*s%.*s", STR_ARG(to->prefix), STR_ARG(entry->path));
	change->status = status;
}

static void add_folders(const GithubTreeSink *to, const GithubEntry *base, const GithubEntry *head)
{
	if (!to->folders || (base && head && str_equal(base->sha, head->sha)))
		return;
	const GithubEntry *one = base ? base : head;
	GithubFolderPair *pair = vec_add(to->arena, to->folders);
	pair->path = str_format(to->arena, "%.*s%.*s/", STR_ARG(to->prefix), STR_ARG(one->path));
	pair->base = base ? base->sha : (Str){0};
	pair->head = head ? head->sha : (Str){0};
}

static void add_one_sided(const GithubTreeSink *to, const GithubEntry *entry, char status)
{
	if (entry->type != GITHUB_FOLDER)
		add_change(to, entry, status);
	else
		add_folders(to, status == 'D' ? entry : NULL, status == 'A' ? entry : NULL);
}

static void add_pair(const GithubTreeSink *to, const GithubEntry *base, const GithubEntry *head)
{
	bool folder = base->type == GITHUB_FOLDER, other = head->type == GITHUB_FOLDER;
	if (folder && other) {
		add_folders(to, base, head);
	} else if (folder || other) {
		add_one_sided(to, base, 'D');
		add_one_sided(to, head, 'A');
	} else if (base->type != head->type) {
		add_change(to, head, 'T');
	} else if (base->mode != head->mode || !str_equal(base->sha, head->sha)) {
		add_change(to, head, 'M');
	}
}

void github_tree_compare(const GithubTreeSink *to, const GithubTree *base, const GithubTree *head)
{
	size_t i = 0, k = 0;
	while (i < base->entries.count && k < head->entries.count) {
		const GithubEntry *old = &base->entries.items[i], *new = &head->entries.items[k];
		int order = str_compare(old->path, new->path);
		if (order < 0)
			add_one_sided(to, old, 'D');
		else if (order > 0)
			add_one_sided(to, new, 'A');
		else
			add_pair(to, old, new);
		i += order <= 0;
		k += order >= 0;
	}
	for (; i < base->entries.count; i++)
		add_one_sided(to, &base->entries.items[i], 'D');
	for (; k < head->entries.count; k++)
		add_one_sided(to, &head->entries.items[k], 'A');
}

static int compare_changes(const void *a, const void *b)
{
	return str_compare(
		((const GithubTreeChange *)a)->path, ((const GithubTreeChange *)b)->path);
}

void github_tree_sort(GithubTreeDiff *diff)
{
	if (diff->changes.count)
		qsort(diff->changes.items, diff->changes.count, sizeof *diff->changes.items,
			compare_changes);
}

/* ---- comments ---- */

bool github_parse_comments(Arena *arena, Str body, Str mark, GithubComments *comments, Str *reason)
{
	AUTO_JSON json = parse(arena, body, reason);
	const Json *list;
	if (!json || !json_read_array(arena, json, "", &list, reason))
		return false;
	for (const Json *row = json_first(list); row; row = json_next(row)) {
		int64_t id;
		if (!json_read_int(arena, row, "id", &id, reason))
			return false;
		if (!str_starts(json_str(row, "body"), mark))
			continue;
		*vec_add(arena, comments) = (GithubComment){.id = id,
			.author = str_copy(arena, json_str(row, "user.login")),
			.is_bot = str_equal(json_str(row, "user.type"), STR("Bot")),
			.body = str_copy(arena, json_str(row, "body"))};
	}
	return true;
}

/* How surely a pull request has brought the commit to the branch; 0: it has not. */
static int pull_weight(const Json *row, Str sha, Str branch)
{
	bool merged = json_str(row, "merged_at").len > 0;
	if (!str_equal(json_str(row, "base.ref"), branch))
		return 0;
	if (merged)
		return str_equal(json_str(row, "merge_commit_sha"), sha) ? 3 : 2;
	return str_equal(json_str(row, "state"), STR("open"));
}

int64_t github_parse_commit_pulls(Arena *arena, Str body, Str sha, Str branch, Str *reason)
{
	AUTO_JSON json = parse(arena, body, reason);
	const Json *list;
	int64_t number = 0;
	int best = 0;
	if (!json || !json_read_array(arena, json, "", &list, reason))
		return -1;
	for (const Json *row = json_first(list); row; row = json_next(row)) {
		int64_t own;
		int weight = pull_weight(row, sha, branch);
		if (!json_read_int(arena, row, "number", &own, reason))
			return -1;
		if (own > 0 && weight && (weight > best || (weight == best && own > number))) {
			best = weight;
			number = own;
		}
	}
	return number;
}

bool github_parse_viewer(Arena *arena, Str body, Str *login, Str *reason)
{
	AUTO_JSON json = parse(arena, body, reason);
	return json && read_copy(arena, json, "data.viewer.login", login, reason);
}

/* ---- errors ---- */

Str github_parse_message(Arena *arena, Str body)
{
	AUTO_JSON json = json_parse(body, NULL);
	Str line = json_str(json, "message"), first;
	if (!str_next(&line, '\n', &first))
		return (Str){0};
	return str_visible(arena, str_head(str_trim(first), MESSAGE_MAX));
}
