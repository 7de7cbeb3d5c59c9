/* The catalogue's rows as data, and its lookups. */
#include "check.h"

#include "server/catalog_rows.h"

static const char ORDERS[] =
	"{\"oid\": 16448, \"schema\": \"public\", \"name\": \"orders\", \"kind\": \"r\", \"rows\": -1, "
	"\"rls\": true, \"owned\": true, \"table\": null, \"parents\": null, \"options\": [\"fillfactor=70\"], "
	"\"columns\": [{\"number\": 1, \"name\": \"id\", \"type\": \"bigint\", \"not_null\": true, "
	"\"identity\": \"a\", \"generated\": \"\", \"nulls\": -1}, {\"number\": 3, \"name\": \"a \\\"b\\\"\", "
	"\"type\": \"numeric(8,2)\", \"not_null\": false}], \"constraints\": [{\"oid\": 16450, \"name\": "
	"\"pk\", \"kind\": \"p\", \"valid\": true, \"columns\": [1], \"proves\": null}, {\"name\": "
	"\"fk\", \"kind\": \"f\", \"other\": 16500, \"other_columns\": [2, 1]}], \"indexes\": []}";

static Catalog with(Arena *arena, const char *section, const char *json)
{
	Catalog catalog = {0};
	assert_true(catalog_add_row(arena, &catalog, str_from(section), str_from(json)));
	return catalog;
}

TEST(relations_have_columns_constraints_and_indexes)
{
	ARENA_SCRATCH(arena);
	Catalog catalog = with(&arena, "relation", ORDERS);
	const CatalogRelation *orders = catalog_relation(&catalog, STR("public"), STR("orders"));
	assert_non_null(orders);
	assert_ptr_equal(orders, catalog_relation_by_oid(&catalog, 16448));
	assert_null(catalog_relation(&catalog, STR("other"), STR("orders")));
	assert_int_equal(orders->rows, -1);
	assert_true(orders->has_rls && orders->is_owned);
	assert_int_equal(orders->options.count, 1);
	assert_int_equal(orders->indexes.count, 0);
	const CatalogColumn *id = catalog_column(orders, STR("id"));
	assert_true(id->is_not_null && id->identity == 'a' && !id->generated);
	assert_int_equal(catalog_column(orders, STR("a \"b\""))->number, 3);
	assert_int_equal(orders->constraints.items[0].columns.items[0], 1);
	assert_int_equal(orders->constraints.items[0].proves, 0);
	assert_int_equal(orders->constraints.items[1].other, 16500);
	assert_int_equal(orders->constraints.items[1].other_columns.count, 2);
}

TEST(blockers_say_what_kind_of_thing_they_are)
{
	ARENA_SCRATCH(arena);
	Catalog catalog = with(&arena, "blocker",
		"{\"class\": \"pg_class\", \"of\": 5, \"column\": 2, \"type_only\": true, \"by_class\": "
		"\"pg_rewrite\", \"by\": 7, \"relation\": 8, \"name\": null, \"description\": \"rule _RETURN on view v\"}");
	const CatalogBlocker *blocker = &catalog.blockers.items[0];
	assert_true(blocker->class == CLASS_RELATION && blocker->by_class == CLASS_RULE);
	assert_true(blocker->is_type_only && blocker->column == 2 && blocker->relation == 8);
}

TEST(operator_classes_languages_and_methods_are_read)
{
	ARENA_SCRATCH(arena);
	Catalog catalog = with(&arena, "class",
		"{\"method\": \"gin\", \"schema\": \"extensions\", \"name\": \"gin_trgm_ops\", \"type\": \"text\", "
		"\"sources\": [\"character varying\"], \"default\": false}");
	const CatalogOperatorClass *class = &catalog.classes.items[0];
	check_str(class->method, STR("gin"));
	check_str(class->schema, STR("extensions"));
	check_str(class->name, STR("gin_trgm_ops"));
	check_str(class->type, STR("text"));
	check_str(class->sources.items[0], STR("character varying"));
	assert_false(class->is_default);
	catalog = with(&arena, "server",
		"{\"version\": 170000, \"roles\": true, \"publications\": false, \"languages\": [\"sql\", \"c\"], "
		"\"methods\": [\"btree\"], \"search_path\": \"public\"}");
	assert_int_equal(catalog.languages.count, 2);
	check_str(catalog.methods.items[0], STR("btree"));
	assert_true(catalog.makes_roles && !catalog.makes_publications);
}

TEST(what_is_not_ours_is_refused)
{
	ARENA_SCRATCH(arena);
	Catalog catalog = {0};
	assert_false(catalog_add_row(&arena, &catalog, STR("relation"), STR("{")));
	assert_false(catalog_add_row(&arena, &catalog, STR("relation"), STR("[]")));
	assert_false(catalog_add_row(&arena, &catalog, STR("surprise"), STR("{}")));
}

TEST(a_path_is_names)
{
	ARENA_SCRATCH(arena);
	Names path = catalog_split_path(
		&arena, STR("\"$user\", public,extensions, \"a,\"\"b\"\"\",  "), STR("postgres"));
	assert_int_equal(path.count, 4);
	check_str(path.items[0], STR("postgres"));
	check_str(path.items[1], STR("public"));
	check_str(path.items[2], STR("extensions"));
	check_str(path.items[3], STR("a,\"b\""));
	assert_int_equal(catalog_split_path(&arena, STR("\"\""), STR("")).count, 0);
	assert_int_equal(catalog_split_path(&arena, STR("\"$user\""), STR("")).count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(relations_have_columns_constraints_and_indexes),
		cmocka_unit_test(blockers_say_what_kind_of_thing_they_are),
		cmocka_unit_test(operator_classes_languages_and_methods_are_read),
		cmocka_unit_test(what_is_not_ours_is_refused),
		cmocka_unit_test(a_path_is_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
