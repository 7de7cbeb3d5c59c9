/* wrap/yaml: the types and property names of js-yaml 4.1.0, its rules for keys and merges, and the
 * limits. What is expected was observed with js-yaml. */
#include "check.h"

#include "wrap/yaml.h"

static YamlNode *parse(Arena *arena, Str text)
{
	Err err = {.arena = arena};
	YamlNode *root = NULL;
	if (!yaml_parse(arena, check_exact(arena, text), &root, &err)) {
		print_error("%.*s: %.*s\n", STR_ARG(text), STR_ARG(err.first->message));
		fail();
	}
	return root;
}

static Fault *parse_error(Arena *arena, Str text)
{
	Err *err = arena_new(arena, Err);
	YamlNode *root;
	err->arena = arena;
	check_that(text.ptr, !yaml_parse(arena, check_exact(arena, text), &root, err));
	assert_int_equal(err->count, 1);
	assert_int_equal(err->first->kind, ERR_INPUT);
	return err->first;
}

TEST(plain_scalars_have_the_types_of_js_yaml)
{
	static const struct {
		YamlKind kind;
		const char *texts[24];
	} table[] = {
		{YAML_KIND_NULL, {"~", "null", "Null", "NULL"}},
		{YAML_KIND_BOOL, {"true", "True", "TRUE", "false", "False", "FALSE"}},
		{YAML_KIND_INT, {"0", "-0", "+1", "017", "1_000", "0b101", "0o17", "0x1F", "-0x1_f",
					"0b1_0", "00"}},
		{YAML_KIND_FLOAT, {"1.5", "1.", "1e3", "-1.5E-3", ".5", "._1", ".5e1", ".inf",
					  "-.Inf", "+.INF", ".nan", ".NaN", "0._1"}},
		{YAML_KIND_TIMESTAMP,
			{"2024-01-01", "2024-1-1 1:02:03", "2024-01-01T10:00:00Z",
				"2024-01-01t10:00:00.5 +2", "2024-01-01 10:00:00.-02:30"}},
		{YAML_KIND_STRING, {"yes", "no", "on", "off", "y", "nUll", "tRUE", "0X1F", "0b2",
					   "0o8", "0xg", "1_", "_1", "0x_", "0b", "+", ".", "+.5",
					   "1e", "1e+", "1.5_", "2024-1-1", "<<"}},
		{YAML_KIND_STRING, {"1.2.3", "-.nan", "2024-01-01T10:00", "2024-01-011",
					   "2024-01-01 1:2:3", "1,000", "1 000", ".e1"}},
	};
	for (size_t i = 0; i < COUNT(table); i++)
		for (size_t k = 0; k < COUNT(table[i].texts) && table[i].texts[k]; k++) {
			ARENA_SCRATCH(scratch);
			YamlNode *node =
				parse(&scratch, str_format(&scratch, "a: %s", table[i].texts[k]));
			check_that(table[i].texts[k], node->pairs[0].value->kind == table[i].kind);
			check_row(table[i].texts[k], node->pairs[0].value->text,
				str_from(table[i].texts[k]));
		}
}

TEST(keys_are_named_as_javascript_names_properties)
{
	static const char *const table[][2] = {{"0x10", "16"}, {"1_0", "10"}, {"-0", "0"},
		{"0o17", "15"}, {"0b11", "3"}, {"-5", "-5"}, {"+5", "5"}, {"017", "17"},
		{"1.50", "1.5"}, {"1.0", "1"}, {"1e3", "1000"}, {"1e21", "1e+21"},
		{"1e20", "100000000000000000000"}, {"1e-6", "0.000001"}, {"1e-7", "1e-7"},
		{"0.1", "0.1"}, {"123456789012345678901234567890", "1.2345678901234568e+29"},
		{"5e-324", "5e-324"}, {"1e400", "Infinity"}, {"-1e400", "-Infinity"},
		{".inf", "Infinity"}, {"-.inf", "-Infinity"}, {".nan", "NaN"},
		{"1.25e-9", "1.25e-9"}, {"~", "null"}, {"Null", "null"}, {"TRUE", "true"},
		{"False", "false"}, {"yes", "yes"}, {"'1.0'", "1.0"}, {"2024-01-01", "2024-01-01"},
		{"9007199254740993", "9007199254740992"}, {"-1.5", "-1.5"}, {"._1", "0.1"}};
	for (size_t i = 0; i < COUNT(table); i++) {
		ARENA_SCRATCH(scratch);
		YamlNode *node = parse(&scratch, str_format(&scratch, "%s: x", table[i][0]));
		check_row(table[i][0], node->pairs[0].name, str_from(table[i][1]));
	}
}

