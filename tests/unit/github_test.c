/* api/github_parse: bodies of GitHub's API as plain data, and the difference of two trees. */
#include "check.h"

#include "api/github_parse.h"

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define SHA_C "cccccccccccccccccccccccccccccccccccccccc"

TEST(rows_of_a_pull_request_are_read)
{
	ARENA_SCRATCH(scratch);
	GithubFiles files = {0};
	Str reason;
	assert_true(github_parse_files(&scratch,
		EXACT(&scratch,
			"[{\"filename\":\"a/\\u00e4.sql\",\"status\":\"added\",\"patch\":\"@@\"},"
			"{\"status\":\"renamed\",\"filename\":\"b\",\"previous_filename\":\"c\"},"
			"{\"filename\":\"n\\u0000l\",\"status\":\"strange\"}]"),
		&files, &reason));
	assert_true(github_parse_files(&scratch, STR("[]"), &files, &reason));
	assert_int_equal(files.rows.count, 3);
	check_str(files.rows.items[0].path, STR("a/\xC3\xA4.sql"));
	check_str(files.rows.items[0].status, STR("added"));
	check_str(files.rows.items[0].previous, STR(""));
	check_str(files.rows.items[1].previous, STR("c"));
	check_str(files.rows.items[2].path, STR("n\xEF\xBF\xBDl"));
	check_str(files.rows.items[2].status, STR("strange"));
}

TEST(rows_that_are_not_whole_are_named)
{
	static const struct {
		Str body;
		const char *reason;
	} rows[] = {
		{STR_INIT(""), "not JSON at byte 0"},
		{STR_INIT("<!DOCTYPE html>"), "not JSON at byte 0"},
		{STR_INIT("[{\"filename\":\"a\",\"status\":\"add"), "not JSON at byte"},
		{STR_INIT("[] x"), "not JSON at byte"},
		{STR_INIT("[]\0"), "not JSON at byte 2"},
		{STR_INIT("{\"message\":\"x\"}"), "the document is missing or not a list"},
		{STR_INIT("[1]"), "filename is missing or not a string"},
		{STR_INIT("[{\"filename\":\"a\"}]"), "status is missing or not a string"},
		{STR_INIT("[{\"filename\":7,\"status\":\"added\"}]"),
			"filename is missing or not a string"},
		{STR_INIT("[{\"filename\":\"\",\"status\":\"added\"}]"), "filename is empty"},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		GithubFiles files = {0};
		Str reason;
		assert_false(github_parse_files(
			&scratch, check_exact(&scratch, rows[i].body), &files, &reason));
		assert_true(str_starts(reason, str_from(rows[i].reason)));
	}
}

TEST(a_comparison_is_read)
{
	ARENA_SCRATCH(scratch);
	GithubComparison out;
	Str reason;
	assert_true(github_parse_comparison(&scratch,
		STR("{\"merge_base_commit\":{\"sha\":\"" SHA_A
		    "\"},\"base_commit\":{\"sha\":\"" SHA_B
		    "\"},\"status\":\"diverged\",\"files\":[]}"),
		&out, &reason));
	check_str(out.merge_base, STR(SHA_A));
	check_str(out.base, STR(SHA_B));
	check_str(out.status, STR("diverged"));
	assert_false(github_parse_comparison(&scratch, STR("{}"), &out, &reason));
	check_str(reason, STR("merge_base_commit.sha is missing or not a string"));
	assert_false(github_parse_comparison(&scratch,
		STR("{\"merge_base_commit\":{\"sha\":\"--upload-pack=x\"}}"), &out, &reason));
	check_str(reason, STR("merge_base_commit.sha is no SHA"));
}

TEST(a_commit_is_read)
{
	ARENA_SCRATCH(scratch);
	GithubCommit out;
	Str reason;
	assert_true(github_parse_commit(&scratch,
		STR("{\"sha\":\"" SHA_A "\",\"tree\":{\"sha\":\"" SHA_B
		    "\"},\"parents\":[{\"sha\":\"" SHA_C "\"},{\"sha\":\"" SHA_A "\"}]}"),
		&out, &reason));
	check_str(out.sha, STR(SHA_A));
	check_str(out.tree, STR(SHA_B));
	assert_int_equal(out.parents.count, 2);
	check_str(out.parents.items[0], STR(SHA_C));
	assert_false(github_parse_commit(&scratch,
		STR("{\"sha\":\"" SHA_A "\",\"tree\":{\"sha\":\"" SHA_B "\"},\"parents\":{}}"),
		&out, &reason));
	check_str(reason, STR("parents is missing or not a list"));
	assert_false(github_parse_commit(&scratch,
		STR("{\"sha\":\"" SHA_A "\",\"tree\":{\"sha\":\"" SHA_B "\"},\"parents\":[null]}"),
		&out, &reason));
	check_str(reason, STR("sha is missing or not a string"));
}

