/* compare/: two inventories side by side, as they would come from a server. */
#include "check.h"

#include "compare/compare.h"
#include "compare/object_name.h"
#include "compare/view_text.h"

static Arena arena;

static void add(Inventory *to, InventoryKind kind, const char *name, const char *part_of,
	const char *definition)
{
	*vec_add(&arena, &to->objects) =
		(InventoryObject){kind, str_from(name), str_from(part_of), str_from(definition)};
}

static Comparison compare(Inventory *reference, Inventory *target, const char *ignored)
{
	Comparison comparison;
	Ignore ignore = ignore_read(&arena, str_from(ignored));
	inventory_sort(reference);
	inventory_sort(target);
	compare_inventories(&arena, reference, target, &ignore, &comparison);
	return comparison;
}

TEST(order_does_not_matter)
{
	Inventory a = {0}, b = {0};
	add(&a, INVENTORY_TABLE, "public.x", "", "table");
	add(&a, INVENTORY_TABLE, "public.y", "", "table");
	add(&b, INVENTORY_TABLE, "public.y", "", "table");
	add(&b, INVENTORY_TABLE, "public.x", "", "table");
	Comparison comparison = compare(&a, &b, "");
	assert_int_equal(comparison.differences.count, 0);
	assert_true(str_equal(inventory_hash(&arena, &a, INVENTORY_KINDS),
		inventory_hash(&arena, &b, INVENTORY_KINDS)));
	b.objects.items[0].definition = STR("view");
	assert_false(str_equal(inventory_hash(&arena, &a, INVENTORY_TABLE),
		inventory_hash(&arena, &b, INVENTORY_TABLE)));
	assert_true(str_equal(inventory_hash(&arena, &a, INVENTORY_VIEW),
		inventory_hash(&arena, &b, INVENTORY_VIEW)));
}

TEST(what_is_missing_counts_once)
{
	Inventory a = {0}, b = {0};
	add(&a, INVENTORY_SCHEMA, "app", "", "owner me");
	add(&a, INVENTORY_TABLE, "app.t", "schema app", "table");
	add(&a, INVENTORY_COLUMN, "app.t.a", "table app.t", "integer");
	add(&a, INVENTORY_TABLE, "public.t", "schema public", "table");
	add(&b, INVENTORY_COLUMN, "public.t.a", "table public.t", "integer");
	Comparison comparison = compare(&a, &b, "");
	assert_int_equal(comparison.differences.count, 3);
	assert_int_equal(comparison.differences.items[0].parts, 2);
	assert_int_equal(comparison.differences.items[0].state, DIFFERENCE_REFERENCE_ONLY);
	assert_int_equal(comparison.differences.items[2].state, DIFFERENCE_TARGET_ONLY);
	assert_int_equal(comparison.kinds[INVENTORY_TABLE].differences, 2);
}

TEST(what_may_differ)
{
	static const struct {
		const char *line;
		size_t ignored;
	} table[] = {{"", 0}, {"# *", 0}, {"public.t", 2}, {"table public.*", 2}, {"column *", 1},
		{"public.t.\"a/(b)\"", 1}, {"*\"", 1}, {"!nothing", 0}, {"public.u", 0},
		{"  public.{t,u}  ", 2}, {"*", 2}};
	for (size_t i = 0; i < COUNT(table); i++) {
		Inventory a = {0}, b = {0};
		add(&a, INVENTORY_TABLE, "public.t", "schema public", "table");
		add(&a, INVENTORY_COLUMN, "public.t.\"a/(b)\"", "table public.t", "integer");
		assert_int_equal(compare(&a, &b, table[i].line).ignored, table[i].ignored);
	}
}

TEST(lines_that_take_nothing)
{
	Inventory a = {0}, b = {0};
	Comparison comparison;
	Err notes = {.arena = &arena};
	Ignore ignore = ignore_read(
		&arena, STR("# ours\npublic.t\nview *\ntable public.*\npublic.\x1b[1m\n"));
	add(&a, INVENTORY_TABLE, "public.t", "schema public", "table");
	add(&a, INVENTORY_TABLE, "public.u", "schema public", "table");
	add(&b, INVENTORY_TABLE, "public.u", "schema public", "table");
	compare_inventories(&arena, &a, &b, &ignore, &comparison);
	ignore_find_unused(&ignore, &notes);
	assert_int_equal(comparison.ignored, 1);
	assert_int_equal(notes.count, 1);
	assert_true(str_contains(notes.first->message,
		STR("these lines take nothing that differs: view *, public.")));
	assert_false(str_contains(notes.first->message, STR("\x1b")));
}

TEST(no_line_and_no_note)
{
	Err notes = {.arena = &arena};
	Ignore ignore = ignore_read(&arena, STR("# nothing\n\n"));
	ignore_find_unused(&ignore, &notes);
	assert_int_equal(notes.count, 0);
}

static bool is_same_view(const char *older, const char *newer, int newer_version)
{
	return view_text_is_same(
		&(ViewTexts){str_from(older), str_from(newer), 150000, newer_version});
}

TEST(views_of_two_versions)
{
	assert_true(is_same_view("SELECT t.a, t.\"B\" FROM t", "SELECT a, \"B\" FROM t", 170000));
	assert_true(is_same_view("SELECT \"T\".a FROM \"T\" WHERE x.b = \"T\".a",
		"SELECT a FROM \"T\" WHERE x.b = a", 160000));
	assert_false(is_same_view("SELECT t.a FROM t", "SELECT a FROM t", 150005));
	assert_false(is_same_view("SELECT t.a FROM t", "SELECT b FROM t", 170000));
	assert_false(is_same_view("SELECT t.a, u.b FROM t", "SELECT a, b FROM t", 170000));
	assert_false(is_same_view("SELECT t.a FROM t", "SELECT a FROM t WHERE a", 170000));
	assert_false(is_same_view("SELECT 't.a'", "SELECT 'a'", 170000));
	assert_false(is_same_view("", "SELECT 1", 170000));
}

TEST(names_are_taken_apart)
{
	PartName name =
		object_name_read(&arena, INVENTORY_POLICY, STR("public.\"A.\"\"b\".\"c d\""));
	assert_true(str_equal(name.schema, STR("public")) && str_equal(name.object, STR("A.\"b")) &&
		    str_equal(name.part, STR("c d")));
	name = object_name_read(
		&arena, INVENTORY_PRIVILEGES, STR("function public.f(text, public.t)"));
	assert_true(str_equal(name.schema, STR("public")) && str_equal(name.object, STR("f")) &&
		    !name.part.len);
	name = object_name_read(&arena, INVENTORY_EXTENSION, STR("\"uuid-ossp\""));
	assert_true(str_equal(name.object, STR("uuid-ossp")) && !name.schema.len);
	name = object_name_read(&arena, INVENTORY_TABLE, STR("\"unfinished"));
	assert_true(str_equal(name.schema, STR("unfinished")) && !name.object.len);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(order_does_not_matter),
		cmocka_unit_test(what_is_missing_counts_once), cmocka_unit_test(what_may_differ),
		cmocka_unit_test(lines_that_take_nothing), cmocka_unit_test(no_line_and_no_note),
		cmocka_unit_test(views_of_two_versions), cmocka_unit_test(names_are_taken_apart)};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_release(&arena);
	return failed;
}