/* Names of a mapping's properties, each with its value. */
static Str shown(Arena *arena, const YamlNode *node)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < node->count; i++)
		buf_format(&buf, "%s%.*s=%.*s", i ? " " : "", STR_ARG(node->pairs[i].name),
			STR_ARG(node->pairs[i].value->text));
	return buf_str(&buf);
}

TEST(properties_have_the_order_of_javascript)
{
	static const char *const table[][2] = {
		{"{b: 1, 10: 2, a: 3, 2: 4}", "2=4 10=2 b=1 a=3"},
		{"{x: 1, 4294967295: 2, 4294967294: 3, '01': 4, -1: 5}",
			"4294967294=3 x=1 4294967295=2 01=4 -1=5"},
		{"{<<: {k: 1, l: 2}, k: 3, m: 4}", "k=3 l=2 m=4"},
		{"{k: 3, <<: {l: 2, k: 1}}", "k=3 l=2"},
		{"{<<: [{k: 1}, {k: 2, l: 2}], 7: x}", "7=x k=1 l=2"},
		{"{<<: {k: 1}, <<: {k: 2, l: 2}}", "k=1 l=2"},
		{"{'<<': x}", "<<=x"},
		{"{<<: []}", ""},
		{"{__proto__: a, constructor: b}", "__proto__=a constructor=b"},
		{"{<<: &a {b: 1}, c: 2}", "b=1 c=2"},
	};
	for (size_t i = 0; i < COUNT(table); i++) {
		ARENA_SCRATCH(scratch);
		check_row(table[i][0], shown(&scratch, parse(&scratch, str_from(table[i][0]))),
			str_from(table[i][1]));
	}
}

TEST(aliases_share_their_node)
{
	ARENA_SCRATCH(scratch);
	YamlNode *root = parse(&scratch, STR("a: &x [b, c]\nd: [*x, *x]\ne: &x f\ng: *x\n"));
	YamlNode *list = root->pairs[0].value;
	assert_ptr_equal(root->pairs[1].value->items[0], list);
	assert_ptr_equal(root->pairs[1].value->items[1], list);
	assert_int_equal(root->pairs[1].value->weight, 7);
	check_str(root->pairs[3].value->text, STR("f"));
}

TEST(places_count_characters)
{
	ARENA_SCRATCH(scratch);
	YamlNode *root = parse(
		&scratch, STR("\xEF\xBB\xBF# \xC3\xA9\r\na:\r\n  - {\xF0\x9F\x98\x80: b}\r\n"));
	YamlNode *map = root->pairs[0].value->items[0];
	assert_int_equal(root->pairs[0].key->line, 2);
	assert_int_equal(root->pairs[0].key->col, 1);
	assert_int_equal(map->line, 3);
	assert_int_equal(map->col, 5);
	assert_int_equal(map->pairs[0].value->col, 9);
}

TEST(a_last_line_without_an_end_gets_one)
{
	ARENA_SCRATCH(scratch);
	check_str(parse(&scratch, STR("a: |\n  x"))->pairs[0].value->text, STR("x\n"));
	check_str(parse(&scratch, STR("a: |-\n  x"))->pairs[0].value->text, STR("x"));
}

TEST(no_document_is_a_null)
{
	static const char *const texts[] = {"", "\n", "# c", "---", "---\n...\n", "\xEF\xBB\xBF"};
	for (size_t i = 0; i < COUNT(texts); i++) {
		ARENA_SCRATCH(scratch);
		check_that(texts[i], parse(&scratch, str_from(texts[i]))->kind == YAML_KIND_NULL);
	}
}

