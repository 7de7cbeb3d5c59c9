/* local/source: where the folder is found, what is read, each fault. */
#include "check.h"

#include "local/copy_name.h"
#include "local/source.h"
#include "local/stamp.h"

typedef struct Place {
	Arena *arena;
	Str root;
	Source source;
	Err err;
} Place;

static const char folder_name[] = "supabase/migrations";

static Place place_new(Arena *arena)
{
	return (Place){.arena = arena, .root = check_folder(arena), .err = {.arena = arena}};
}

static void place_add(Place *p, const char *file, Str content)
{
	check_mkdir(p->arena, p->root, folder_name);
	check_write(
		p->arena, p->root, str_format(p->arena, "%s/%s", folder_name, file).ptr, content);
}

static void place_link(Place *p, const char *file, const char *target)
{
	check_mkdir(p->arena, p->root, folder_name);
	const char *name = str_format(p->arena, "%s/%s", folder_name, file).ptr;
	assert_int_equal(symlink(target, check_path(p->arena, p->root, name)), 0);
}

static bool place_read(Place *p, const char *directory)
{
	p->source = (Source){0};
	p->err = (Err){.arena = p->arena};
	bool ok = source_read(p->arena, p->root, str_from(directory), &p->source, &p->err);
	assert_int_equal(ok, p->err.count == 0);
	for (const Fault *fault = p->err.first; fault; fault = fault->next)
		assert_int_equal(fault->kind, ERR_SOURCE);
	return ok;
}

/* All of a fault that names a place, whichever field it stands in. */
static bool place_has_fault(const Place *p, const char *file, const char *message)
{
	for (const Fault *fault = p->err.first; fault; fault = fault->next) {
		bool named = str_contains(fault->file, str_from(file)) ||
			     str_contains(fault->message, str_from(file));
		if (named && str_contains(fault->message, str_from(message)))
			return true;
	}
	return false;
}

TEST(copies_are_known_by_their_names)
{
	static const struct {
		const char *title, *genuine; /* genuine NULL: no copy */
	} rows[] = {
		{"users 2", "users"},
		{"users (1)", "users"},
		{"users copy", "users"},
		{"users copy 3", "users"},
		{"users - Copy", "users"},
		{"users - Copy (2)", "users"},
		{"users (copy)", "users"},
		{"users Kopie", "users"},
		{"add users copy", "add users"},
		{"add users", NULL},
		{"users_copy", NULL},
		{"users 2024", NULL},
		{"users 2b", NULL},
		{"users ()", NULL},
		{"users (", NULL},
		{"copy", NULL},
		{"2", NULL},
		{"copy 2", NULL},
		{" 2", NULL},
		{"", NULL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		Str genuine;
		bool is_copy = copy_name_read(str_from(rows[i].title), &genuine);
		check_that(rows[i].title, is_copy == (rows[i].genuine != NULL));
		if (is_copy)
			check_str(genuine, str_from(rows[i].genuine));
	}
}

TEST(names_are_split_as_the_cli_splits_them)
{
	static const struct {
		const char *file, *version, *title; /* version NULL: no migration */
	} rows[] = {
		{"20240101000000_users.sql", "20240101000000", "users"},
		{"1_a.sql", "1", "a"},
		{"007_.sql", "007", ""},
		{"1__.sql", "1", "_"},
		{"1_a_b.sql", "1", "a_b"},
		{"1_a.sql.sql", "1", "a.sql"},
		{"1_with space.sql", "1", "with space"},
		{"1_gr\xC3\xBC\xC3\x9F.sql", "1", "gr\xC3\xBC\xC3\x9F"},
		{"99999999999999999999999999_a.sql", "99999999999999999999999999", "a"},
		{"1_.sql.sql", "1", ".sql"},
		{"", NULL, NULL},
		{"_.sql", NULL, NULL},
		{"_a.sql", NULL, NULL},
		{"1.sql", NULL, NULL},
		{"1_.SQL", NULL, NULL},
		{"1_a.sQl", NULL, NULL},
		{"1_a.sql~", NULL, NULL},
		{"1_sql", NULL, NULL},
		{"1_a", NULL, NULL},
		{"a1_b.sql", NULL, NULL},
		{" 1_b.sql", NULL, NULL},
		{"-1_b.sql", NULL, NULL},
		{"1-b.sql", NULL, NULL},
		{".sql", NULL, NULL},
		{"\xD9\xA1_a.sql", NULL, NULL},
		{"1_a\nb.sql", NULL, NULL},
		{"1_a\rb.sql", NULL, NULL},
		{"1_a\xE2\x80\xA8.sql", NULL, NULL},
		{"1_a\xE2\x80\xA9.sql", NULL, NULL},
		{"1_a.sql\n", NULL, NULL},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Str version = {0}, title = {0};
		Str file = check_exact(&scratch, str_from(rows[i].file));
		check_that(rows[i].file,
			source_name(file, &version, &title) == (rows[i].version != NULL));
		check_row(rows[i].file, version, str_from(rows[i].version));
		check_row(rows[i].file, title, str_from(rows[i].title));
	}
}

TEST(the_folder_is_found_at_above_and_below_the_directory)
{
	static const char *const directories[] = {".", "", "./", "supabase", "supabase/",
		"supabase/migrations", "supabase/functions/one", "apps/web", "./apps/../apps"};
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	place_add(&p, "1_a.sql", STR("select 1;"));
	check_mkdir(&scratch, p.root, "supabase/functions/one");
	check_mkdir(&scratch, p.root, "apps/web");
	for (size_t i = 0; i < COUNT(directories); i++) {
		check_that(directories[i], place_read(&p, directories[i]));
		check_row(directories[i], p.source.folder, STR("supabase/migrations"));
		check_str(p.source.migrations.items[0].path, STR("supabase/migrations/1_a.sql"));
	}
	check_that("absolute", place_read(&p, check_path(&scratch, p.root, "apps")));
	check_remove(&scratch, p.root);
}

TEST(the_nearest_folder_wins)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	place_add(&p, "1_outer.sql", STR("select 1;"));
	check_mkdir(&scratch, p.root, "packages/db/supabase/migrations");
	check_write(&scratch, p.root, "packages/db/supabase/migrations/2_inner.sql", STR(""));
	assert_true(place_read(&p, "packages/db"));
	check_str(p.source.folder, STR("packages/db/supabase/migrations"));
	assert_true(place_read(&p, "packages"));
	check_str(p.source.folder, STR("supabase/migrations"));
	check_remove(&scratch, p.root);
}

