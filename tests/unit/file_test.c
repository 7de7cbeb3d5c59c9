/* base/file: whole files, sorted folders, paths. */
#include "check.h"

#include "base/file.h"

static Str at(Arena *arena, Str folder, const char *name)
{
	return str_from(check_path(arena, folder, name));
}

TEST(a_file_is_read_whole_with_nul_bytes_and_a_terminator)
{
	ARENA_SCRATCH(scratch);
	Str folder = check_folder(&scratch), content, reason;
	check_write(&scratch, folder, "a", STR("one\0two\n"));
	check_write(&scratch, folder, "empty", STR(""));
	assert_true(file_read(&scratch, at(&scratch, folder, "a"), 8, &content, &reason));
	check_str(content, STR("one\0two\n"));
	assert_int_equal(content.ptr[content.len], '\0');
	assert_true(file_read(&scratch, at(&scratch, folder, "empty"), 0, &content, &reason));
	assert_int_equal(content.len, 0);
	check_remove(&scratch, folder);
}

TEST(what_cannot_be_read_says_why)
{
	ARENA_SCRATCH(scratch);
	Str folder = check_folder(&scratch), content, reason;
	check_write(&scratch, folder, "large", check_repeat(&scratch, "x", (1 << 20) + 1));
	assert_int_equal(mkfifo(check_path(&scratch, folder, "fifo"), 0600), 0);
	static const struct {
		const char *name, *reason;
	} rows[] = {
		{"nothing", "No such file or directory"},
		{".", "it is a directory"},
		{"fifo", "it is not a regular file"},
		{"large", "it has 1048577 bytes, more than the limit of 1 MiB"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		Str path = at(&scratch, folder, rows[i].name);
		check_that(rows[i].name, !file_read(&scratch, path, 1 << 20, &content, &reason));
		check_row(rows[i].name, reason, str_from(rows[i].reason));
	}
	check_remove(&scratch, folder);
}

TEST(a_folder_is_listed_by_bytes_without_dots)
{
	ARENA_SCRATCH(scratch);
	static const char *const names[] = {".hidden", "10", "9", "B", "a", "\xC3\xA4"};
	Str folder = check_folder(&scratch), reason;
	Names found = {0};
	for (size_t i = COUNT(names); i > 0; i--)
		check_write(&scratch, folder, names[i - 1], STR(""));
	assert_true(file_list(&scratch, folder, &found, &reason));
	assert_int_equal(found.count, COUNT(names));
	for (size_t i = 0; i < COUNT(names); i++)
		check_str(found.items[i], str_from(names[i]));
	assert_false(file_list(&scratch, at(&scratch, folder, "a"), &found, &reason));
	check_str(reason, STR("Not a directory"));
	check_remove(&scratch, folder);
}

TEST(append_makes_a_file_and_keeps_what_is_in_it)
{
	ARENA_SCRATCH(scratch);
	Str folder = check_folder(&scratch), path = at(&scratch, folder, "out"), content, reason;
	assert_true(file_append(path, STR("one\n"), &reason));
	assert_true(file_append(path, STR(""), &reason));
	assert_true(file_append(path, STR("two\n"), &reason));
	assert_true(file_read(&scratch, path, 100, &content, &reason));
	check_str(content, STR("one\ntwo\n"));
	assert_false(file_append(folder, STR("x"), &reason));
	check_str(reason, STR("Is a directory"));
	assert_false(file_append(at(&scratch, folder, "no/where"), STR("x"), &reason));
	check_str(reason, STR("No such file or directory"));
	check_remove(&scratch, folder);
}

TEST(types_follow_links_and_links_are_known_as_such)
{
	ARENA_SCRATCH(scratch);
	Str folder = check_folder(&scratch);
	check_write(&scratch, folder, "file", STR("x"));
	assert_int_equal(symlink("file", check_path(&scratch, folder, "link")), 0);
	assert_int_equal(symlink(".", check_path(&scratch, folder, "up")), 0);
	assert_int_equal(symlink("gone", check_path(&scratch, folder, "dangling")), 0);
	assert_int_equal(symlink("loop", check_path(&scratch, folder, "loop")), 0);
	static const struct {
		const char *name;
		FileType type;
		bool link;
		const char *resolved;
	} rows[] = {
		{"file", FILE_REGULAR, false, "/file"},
		{"link", FILE_REGULAR, true, "/file"},
		{"up", FILE_FOLDER, true, ""},
		{"up/up/link", FILE_REGULAR, true, "/file"},
		{"dangling", FILE_MISSING, true, NULL},
		{"loop", FILE_MISSING, true, NULL},
		{"nothing", FILE_MISSING, false, NULL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		Str path = at(&scratch, folder, rows[i].name);
		Str resolved = rows[i].resolved ? str_format(&scratch, "%.*s%s", STR_ARG(folder),
							  rows[i].resolved)
						: (Str){0};
		check_that(rows[i].name, file_type(path) == rows[i].type);
		check_that(rows[i].name, file_is_symlink(path) == rows[i].link);
		check_row(rows[i].name, file_resolve(&scratch, path), resolved);
	}
	assert_int_equal(file_type(STR("/dev/null")), FILE_OTHER);
	check_remove(&scratch, folder);
}

TEST(links_are_followed_one_by_one)
{
	ARENA_SCRATCH(scratch);
	Str folder = check_folder(&scratch);
	check_mkdir(&scratch, folder, "db/real");
	check_mkdir(&scratch, folder, "app");
	assert_int_equal(symlink("../db/current", check_path(&scratch, folder, "app/sb")), 0);
	assert_int_equal(symlink("./real", check_path(&scratch, folder, "db/current")), 0);
	assert_int_equal(symlink("/etc", check_path(&scratch, folder, "etc")), 0);
	static const struct {
		const char *path, *hop;
	} rows[] = {
		{"app/sb/migrations", "db/current/migrations"},
		{"db/current/migrations", "db/real/migrations"},
		{"db/real/migrations", NULL},
		{"app/../db/./current//", "db/real"},
		{"missing/sb", NULL},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(rows[i].path,
			file_follow_link(&scratch, at(&scratch, folder, rows[i].path)),
			rows[i].hop ? at(&scratch, folder, rows[i].hop) : (Str){0});
	check_str(file_follow_link(&scratch, at(&scratch, folder, "etc/x")), STR("/etc/x"));
	check_remove(&scratch, folder);
}

TEST(a_path_is_put_in_order_by_its_text)
{
	static const struct {
		const char *path, *normal;
	} rows[] = {
		{"/", "/"},
		{"", "/"},
		{"/a/b", "/a/b"},
		{"//a///b/", "/a/b"},
		{"/a/./b/.", "/a/b"},
		{"/a/b/../../c", "/c"},
		{"/a/..", "/"},
		{"/../..", "/"},
		{"/a/..b/...", "/a/..b/..."},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(rows[i].path, file_normal(&scratch, str_from(rows[i].path)),
			str_from(rows[i].normal));
}

TEST(within_means_the_folder_or_below_it)
{
	static const struct {
		const char *path, *folder;
		bool within;
	} rows[] = {
		{"/a/b", "/a/b", true},
		{"/a/b/c", "/a/b", true},
		{"/a/bc", "/a/b", false},
		{"/a", "/a/b", false},
		{"/x", "/", true},
		{"/", "/", true},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		check_that(rows[i].path, file_is_within(str_from(rows[i].path),
						 str_from(rows[i].folder)) == rows[i].within);
}

TEST(a_path_from_a_folder_on)
{
	static const struct {
		const char *folder, *path, *rest;
	} rows[] = {
		{"/a", "/a/b/c", "b/c"},
		{"/a", "/a", ""},
		{"/a", "/ab", "/ab"},
		{"/", "/a", "a"},
		{"/", "/", ""},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		check_str(file_below(str_from(rows[i].folder), str_from(rows[i].path)),
			str_from(rows[i].rest));
}

TEST(paths_are_joined_and_taken_apart)
{
	static const struct {
		const char *folder, *name, *joined;
	} joins[] = {
		{"/a", "b", "/a/b"},
		{"/a/", "b", "/a/b"},
		{"/", "b", "/b"},
		{"/a", "/b", "/b"},
		{"/a", "", "/a"},
		{"/a", ".", "/a"},
		{"/a", "./", "/a"},
		{"/a", "./b", "/a/b"},
		{"/a", "././b/c", "/a/b/c"},
		{"/a", "..", "/a/.."},
		{"/a", ".b", "/a/.b"},
	};
	static const struct {
		const char *path, *base, *parent;
	} parts[] = {
		{"/a/b", "b", "/a"},
		{"/a", "a", "/"},
		{"/", "", "/"},
		{"a/b", "b", "a"},
		{"a", "a", "."},
		{"", "", "."},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(joins); i++)
		check_row(joins[i].name,
			file_join(&scratch, str_from(joins[i].folder), str_from(joins[i].name)),
			str_from(joins[i].joined));
	for (size_t i = 0; i < COUNT(parts); i++) {
		check_row(
			parts[i].path, file_base(str_from(parts[i].path)), str_from(parts[i].base));
		check_row(parts[i].path, file_parent(str_from(parts[i].path)),
			str_from(parts[i].parent));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_read_whole_with_nul_bytes_and_a_terminator),
		cmocka_unit_test(what_cannot_be_read_says_why),
		cmocka_unit_test(a_folder_is_listed_by_bytes_without_dots),
		cmocka_unit_test(append_makes_a_file_and_keeps_what_is_in_it),
		cmocka_unit_test(types_follow_links_and_links_are_known_as_such),
		cmocka_unit_test(links_are_followed_one_by_one),
		cmocka_unit_test(a_path_is_put_in_order_by_its_text),
		cmocka_unit_test(within_means_the_folder_or_below_it),
		cmocka_unit_test(a_path_from_a_folder_on),
		cmocka_unit_test(paths_are_joined_and_taken_apart),
	};
	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