TEST(errors_tell_the_place_and_the_usual_cause)
{
	static const struct {
		const char *text;
		size_t line, col;
		const char *message, *hint;
	} table[] = {
		{"a:\n  - *.js", 2, 5, "alias", "quote the pattern: '*.js'"},
		{"a:\n  - **/*.md # c\n", 2, 5, "alias", "quote the pattern: '**/*.md'"},
		{"a: [x, *.js, y]", 1, 8, "alias", "quote the pattern: '*.js'"},
		{"a:\n  - *unknown", 2, 5, "no anchor &unknown", "quote the pattern: '*unknown'"},
		{"a:\n  - !docs/**", 2, 5, "no tag !docs/**", "quote the pattern: '!docs/**'"},
		{"a:\n  - added: !it's\n", 2, 12, "no tag", "quote the pattern: '!it''s'"},
		{"a:\n  - {a,b}/**", 2, 10, "invalid YAML", "quote the pattern: '{a,b}/**'"},
		{"a:\n  - [ab]*", 2, 9, "invalid YAML", "quote the pattern: '[ab]*'"},
		{"a:\n  - @x", 2, 5, "cannot start any token", "quote the pattern: '@x'"},
		{"a:\n  - `x`", 2, 5, "cannot start any token", "quote the pattern: '`x`'"},
		{"a:\n  - %x", 2, 5, "cannot start any token", "quote the pattern: '%x'"},
		{"a: &b/**", 1, 4, "anchor", "quote the pattern: '&b/**'"},
		{"&a: b", 1, 1, "letters, digits, - and _", ""},
		{"a:\n\t- b", 2, 1, "a tab character is used as indentation", "indent with blanks"},
		{"a: b\na: c", 2, 1, "the key 'a' is there twice", ""},
		{"1: b\n'1': c", 2, 1, "the key '1' is there twice", ""},
		{"a: b\n---\nc: d", 2, 1, "only one YAML document", ""},
		{"a: [?x]", 1, 6, "begins with ? needs quotes", ""},
		{"[a]: b", 1, 1, "cannot be a key", ""},
		{"a: !!int x", 1, 4, "does not fit the tag !!int", ""},
		{"a: !!set {b: c}", 1, 4, "does not fit the tag !!set", ""},
		{"<<: a", 1, 5, "only a map can be merged", ""},
		{"a: &x [*x]", 1, 8, "inside what it names", "quote the pattern: '*x'"},
		{"a: \xE2\x80\xA8", 1, 4, "write \\L in double quotes", ""},
		{"a: b\nc: \xFF", 2, 4, "invalid YAML", ""},
		{"a: 'b", 2, 1, "invalid YAML", ""},
		{"a: x\001", 1, 5, "control characters", ""},
		{"a: b: c", 1, 5, "mapping values are not allowed", ""},
	};
	for (size_t i = 0; i < COUNT(table); i++) {
		ARENA_SCRATCH(scratch);
		Fault *fault = parse_error(&scratch, str_from(table[i].text));
		check_that(table[i].text, str_contains(fault->message, str_from(table[i].message)));
		check_that(table[i].text, str_starts(fault->hint, str_from(table[i].hint)));
		check_that(table[i].text, fault->line == table[i].line);
		check_that(table[i].text, fault->col == table[i].col);
		check_that(table[i].text, table[i].hint[0] || !fault->hint.len);
	}
}

TEST(tags_of_the_default_schema)
{
	ARENA_SCRATCH(scratch);
	YamlNode *root =
		parse(&scratch, STR("s: !!str 1\nn: ! 1\nb: !!binary aGk=\no: !!omap [a: b, c: d]\n"
				    "p: !!pairs [a: b, a: c]\nt: !!set {x, y}\ne: !!map\nf: "
				    "!!float 1\ng: !!seq []\n"));
	static const YamlKind kinds[] = {YAML_KIND_STRING, YAML_KIND_STRING, YAML_KIND_BINARY,
		YAML_KIND_SEQUENCE, YAML_KIND_SEQUENCE, YAML_KIND_MAPPING, YAML_KIND_MAPPING,
		YAML_KIND_FLOAT, YAML_KIND_SEQUENCE};
	assert_int_equal(root->count, COUNT(kinds));
	for (size_t i = 0; i < COUNT(kinds); i++)
		assert_int_equal(root->pairs[i].value->kind, kinds[i]);
	YamlNode *pair = root->pairs[4].value->items[1];
	check_str(pair->items[0]->text, STR("a"));
	check_str(pair->items[1]->text, STR("c"));
}