TEST(a_missing_folder_is_told_with_the_place_of_another_one)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	check_mkdir(&scratch, p.root, "packages/infrastructure/supabase/migrations");
	assert_false(place_read(&p, "."));
	assert_int_equal(p.err.count, 1);
	check_contains(p.err.first->message, "no supabase folder here or above");
	check_contains(p.err.first->hint, "packages/infrastructure/supabase");
	check_remove(&scratch, p.root);
}

TEST(hidden_folders_and_node_modules_are_not_proposed)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	check_mkdir(&scratch, p.root, "node_modules/x/supabase/migrations");
	check_mkdir(&scratch, p.root, ".cache/supabase/migrations");
	check_mkdir(&scratch, p.root, "a/b/c/d/e/supabase/migrations");
	assert_false(place_read(&p, "."));
	check_contains(p.err.first->hint, "checked out");
	check_remove(&scratch, p.root);
}

TEST(every_wrong_directory_has_its_message)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	Str other = check_folder(&scratch);
	place_add(&p, "1_a.sql", STR("select 1;"));
	check_write(&scratch, p.root, "file", STR(""));
	assert_int_equal(symlink(other.ptr, check_path(&scratch, p.root, "out")), 0);
	const struct {
		const char *directory, *message;
	} rows[] = {
		{"nothing", "working-directory is no folder"},
		{"file", "working-directory is no folder"},
		{"..", "outside of the workspace"},
		{"/", "outside of the workspace"},
		{"out", "outside of the workspace"},
		{other.ptr, "outside of the workspace"},
		{"supabase/../..", "outside of the workspace"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		check_that(rows[i].directory, !place_read(&p, rows[i].directory));
		check_that(rows[i].directory, p.err.count == 1);
		check_that(rows[i].directory,
			str_contains(p.err.first->message, str_from(rows[i].message)));
	}
	check_remove(&scratch, p.root);
	assert_false(place_read(&p, "."));
	check_contains(p.err.first->message, "does not exist");
	check_remove(&scratch, other);
}