TEST(a_sha_has_forty_digits_or_sixty_four)
{
	assert_true(github_is_sha(STR(SHA_A)));
	assert_true(github_is_sha(
		STR("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")));
	assert_false(github_is_sha(STR("")));
	assert_false(github_is_sha(STR("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")));
	assert_false(github_is_sha(STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")));
}

TEST(an_errors_message_is_one_short_line)
{
	ARENA_SCRATCH(scratch);
	check_str(github_parse_message(&scratch, STR("{\"message\":\" Not Found\\nx\"}")),
		STR("Not Found"));
	check_str(
		github_parse_message(&scratch, STR("{\"message\":\"a\\u001bb\"}")), STR("a\\x1bb"));
	check_str(github_parse_message(&scratch, STR("{\"message\":7}")), STR(""));
	check_str(github_parse_message(&scratch, STR("<html>")), STR(""));
	check_str(github_parse_message(&scratch, STR("")), STR(""));
}

/* A tree from lines `mode path letter`; the SHA is forty times the letter. */
static GithubTree tree_of(Arena *arena, const char *lines)
{
	Buf body = buf_new(arena, SIZE_MAX);
	Str rest = str_from(lines), line, mode, path, reason;
	const char *comma = "";
	buf_add(&body, STR("{\"tree\":["));
	while (str_next(&rest, '\n', &line)) {
		if (!str_next(&line, ' ', &mode) || !str_next(&line, ' ', &path) || !line.len)
			continue;
		buf_format(&body, "%s{\"mode\":\"%.*s\",\"path\":\"%.*s\",\"sha\":\"", comma,
			STR_ARG(mode), STR_ARG(path));
		for (size_t i = 0; i < 40; i++)
			buf_add(&body, line);
		buf_add(&body, STR("\"}"));
		comma = ",";
	}
	buf_add(&body, STR("],\"truncated\":false}"));
	GithubTree tree;
	assert_true(github_parse_tree(arena, buf_str(&body), &tree, &reason));
	return tree;
}

static Str changes_of(Arena *arena, const GithubTreeDiff *diff)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < diff->changes.count; i++)
		buf_format(&buf, "%c %.*s\n", diff->changes.items[i].status,
			STR_ARG(diff->changes.items[i].path));
	return buf_str(&buf);
}

static Str compare(Arena *arena, const char *base, const char *head, GithubFolderPairs *folders)
{
	GithubTree old = tree_of(arena, base), new = tree_of(arena, head);
	GithubTreeDiff diff = {0};
	const GithubTreeSink to = {arena, STR("p/"), &diff, folders};
	github_tree_compare(&to, &old, &new);
	github_tree_sort(&diff);
	return changes_of(arena, &diff);
}

TEST(trees_differ_as_git_tells_it)
{
	static const struct {
		const char *base, *head, *changes;
	} rows[] = {
		{"100644 a 1", "100644 a 1", ""},
		{"", "100644 a 1\n100644 b 1", "A p/a\nA p/b\n"},
		{"100644 a 1\n100644 b 1", "", "D p/a\nD p/b\n"},
		{"100644 a 1", "100644 a 2", "M p/a\n"},
		{"100644 a 1", "100755 a 1", "M p/a\n"},
		{"100644 a 1", "120000 a 1", "T p/a\n"},
		{"120000 a 1", "160000 a 2", "T p/a\n"},
		{"160000 a 1", "160000 a 2", "M p/a\n"},
		{"100644 a 1\n100644 c 1", "100644 b 1\n100644 c 2", "D p/a\nA p/b\nM p/c\n"},
		/* a file becomes a folder, and one of the same beginning stands between */
		{"100644 a 1\n100644 a-b 1", "100644 a-b 2\n040000 a 3\n100644 a/x 1",
			"D p/a\nM p/a-b\nA p/a/x\n"},
		/* folders say nothing in a recursive listing */
		{"040000 d 1\n100644 d/x 1", "040000 d 2\n100644 d/x 2", "M p/d/x\n"},
		{"", "", ""},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++)
		check_str(compare(&scratch, rows[i].base, rows[i].head, NULL),
			str_from(rows[i].changes));
}

TEST(one_level_names_the_folders_that_differ)
{
	ARENA_SCRATCH(scratch);
	GithubFolderPairs folders = {0};
	check_str(
		compare(&scratch,
			"040000 same 1\n040000 other 1\n040000 gone 1\n100644 turns 1\n100644 x 1",
			"040000 same 1\n040000 other 2\n040000 new 3\n040000 turns 4\n100644 x 2",
			&folders),
		STR("D p/turns\nM p/x\n"));
	assert_int_equal(folders.count, 4);
	check_str(folders.items[0].path, STR("p/gone/"));
	assert_int_equal(folders.items[0].head.len, 0);
	check_str(folders.items[1].path, STR("p/new/"));
	assert_int_equal(folders.items[1].base.len, 0);
	check_str(folders.items[2].path, STR("p/other/"));
	assert_int_equal(folders.items[2].base.ptr[0], '1');
	assert_int_equal(folders.items[2].head.ptr[0], '2');
	check_str(folders.items[3].path, STR("p/turns/"));
}

TEST(trees_that_are_not_whole_are_refused)
{
#define ENTRY(path, mode, sha)                                                                     \
	"{\"truncated\":false,\"tree\":[{\"path\":\"" path "\",\"mode\":\"" mode                   \
	"\",\"sha\":\"" sha "\"}]}"
	static const char *const bodies[] = {"[]", "{\"tree\":[]}",
		"{\"tree\":[],\"truncated\":\"no\"}", "{\"tree\":[{}],\"truncated\":false}",
		ENTRY("a", "100000", SHA_A), ENTRY("", "100644", SHA_A), ENTRY("a", "100644", "x")};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(bodies); i++) {
		GithubTree tree;
		Str reason = {0};
		assert_false(github_parse_tree(&scratch, str_from(bodies[i]), &tree, &reason));
		assert_true(reason.len > 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_of_a_pull_request_are_read),
		cmocka_unit_test(rows_that_are_not_whole_are_named),
		cmocka_unit_test(a_comparison_is_read),
		cmocka_unit_test(a_commit_is_read),
		cmocka_unit_test(a_sha_has_forty_digits_or_sixty_four),
		cmocka_unit_test(an_errors_message_is_one_short_line),
		cmocka_unit_test(trees_differ_as_git_tells_it),
		cmocka_unit_test(one_level_names_the_folders_that_differ),
		cmocka_unit_test(trees_that_are_not_whole_are_refused),
	};
	return cmocka_run_group_tests_name("github", tests, NULL, NULL);
}