/* Each list has the one before nine times. */
TEST(aliases_cannot_be_used_to_blow_a_document_up)
{
	ARENA_SCRATCH(scratch);
	Buf buf = buf_new(&scratch, SIZE_MAX);
	buf_add(&buf, STR("a0: &a0 [x, x, x, x, x, x, x, x, x]\n"));
	for (int i = 1; i < 12; i++) {
		buf_format(&buf, "a%d: &a%d [", i, i);
		for (int k = 0; k < 9; k++)
			buf_format(&buf, "%s*a%d", k ? ", " : "", i - 1);
		buf_add(&buf, STR("]\n"));
	}
	check_contains(parse_error(&scratch, buf_str(&buf))->message, "more than 300000 nodes");
	buf = buf_new(&scratch, SIZE_MAX);
	buf_add(&buf, STR("a: &a {"));
	for (int i = 0; i < 10000; i++)
		buf_format(&buf, "k%d: v, ", i);
	buf_add(&buf, STR("}\n"));
	for (int i = 0; i < 1000; i++)
		buf_format(&buf, "b%d: {<<: *a}\n", i);
	check_contains(parse_error(&scratch, buf_str(&buf))->message, "more than 300000 nodes");
}

TEST(size_depth_and_anchors_are_limited)
{
	ARENA_SCRATCH(scratch);
	Str open = check_repeat(&scratch, "[", YAML_MAX_DEPTH);
	Str close = check_repeat(&scratch, "]", YAML_MAX_DEPTH);
	parse(&scratch, str_format(&scratch, "%.*s%.*s", STR_ARG(open), STR_ARG(close)));
	Str deeper = str_format(&scratch, "[%.*s%.*s]", STR_ARG(open), STR_ARG(close));
	check_contains(parse_error(&scratch, deeper)->message, "more than 64 deep");
	Str brackets = check_repeat(&scratch, "[", YAML_MAX_SIZE);
	check_contains(parse_error(&scratch, brackets)->message, "more than 64 deep");
	Str large = check_repeat(&scratch, "- a\n", YAML_MAX_SIZE / 4);
	assert_int_equal(parse(&scratch, large)->count, YAML_MAX_SIZE / 4);
	Str larger = check_repeat(&scratch, " ", YAML_MAX_SIZE + 1);
	check_contains(parse_error(&scratch, larger)->message, "more than 1048576 bytes");
	Str anchors = check_repeat(&scratch, "- &a b\n", YAML_MAX_ANCHORS + 1);
	check_contains(parse_error(&scratch, anchors)->message, "more than 1000 anchors");
}

TEST(many_keys_take_no_quadratic_time)
{
	ARENA_SCRATCH(scratch);
	Buf buf = buf_new(&scratch, SIZE_MAX);
	for (int i = 0; i < 80000; i++)
		buf_format(&buf, "k%d: v\n", i);
	YamlNode *root = parse(&scratch, buf_str(&buf));
	assert_int_equal(root->count, 80000);
	check_str(root->pairs[79999].name, STR("k79999"));
}

TEST(the_version_is_told)
{
	check_contains(str_from(yaml_library_version()), ".");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_scalars_have_the_types_of_js_yaml),
		cmocka_unit_test(keys_are_named_as_javascript_names_properties),
		cmocka_unit_test(properties_have_the_order_of_javascript),
		cmocka_unit_test(aliases_share_their_node),
		cmocka_unit_test(places_count_characters),
		cmocka_unit_test(a_last_line_without_an_end_gets_one),
		cmocka_unit_test(no_document_is_a_null),
		cmocka_unit_test(errors_tell_the_place_and_the_usual_cause),
		cmocka_unit_test(tags_of_the_default_schema),
		cmocka_unit_test(aliases_cannot_be_used_to_blow_a_document_up),
		cmocka_unit_test(size_depth_and_anchors_are_limited),
		cmocka_unit_test(many_keys_take_no_quadratic_time),
		cmocka_unit_test(the_version_is_told),
	};
	return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