TEST(a_migrations_folder_that_is_missing_or_empty_is_an_error)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	check_mkdir(&scratch, p.root, "supabase");
	assert_false(place_read(&p, "."));
	assert_true(place_has_fault(&p, "supabase/migrations", "does not exist"));
	check_mkdir(&scratch, p.root, "supabase/migrations");
	assert_false(place_read(&p, "."));
	assert_true(place_has_fault(&p, "supabase/migrations", "no migration in it"));
	place_add(&p, "README.md", STR("x"));
	assert_false(place_read(&p, "."));
	assert_true(place_has_fault(&p, "supabase/migrations", "none of its 1 entries"));
	assert_int_equal(p.source.skipped.count, 1);
	check_remove(&scratch, p.root);
}

TEST(a_migrations_folder_that_leads_out_of_the_workspace_is_refused)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch), other = place_new(&scratch);
	place_add(&other, "1_a.sql", STR("select 1;"));
	check_mkdir(&scratch, p.root, "supabase");
	assert_int_equal(symlink(check_path(&scratch, other.root, folder_name),
				 check_path(&scratch, p.root, folder_name)),
		0);
	assert_false(place_read(&p, "."));
	assert_true(place_has_fault(&p, "", "leads out of the workspace"));
	assert_int_equal(p.source.migrations.count, 0);
	check_remove(&scratch, p.root);
	assert_int_equal(mkdir(p.root.ptr, 0755), 0);
	assert_int_equal(symlink(check_path(&scratch, other.root, "supabase"),
				 check_path(&scratch, p.root, "supabase")),
		0);
	assert_false(place_read(&p, "."));
	check_remove(&scratch, p.root);
	check_remove(&scratch, other.root);
}

TEST(versions_are_ordered_by_bytes)
{
	static const char *const files[] = {"007_g.sql", "1_f.sql", "10_e.sql", "2024_d.sql",
		"20240101000000_c.sql", "20240101000001_b.sql", "9_a.sql"};
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	for (size_t i = COUNT(files); i > 0; i--)
		place_add(&p, files[i - 1], STR("select 1;"));
	assert_true(place_read(&p, "."));
	assert_int_equal(p.source.migrations.count, COUNT(files));
	for (size_t i = 0; i < COUNT(files); i++)
		check_str(p.source.migrations.items[i].file, str_from(files[i]));
	check_remove(&scratch, p.root);
}

TEST(texts_are_kept_as_they_are_but_for_a_byte_order_mark)
{
	static const struct {
		const char *file;
		Str content, text;
	} rows[] = {
		{"1_plain.sql", STR_INIT("select 1;\n"), STR_INIT("select 1;\n")},
		{"2_crlf.sql", STR_INIT("a\r\nb\rc"), STR_INIT("a\r\nb\rc")},
		{"3_bom.sql", STR_INIT("\xEF\xBB\xBFselect"), STR_INIT("select")},
		{"4_two_boms.sql", STR_INIT("\xEF\xBB\xBF\xEF\xBB\xBF"), STR_INIT("\xEF\xBB\xBF")},
		{"5_empty.sql", STR_INIT(""), STR_INIT("")},
		{"6_wide.sql", STR_INIT("-- \xF0\x9F\x98\x80"), STR_INIT("-- \xF0\x9F\x98\x80")},
	};
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	for (size_t i = 0; i < COUNT(rows); i++)
		place_add(&p, rows[i].file, rows[i].content);
	assert_true(place_read(&p, "."));
	for (size_t i = 0; i < COUNT(rows); i++) {
		check_str(p.source.migrations.items[i].file, str_from(rows[i].file));
		check_row(rows[i].file, p.source.migrations.items[i].text, rows[i].text);
	}
	check_remove(&scratch, p.root);
}

