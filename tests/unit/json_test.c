/* wrap/json: what our outputs are made of, and what others send. */
#include "check.h"

#include "wrap/json.h"

TEST(values_of_all_kinds_are_printed_compactly)
{
	ARENA_SCRATCH(scratch);
	AUTO_JSON root = json_object();
	json_add_str(root, "text", STR("a"));
	json_add_number(root, "zero", 0);
	json_add_number(root, "large", 1234567890123.0);
	json_add_number(root, "fraction", 0.5);
	Json *list = json_add(root, "list", json_array());
	json_add_str(list, "", STR("b"));
	json_add_number(json_add(list, "", json_object()), "c", -1);
	json_add(root, "empty", json_array());
	check_str(json_print(&scratch, root),
		STR("{\"text\":\"a\",\"zero\":0,\"large\":1234567890123,\"fraction\":0.5,"
		    "\"list\":[\"b\",{\"c\":-1}],\"empty\":[]}"));
}

TEST(strings_are_escaped_and_always_utf8)
{
	static const struct {
		Str value, printed;
	} rows[] = {
		{STR_INIT(""), STR_INIT("[\"\"]")},
		{STR_INIT("a\"b\\c/"), STR_INIT("[\"a\\\"b\\\\c/\"]")},
		{STR_INIT("\n\r\t\b\f"), STR_INIT("[\"\\n\\r\\t\\b\\f\"]")},
		{STR_INIT("\x01\x1B\x1F"), STR_INIT("[\"\\u0001\\u001b\\u001f\"]")},
		{STR_INIT("\xC3\xA4\xF0\x9F\x98\x80"), STR_INIT("[\"\xC3\xA4\xF0\x9F\x98\x80\"]")},
		{STR_INIT("\xFFx\xC3"), STR_INIT("[\"\xEF\xBF\xBDx\xEF\xBF\xBD\"]")},
		{STR_INIT("\xED\xA0\x80"), STR_INIT("[\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"]")},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO_JSON array = json_array();
		json_add_str(array, "", check_exact(&scratch, rows[i].value));
		check_str(json_print(&scratch, array), rows[i].printed);
	}
}

TEST(values_are_read_by_their_path)
{
	ARENA_SCRATCH(scratch);
	AUTO_JSON json = json_parse(STR(" {\"a\":{\"b\":\"x\",\"n\":7,\"t\":true,\"l\":[1,\"two\",{"
					"}]},\"a\":0,\"B\":2} "),
		NULL);
	Str text, reason;
	int64_t number;
	bool truth = false;
	const Json *list;
	assert_non_null(json);
	assert_true(json_read_str(&scratch, json, "a.b", &text, &reason));
	check_str(text, STR("x"));
	assert_true(json_read_int(&scratch, json, "a.n", &number, &reason));
	assert_int_equal(number, 7);
	assert_true(json_read_bool(&scratch, json, "a.t", &truth, &reason));
	assert_true(truth);
	assert_true(json_read_array(&scratch, json, "a.l", &list, &reason));
	assert_int_equal(json_count(list), 3);
	const Json *item = json_next(json_first(list));
	check_str(json_str(item, ""), STR("two"));
	assert_true(json_is_object(json_next(item)));
	assert_null(json_next(json_next(item)));
	check_str(json_name(json_first(json)), STR("a"));
	check_str(json_name(item), STR(""));
	assert_int_equal(json_count(json), 3);
	assert_ptr_equal(json_at(json, ""), json);
}

TEST(what_is_missing_is_named)
{
	ARENA_SCRATCH(scratch);
	AUTO_JSON json = json_parse(STR("{\"a\":{\"b\":null,\"n\":1.5},\"s\":\"x\"}"), NULL);
	Str text, reason;
	int64_t number;
	bool truth;
	const Json *list;
	assert_false(json_read_str(&scratch, json, "a.c", &text, &reason));
	check_str(reason, STR("a.c is missing or not a string"));
	assert_false(json_read_str(&scratch, json, "a.b", &text, &reason));
	assert_false(json_read_str(&scratch, json, "s.x.y", &text, &reason));
	assert_false(json_read_str(&scratch, json, "A", &text, &reason));
	assert_false(json_read_int(&scratch, json, "a.n", &number, &reason));
	check_str(reason, STR("a.n is missing or not an integer"));
	assert_false(json_read_bool(&scratch, json, "s", &truth, &reason));
	check_str(reason, STR("s is missing or not true or false"));
	assert_false(json_read_array(&scratch, json, "", &list, &reason));
	check_str(reason, STR("the document is missing or not a list"));
	check_str(json_str(json, "a"), STR(""));
	assert_null(json_at(NULL, "a"));
	assert_null(json_first(NULL));
	assert_null(json_first(json_at(json, "s")));
	assert_false(json_is_object(NULL));
}

TEST(integers_are_exact)
{
	static const struct {
		const char *text;
		bool valid;
		int64_t value;
	} rows[] = {
		{"0", true, 0},
		{"-0", true, 0},
		{"1e3", true, 1000},
		{"9007199254740991", true, 9007199254740991},
		{"-9007199254740991", true, -9007199254740991},
		{"9007199254740992", false, 0},
		{"9007199254740993", false, 0},
		{"1e300", false, 0},
		{"1e999", false, 0},
		{"0.1", false, 0},
		{"\"1\"", false, 0},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO_JSON json = json_parse(str_from(rows[i].text), NULL);
		int64_t value = 0;
		Str reason;
		assert_non_null(json);
		assert_int_equal(json_read_int(&scratch, json, "", &value, &reason), rows[i].valid);
		assert_int_equal(value, rows[i].value);
	}
}

TEST(a_text_that_is_no_json_is_refused_with_its_place)
{
	static const struct {
		Str text;
		size_t at;
	} rows[] = {
		{STR_INIT(""), 0},
		{STR_INIT("x"), 0},
		{STR_INIT("{\"a\":1}}"), 7},
		{STR_INIT("[1] [2]"), 3},
		{STR_INIT("[]\0"), 2},
		{STR_INIT("{\"a\":\"\0\"}"), 6},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t at = 99;
		AUTO_JSON json = json_parse(check_exact(&scratch, rows[i].text), &at);
		assert_null(json);
		assert_int_equal(at, rows[i].at);
	}
	AUTO_JSON cut = json_parse(EXACT(&scratch, "{\"a\":[1,2"), NULL);
	assert_null(cut);
	AUTO_JSON deep = json_parse(check_repeat(&scratch, "[", 100000), NULL);
	assert_null(deep);
}

TEST(a_zero_character_ends_no_string)
{
	static const struct {
		Str text, value;
	} rows[] = {
		{STR_INIT("\"a\\u0000b\""), STR_INIT("a\xEF\xBF\xBD\x62")},
		{STR_INIT("\"\\u0000\\u0000\""), STR_INIT("\xEF\xBF\xBD\xEF\xBF\xBD")},
		{STR_INIT("\"\\\\u0000\""), STR_INIT("\\u0000")},
		{STR_INIT("\"\\\\\\u0000\""), STR_INIT("\\\xEF\xBF\xBD")},
		{STR_INIT("\"\\u00001\""), STR_INIT("\xEF\xBF\xBD\x31")},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO_JSON json = json_parse(check_exact(&scratch, rows[i].text), NULL);
		check_str(json_str(json, ""), rows[i].value);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_of_all_kinds_are_printed_compactly),
		cmocka_unit_test(strings_are_escaped_and_always_utf8),
		cmocka_unit_test(values_are_read_by_their_path),
		cmocka_unit_test(what_is_missing_is_named),
		cmocka_unit_test(integers_are_exact),
		cmocka_unit_test(a_text_that_is_no_json_is_refused_with_its_place),
		cmocka_unit_test(a_zero_character_ends_no_string),
	};
	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
