/* wrap/json: what our outputs are made of. */
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_of_all_kinds_are_printed_compactly),
		cmocka_unit_test(strings_are_escaped_and_always_utf8),
	};
	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