TEST(bytes_that_postgres_cannot_take_are_named_with_their_line)
{
	static const struct {
		const char *file;
		Str content;
		size_t line;
		const char *message;
	} rows[] = {
		{"1_a.sql", STR_INIT("select 1;\n-- caf\xE9\n"), 2, "byte 0xE9 is not UTF-8"},
		{"2_a.sql", STR_INIT("\xC3"), 1, "byte 0xC3 is not UTF-8"},
		{"3_a.sql", STR_INIT("a\n\nb\0c"), 3, "NUL byte"},
		{"4_a.sql", STR_INIT("\xFF\xFEs\0e\0"), 1, "UTF-16"},
		{"5_a.sql", STR_INIT("\xFE\xFF\0s\0e"), 1, "UTF-16"},
		{"6_a.sql", STR_INIT("\xED\xA0\x80"), 1, "byte 0xED is not UTF-8"},
		{"7_a.sql", STR_INIT("\n\xC0\x80"), 2, "byte 0xC0 is not UTF-8"},
	};
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	for (size_t i = 0; i < COUNT(rows); i++)
		place_add(&p, rows[i].file, rows[i].content);
	assert_false(place_read(&p, "."));
	assert_int_equal(p.err.count, COUNT(rows));
	const Fault *fault = p.err.first;
	for (size_t i = 0; i < COUNT(rows); i++, fault = fault->next) {
		check_that(rows[i].file, str_ends(fault->file, str_from(rows[i].file)));
		check_that(rows[i].file, fault->line == rows[i].line);
		check_that(rows[i].file, str_contains(fault->message, str_from(rows[i].message)));
		check_that(rows[i].file, fault->hint.len > 0);
	}
	check_remove(&scratch, p.root);
}

TEST(two_files_with_one_version_are_refused)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	place_add(&p, "1_a.sql", STR("select 1;"));
	place_add(&p, "1_b.sql", STR("select 1;"));
	place_add(&p, "01_c.sql", STR("select 1;"));
	assert_false(place_read(&p, "."));
	assert_int_equal(p.err.count, 1);
	assert_true(place_has_fault(
		&p, "1_b.sql", "version 1 is taken by 2 files: 1_a.sql and 1_b.sql"));
	check_contains(p.err.first->hint, "git mv");
	check_remove(&scratch, p.root);
}

/* One fault and one help, however many there are. */
TEST(doubled_versions_are_told_together)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	for (int i = 0; i < 129; i++) {
		const char *one = str_format(&scratch, "20240101%06d_one.sql", i).ptr;
		const char *two = str_format(&scratch, "20240101%06d_two.sql", i).ptr;
		place_add(&p, one, STR("select 1;"));
		place_add(&p, two, STR("select 2;"));
	}
	assert_false(place_read(&p, "."));
	assert_int_equal(p.err.count, 1);
	check_contains(p.err.first->message,
		"129 versions are taken by more than one file: 20240101000000_one.sql and "
		"20240101000000_two.sql; 20240101000001_one.sql");
	check_contains(p.err.first->message, ", and 109 more");
	check_contains(p.err.first->hint, "\n  git mv supabase/migrations/20240101000000_two.sql "
					  "supabase/migrations/20240101000129_two.sql\n");
	check_remove(&scratch, p.root);
}

TEST(of_a_copy_and_its_original_the_copy_is_named)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	place_add(&p, "20240101000000_x.sql", STR("select 1;"));
	place_add(&p, "20240101000000_x 2.sql", STR("select 1;"));
	assert_false(place_read(&p, "."));
	assert_int_equal(p.err.count, 1);
	assert_true(place_has_fault(&p, "20240101000000_x 2.sql",
		"it is a copy, as operating systems make them, and has the version of its original: "
		"20240101000000_x 2.sql of 20240101000000_x.sql"));
	check_str(p.err.first->hint,
		STR("remove what is a copy:\n  git rm 'supabase/migrations/20240101000000_x 2.sql'"));
	place_add(&p, "20240101000000_x copy.sql", STR("select 3;"));
	assert_false(place_read(&p, "."));
	assert_int_equal(p.err.count, 1);
	check_contains(p.err.first->message, "2 files are copies");
	check_contains(p.err.first->hint, "some differ from their originals");
	check_remove(&scratch, p.root);
}

TEST(a_date_and_a_time_make_one_version)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	place_add(&p, "20260301_090000_first.sql", STR("select 1;"));
	place_add(&p, "20260301_170000_fourth.sql", STR("select 2;"));
	place_add(&p, "20260301_fifth.sql", STR("select 3;"));
	assert_false(place_read(&p, "."));
	assert_int_equal(p.err.count, 1);
	check_contains(p.err.first->message,
		"version 20260301 is taken by 3 files: "
		"20260301_090000_first.sql, 20260301_170000_fourth.sql "
		"and 20260301_fifth.sql");
	check_str(p.err.first->hint,
		STR("the digits before the first _ are the version, and it should have 14. Give each "
		    "that no database has run a version of its own, and leave the others:\n"
		    "  git mv supabase/migrations/20260301_090000_first.sql "
		    "supabase/migrations/20260301090000_first.sql\n"
		    "  git mv supabase/migrations/20260301_170000_fourth.sql "
		    "supabase/migrations/20260301170000_fourth.sql\n"
		    "  git mv supabase/migrations/20260301_fifth.sql "
		    "supabase/migrations/20260301000000_fifth.sql"));
	check_remove(&scratch, p.root);
}

TEST(names_are_read_as_people_write_dates)
{
	static const struct {
		const char *file, *name; /* name NULL: none can be offered */
	} rows[] = {
		{"20260301_090000_first.sql", "20260301090000_first.sql"},
		{"20260301_first.sql", "20260301000000_first.sql"},
		{"202603010915_first.sql", "20260301091500_first.sql"},
		{"2026030109_first.sql", "20260301090000_first.sql"},
		{"20250703155958-uuid.sql", "20250703155958_uuid.sql"},
		{"20240101000000.sql", "20240101000000_migration.sql"},
		{"20240101000000_x.SQL", "20240101000000_x.sql"},
		{"20240101000000123_x.sql", "20240101000000_x.sql"},
		{"2024-01-02_x.sql", "20240102000000_x.sql"},
		{"2024_01_02_add_users.sql", "20240102000000_add_users.sql"},
		{"2024-01-02T09:15:30Z_x.sql", "20240102091530_x.sql"},
		{"2024-01-02T0915_x.sql", "20240102091500_x.sql"},
		{"2024-01-02 09.15 x.sql", "20240102091500_x.sql"},
		{"2024_01_02_09_15_30_x.sql", "20240102091530_x.sql"},
		{"20240102_09-15_x.sql", "20240102091500_x.sql"},
		{"20240102_2_x.sql", "20240102000000_2_x.sql"},
		{"20240102_10_20_x.sql", "20240102000000_10_20_x.sql"},
		{"20240102_1200_rows.sql", "20240102000000_1200_rows.sql"},
		{"20240102_250000_rows.sql", "20240102000000_250000_rows.sql"},
		{"20241301_x.sql", "00000020241301_x.sql"},
		{"1700000000_x.sql", "00001700000000_x.sql"},
		{"007_x.sql", "00000000000007_x.sql"},
		{"0001-initial.sql", "00000000000001_initial.sql"},
		{"1.sql", "00000000000001_migration.sql"},
		{"1_\n.sql", NULL},
		{"123456789012345_x.sql", NULL},
		{"x_1.sql", NULL},
		{"2024-01-01_x.sql.bak", NULL},
		{"2024", NULL},
		{".sql", NULL},
		{"", NULL},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Stamp stamp;
		bool read = stamp_read(&scratch, str_from(rows[i].file), &stamp);
		check_that(rows[i].file, read == (rows[i].name != NULL));
		if (read)
			check_str(str_format(&scratch, "%.*s_%.*s.sql", STR_ARG(stamp.version),
					  STR_ARG(stamp.title)),
				str_from(rows[i].name));
	}
}

TEST(a_name_that_is_offered_is_free)
{
	ARENA_SCRATCH(scratch);
	Stamp stamp;
	Stamps stamps = {.arena = &scratch};
	stamps_take(&stamps, STR("20261231235959"));
	assert_true(stamps_offer(&stamps, STR("20261231-235959_x.sql"), &stamp));
	check_str(stamp.version, STR("20270101000000"));
	assert_true(stamps_offer(&stamps, STR("20261231235959 y.sql"), &stamp));
	check_str(stamp.version, STR("20270101000001"));
	assert_true(stamps_offer(&stamps, STR("7-z.sql"), &stamp));
	assert_true(stamps_offer(&stamps, STR("007.sql"), &stamp));
	check_str(stamp.version, STR("00000000000008"));
}

TEST(links_may_lead_to_files_of_the_workspace_only)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	Str other = check_folder(&scratch);
	check_write(&scratch, other, "secret.sql", STR("select 'outside';"));
	check_mkdir(&scratch, p.root, "shared/folder.sql");
	check_write(&scratch, p.root, "shared/a.sql", STR("select 'inside';"));
	place_link(&p, "1_inside.sql", "../../shared/a.sql");
	assert_true(place_read(&p, "."));
	check_str(p.source.migrations.items[0].text, STR("select 'inside';"));

	place_link(&p, "2_outside.sql", check_path(&scratch, other, "secret.sql"));
	place_link(&p, "3_dangling.sql", "nothing.sql");
	place_link(&p, "4_loop.sql", "4_loop.sql");
	place_link(&p, "5_folder.sql", "../../shared/folder.sql");
	place_link(&p, "6_device.sql", "/dev/null");
	place_link(&p, "README", "nothing");
	assert_false(place_read(&p, "."));
	assert_int_equal(p.err.count, 5);
	assert_true(place_has_fault(&p, "2_outside.sql", "leads out of the workspace"));
	assert_true(place_has_fault(&p, "3_dangling.sql", "leads nowhere"));
	assert_true(place_has_fault(&p, "4_loop.sql", "leads nowhere"));
	assert_true(place_has_fault(&p, "5_folder.sql", "a directory"));
	assert_true(place_has_fault(&p, "6_device.sql", "leads out of the workspace"));
	for (size_t i = 0; i < p.source.migrations.count; i++)
		assert_false(str_contains(p.source.migrations.items[i].text, STR("outside")));
	check_remove(&scratch, p.root);
	check_remove(&scratch, other);
}

TEST(a_folder_called_sql_is_an_error_and_any_other_is_skipped)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	place_add(&p, "1_a.sql", STR("select 1;"));
	check_mkdir(&scratch, p.root, "supabase/migrations/archive");
	check_mkdir(&scratch, p.root, "supabase/migrations/2_archive");
	assert_true(place_read(&p, "."));
	assert_int_equal(p.source.skipped.count, 2);
	check_mkdir(&scratch, p.root, "supabase/migrations/3_folder.sql");
	check_mkdir(&scratch, p.root, "supabase/migrations/folder.sql");
	assert_false(place_read(&p, "."));
	assert_int_equal(p.err.count, 2);
	assert_true(place_has_fault(&p, "/3_folder.sql", "a directory"));
	assert_true(place_has_fault(&p, "/folder.sql", "a directory"));
	check_remove(&scratch, p.root);
}

TEST(other_kinds_of_files_and_huge_ones_are_refused)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	place_add(&p, "1_huge.sql", STR(""));
	const char *huge = check_path(&scratch, p.root, "supabase/migrations/1_huge.sql");
	assert_int_equal(truncate(huge, SOURCE_FILE_MAX + 1L), 0);
	const char *fifo = check_path(&scratch, p.root, "supabase/migrations/2_fifo.sql");
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_false(place_read(&p, "."));
	assert_int_equal(p.err.count, 2);
	assert_true(place_has_fault(&p, "1_huge.sql", "64 MiB"));
	assert_true(place_has_fault(&p, "2_fifo.sql", "not a regular file"));
	check_remove(&scratch, p.root);
}

TEST(skipped_entries_are_named_with_the_reason)
{
	static const char *const names[] = {
		".gitkeep", "1_A.SQL", "README.md", "seed.sql", "x_1.sql"};
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	place_add(&p, "1_a.sql", STR("select 1;"));
	for (size_t i = 0; i < COUNT(names); i++)
		place_add(&p, names[i], STR("\xFF"));
	assert_true(place_read(&p, "."));
	assert_int_equal(p.source.skipped.count, COUNT(names));
	for (size_t i = 0; i < COUNT(names); i++) {
		check_str(p.source.skipped.items[i].file, str_from(names[i]));
		check_contains(p.source.skipped.items[i].reason, "<timestamp>_name.sql");
	}
	check_remove(&scratch, p.root);
}

TEST(only_a_first_init_file_of_old_is_left_out)
{
	static const struct {
		const char *first, *init;
		bool skipped;
	} rows[] = {
		{"1_a.sql", "20211208235959_init.sql", false},
		{"30000101000000_a.sql", "20211208235959_init.sql", true},
		{"30000101000000_a.sql", "20211209000000_init.sql", false},
		{"30000101000000_a.sql", "00000000000000_init.sql", true},
		{"30000101000000_a.sql", "0000000000000_init.sql", false},
		{"30000101000000_a.sql", "20200101000000_init.sql.sql", true},
		{"30000101000000_a.sql", "20200101000000_Init.sql", false},
		{"30000101000000_a.sql", "20200101000000_my_init.sql", false},
		{"30000101000000_a.sql", "120200101000000_init.sql", true},
		{".gitkeep", "20200101000000_init.sql", false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		ARENA_SCRATCH(scratch);
		Place p = place_new(&scratch);
		place_add(&p, rows[i].first, STR("select 1;"));
		place_add(&p, rows[i].init, STR("select 1;"));
		check_that(rows[i].init, place_read(&p, "."));
		size_t extra = rows[i].first[0] == '.';
		check_that(rows[i].init, p.source.skipped.count == rows[i].skipped + extra);
		check_that(rows[i].init, p.source.migrations.count == 2U - rows[i].skipped - extra);
		check_remove(&scratch, p.root);
	}
}

TEST(names_that_are_not_utf8_are_refused)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	place_add(&p, "1_a.sql", STR("select 1;"));
	place_add(&p, "2_caf\xE9.sql", STR("select 1;"));
	assert_false(place_read(&p, "."));
	assert_int_equal(p.err.count, 1);
	check_contains(p.err.first->message, "not UTF-8");
	check_remove(&scratch, p.root);
}

TEST(all_faults_are_reported_together)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	place_add(&p, "1_a.sql", STR("\xFF"));
	place_add(&p, "2_b.sql", STR("select 1;"));
	place_add(&p, "2_c.sql", STR("select 1;"));
	place_link(&p, "3_d.sql", "nothing");
	check_mkdir(&scratch, p.root, "supabase/migrations/e.sql");
	assert_false(place_read(&p, "."));
	assert_int_equal(p.err.count, 4);
	check_remove(&scratch, p.root);
}

TEST(the_text_can_lend_a_terminator)
{
	ARENA_SCRATCH(scratch);
	Place p = place_new(&scratch);
	place_add(&p, "1_a.sql", STR("select 1"));
	assert_true(place_read(&p, "."));
	Str text = p.source.migrations.items[0].text;
	char *end = (char *)(uintptr_t)(text.ptr + text.len);
	*end = '\0';
	assert_string_equal(text.ptr, "select 1");
	check_remove(&scratch, p.root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copies_are_known_by_their_names),
		cmocka_unit_test(names_are_split_as_the_cli_splits_them),
		cmocka_unit_test(the_folder_is_found_at_above_and_below_the_directory),
		cmocka_unit_test(the_nearest_folder_wins),
		cmocka_unit_test(a_missing_folder_is_told_with_the_place_of_another_one),
		cmocka_unit_test(hidden_folders_and_node_modules_are_not_proposed),
		cmocka_unit_test(every_wrong_directory_has_its_message),
		cmocka_unit_test(a_migrations_folder_that_is_missing_or_empty_is_an_error),
		cmocka_unit_test(a_migrations_folder_that_leads_out_of_the_workspace_is_refused),
		cmocka_unit_test(versions_are_ordered_by_bytes),
		cmocka_unit_test(texts_are_kept_as_they_are_but_for_a_byte_order_mark),
		cmocka_unit_test(bytes_that_postgres_cannot_take_are_named_with_their_line),
		cmocka_unit_test(two_files_with_one_version_are_refused),
		cmocka_unit_test(doubled_versions_are_told_together),
		cmocka_unit_test(of_a_copy_and_its_original_the_copy_is_named),
		cmocka_unit_test(a_date_and_a_time_make_one_version),
		cmocka_unit_test(names_are_read_as_people_write_dates),
		cmocka_unit_test(a_name_that_is_offered_is_free),
		cmocka_unit_test(links_may_lead_to_files_of_the_workspace_only),
		cmocka_unit_test(a_folder_called_sql_is_an_error_and_any_other_is_skipped),
		cmocka_unit_test(other_kinds_of_files_and_huge_ones_are_refused),
		cmocka_unit_test(skipped_entries_are_named_with_the_reason),
		cmocka_unit_test(only_a_first_init_file_of_old_is_left_out),
		cmocka_unit_test(names_that_are_not_utf8_are_refused),
		cmocka_unit_test(all_faults_are_reported_together),
		cmocka_unit_test(the_text_can_lend_a_terminator),
	};
	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
