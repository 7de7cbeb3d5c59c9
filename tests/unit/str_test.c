/* base/str: views, UTF-8, quoting, the builder's maximum. */
#include "check.h"

TEST(utf8_length_accepts_exactly_the_well_formed_sequences)
{
	static const struct {
		const char *label, *bytes;
		size_t length;
	} rows[] = {
		{"ASCII", "a", 1},
		{"the last of one byte", "\x7F", 1},
		{"U+0080, the first of two bytes", "\xC2\x80", 2},
		{"U+07FF", "\xDF\xBF", 2},
		{"U+0800, the first of three bytes", "\xE0\xA0\x80", 3},
		{"U+D7FF, before the surrogates", "\xED\x9F\xBF", 3},
		{"U+E000, behind the surrogates", "\xEE\x80\x80", 3},
		{"U+FFFF", "\xEF\xBF\xBF", 3},
		{"U+10000, the first of four bytes", "\xF0\x90\x80\x80", 4},
		{"U+10FFFF, the last", "\xF4\x8F\xBF\xBF", 4},
		{"a lone continuation", "\x80", 0},
		{"the last lone continuation", "\xBF", 0},
		{"overlong NUL", "\xC0\x80", 0},
		{"overlong U+007F", "\xC1\xBF", 0},
		{"overlong in three bytes", "\xE0\x9F\xBF", 0},
		{"overlong in four bytes", "\xF0\x8F\xBF\xBF", 0},
		{"the first surrogate", "\xED\xA0\x80", 0},
		{"the last surrogate", "\xED\xBF\xBF", 0},
		{"above U+10FFFF", "\xF4\x90\x80\x80", 0},
		{"F5", "\xF5\x80\x80\x80", 0},
		{"FE", "\xFE", 0},
		{"FF", "\xFF", 0},
		{"cut after one of two", "\xC3", 0},
		{"cut after two of three", "\xE2\x82", 0},
		{"cut after three of four", "\xF0\x9F\x98", 0},
		{"a letter instead of the second byte", "\xC3z", 0},
		{"a letter instead of the third byte", "\xE2\x82z", 0},
		{"a letter instead of the fourth byte", "\xF0\x9F\x98z", 0},
		{"empty", "", 0},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Str s = check_exact(&scratch, str_from(rows[i].bytes));
		check_that(rows[i].label, str_utf8_length(s) == rows[i].length);
	}
}

TEST(utf8_offsets_count_characters_and_invalid_bytes_one_each)
{
	Str s = STR("a\xC3\xA4\xFF\xE2\x82\xAC!");
	static const size_t offsets[] = {0, 1, 3, 4, 7, 8, 8, 8};
	for (size_t i = 0; i < COUNT(offsets); i++)
		assert_int_equal(str_utf8_offset(s, i), offsets[i]);
	assert_int_equal(str_utf8_offset(s, SIZE_MAX), s.len);
	assert_int_equal(str_utf8_count(s), 5);
	assert_int_equal(str_utf8_count((Str){0}), 0);
	assert_int_equal(str_utf8_invalid(s), 3);
	assert_int_equal(str_utf8_invalid(STR("gr\xC3\xBC\xC3\x9F")), 6);
	assert_int_equal(str_utf8_invalid(STR("cut\xC3")), 3);
	assert_int_equal(str_utf8_invalid((Str){0}), 0);
}

TEST(compare_orders_by_unsigned_bytes_and_a_prefix_first)
{
	static const struct {
		const char *a, *b;
		int order;
	} rows[] = {
		{"", "", 0},
		{"", "a", -1},
		{"a", "a", 0},
		{"a", "b", -1},
		{"10", "9", -1},
		{"1", "10", -1},
		{"z", "\xC3\xA4", -1},
		{"2024", "20240101000000", -1},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		int order = str_compare(str_from(rows[i].a), str_from(rows[i].b));
		int back = str_compare(str_from(rows[i].b), str_from(rows[i].a));
		check_that(rows[i].a, (order > 0) - (order < 0) == rows[i].order);
		check_that(rows[i].a, (back > 0) - (back < 0) == -rows[i].order);
	}
}

TEST(parts_of_a_view_never_leave_it)
{
	Str s = STR("abc");
	check_str(str_skip(s, 1), STR("bc"));
	check_str(str_skip(s, 3), STR(""));
	check_str(str_skip(s, SIZE_MAX), STR(""));
	check_str(str_head(s, 2), STR("ab"));
	check_str(str_head(s, SIZE_MAX), STR("abc"));
	check_str(str_skip((Str){0}, 5), (Str){0});
	assert_true(str_starts(s, STR("ab")) && str_starts(s, STR("")) && str_ends(s, STR("bc")));
	assert_false(str_starts(s, STR("abcd")) || str_ends(s, STR("abcd")));
	assert_true(str_contains(s, STR("b")) && str_contains(s, STR("abc")));
	assert_true(str_contains(s, STR("")) && str_contains((Str){0}, (Str){0}));
	assert_false(str_contains(s, STR("abcd")) || str_contains((Str){0}, STR("a")));
	assert_false(str_equal(STR("a\0b"), STR("a\0c")));
	assert_true(str_equal((Str){0}, STR("")));
	assert_int_equal(str_from(NULL).len, 0);
}

TEST(trim_takes_ascii_white_space_off_both_ends_only)
{
	check_str(str_trim(STR(" \t\r\n\v\f a b \f\v\n\r\t ")), STR("a b"));
	check_str(str_trim(STR(" \n ")), STR(""));
	check_str(str_trim(STR("\xC2\xA0x")), STR("\xC2\xA0x"));
	check_str(str_trim((Str){0}), (Str){0});
}

TEST(next_cuts_parts_and_ends_once)
{
	static const struct {
		const char *text;
		size_t count;
		const char *parts[4];
	} rows[] = {
		{"a,b,c", 3, {"a", "b", "c"}},
		{"a", 1, {"a"}},
		{"", 1, {""}},
		{",", 2, {"", ""}},
		{"a,,", 3, {"a", "", ""}},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		Str rest = str_from(rows[i].text), part;
		size_t count = 0;
		for (; str_next(&rest, ',', &part); count++) {
			check_that(rows[i].text, count < rows[i].count);
			check_row(rows[i].text, part, str_from(rows[i].parts[count]));
		}
		check_that(rows[i].text, count == rows[i].count);
		assert_false(str_next(&rest, ',', &part));
	}
}

/* What a POSIX shell makes of one word: quotes are taken off, a backslash outside of them, too. */
static Str shell_reads(Arena *arena, Str word)
{
	Buf buf = buf_new(arena, word.len);
	bool quoted = false;
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] == '\'')
			quoted = !quoted;
		else if (word.ptr[i] == '\\' && !quoted)
			buf_add_char(&buf, word.ptr[++i]);
		else
			buf_add_char(&buf, word.ptr[i]);
	}
	assert_false(quoted);
	return buf_str(&buf);
}

TEST(shell_words_are_quoted_only_where_needed_and_read_back)
{
	static const struct {
		Str plain, quoted;
	} rows[] = {
		{STR_INIT("supabase/migrations/1_a.sql"), STR_INIT("supabase/migrations/1_a.sql")},
		{STR_INIT("a-b_c:d=e@f%g+h,i"), STR_INIT("a-b_c:d=e@f%g+h,i")},
		{STR_INIT(""), STR_INIT("''")},
		{STR_INIT("a b"), STR_INIT("'a b'")},
		{STR_INIT("it's"), STR_INIT("'it'\\''s'")},
		{STR_INIT("'"), STR_INIT("''\\'''")},
		{STR_INIT("''''"), STR_INIT("''\\'''\\'''\\'''\\'''")},
		{STR_INIT("$(rm -r x)"), STR_INIT("'$(rm -r x)'")},
		{STR_INIT("a\nb"), STR_INIT("'a\nb'")},
		{STR_INIT("a\\b"), STR_INIT("'a\\b'")},
		{STR_INIT("~"), STR_INIT("'~'")},
		{STR_INIT("*?[a]"), STR_INIT("'*?[a]'")},
		{STR_INIT("gr\xC3\xBC\xC3\x9F"
			  "e"),
			STR_INIT("'gr\xC3\xBC\xC3\x9F"
				 "e'")},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Str quoted = str_shell(&scratch, rows[i].plain);
		check_str(quoted, rows[i].quoted);
		check_str(shell_reads(&scratch, quoted), rows[i].plain);
	}
	for (int c = 1; c < 256; c++) {
		char text[] = {'x', (char)c, 'y'};
		Str plain = {text, sizeof text};
		check_str(shell_reads(&scratch, str_shell(&scratch, plain)), plain);
	}
}

TEST(visible_text_is_one_line_of_valid_utf8)
{
	static const struct {
		Str text, shown;
	} rows[] = {
		{STR_INIT(""), STR_INIT("")},
		{STR_INIT("plain"), STR_INIT("plain")},
		{STR_INIT("\xC3\xA4\xF0\x9F\x98\x80"), STR_INIT("\xC3\xA4\xF0\x9F\x98\x80")},
		{STR_INIT("a\nb"), STR_INIT("a\\nb")},
		{STR_INIT("a\rb\tc"), STR_INIT("a\\x0db\\x09c")},
		{STR_INIT("\0\x1B[31m\x7F"), STR_INIT("\\x00\\x1b[31m\\x7f")},
		{STR_INIT("\xFF\xC3"), STR_INIT("\\xff\\xc3")},
		{STR_INIT("\xED\xA0\x80"), STR_INIT("\\xed\\xa0\\x80")},
		{STR_INIT("\xC2\x9B"
			  "2J"),
			STR_INIT("\\xc2\\x9b2J")},
		{STR_INIT("\xE2\x80\xAEtxt.sql"), STR_INIT("\\xe2\\x80\\xaetxt.sql")},
		{STR_INIT("\xC2\xA0\xE2\x80\xA6"), STR_INIT("\xC2\xA0\xE2\x80\xA6")},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row("", str_visible(&scratch, check_exact(&scratch, rows[i].text)),
			rows[i].shown);
}

TEST(a_buf_never_grows_above_its_maximum)
{
	ARENA_SCRATCH(scratch);
	Buf buf = buf_new(&scratch, 5);
	check_str(buf_str(&buf), STR(""));
	buf_add(&buf, STR("abc"));
	assert_false(buf.full);
	buf_add(&buf, STR("def"));
	assert_true(buf.full);
	check_str(buf_str(&buf), STR("abcde"));
	buf_add_char(&buf, 'f');
	check_str(buf_str(&buf), STR("abcde"));
}

TEST(a_full_buf_is_cut_between_characters)
{
	static const struct {
		size_t max;
		const char *text, *kept;
	} rows[] = {
		{0, "\xE2\x82\xAC", ""},
		{1, "\xE2\x82\xAC", ""},
		{2, "\xE2\x82\xAC", ""},
		{3, "\xE2\x82\xAC", "\xE2\x82\xAC"},
		{4, "a\xE2\x82\xAC", "a\xE2\x82\xAC"},
		{3, "a\xE2\x82\xAC", "a"},
		{4, "\xF0\x9F\x98\x80z", "\xF0\x9F\x98\x80"},
		{3, "abcd", "abc"},
		{2, "\x80\x80\x80", ""},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Buf buf = buf_new(&scratch, rows[i].max);
		buf_add(&buf, check_exact(&scratch, str_from(rows[i].text)));
		check_row(rows[i].text, buf_str(&buf), str_from(rows[i].kept));
		assert_int_equal(buf.full, strlen(rows[i].kept) < strlen(rows[i].text));
		buf_add_char(&buf, 'x'); /* behind something cut off nothing follows */
		check_that(rows[i].text,
			!buf.full || str_equal(buf_str(&buf), str_from(rows[i].kept)));
	}
}

TEST(a_buf_takes_exactly_its_maximum)
{
	ARENA_SCRATCH(scratch);
	Buf buf = buf_new(&scratch, 6);
	buf_format(&buf, "%s-%d", "abc", 42);
	check_str(buf_str(&buf), STR("abc-42"));
	assert_false(buf.full);
	buf_add(&buf, STR(""));
	assert_false(buf.full);
	buf_add_char(&buf, 'x');
	assert_true(buf.full);
	Buf none = buf_new(&scratch, 0);
	buf_add_char(&none, 'x');
	assert_true(none.full);
}

TEST(a_buf_keeps_its_content_while_it_grows)
{
	ARENA_SCRATCH(scratch);
	Buf buf = buf_new(&scratch, SIZE_MAX);
	for (size_t i = 0; i < 10000; i++)
		buf_format(&buf, "%04zu,", i);
	Str rest = buf_str(&buf), part;
	for (unsigned long i = 0; i < 10000; i++) {
		assert_true(str_next(&rest, ',', &part));
		assert_int_equal(strtoul(str_z(&scratch, part), NULL, 10), i);
	}
	check_str(rest, STR(""));
}

TEST(copies_end_with_nul_and_formats_take_foreign_lengths)
{
	ARENA_SCRATCH(scratch);
	Str s = EXACT(&scratch, "abc");
	assert_string_equal(str_z(&scratch, s), "abc");
	assert_string_equal(str_z(&scratch, (Str){0}), "");
	check_str(str_copy(&scratch, s), s);
	check_str(
		str_format(&scratch, "<%.*s|%.*s>", STR_ARG(s), STR_ARG((Str){0})), STR("<abc|>"));
}

TEST(all_but_unreserved_characters_are_encoded)
{
	ARENA_SCRATCH(scratch);
	check_str(str_percent(&scratch, STR("aZ09-._~")), STR("aZ09-._~"));
	check_str(str_percent(&scratch, STR("feature/a b?#%:@+&=")),
		STR("feature%2Fa%20b%3F%23%25%3A%40%2B%26%3D"));
	check_str(str_percent(&scratch, EXACT(&scratch, "\xC3\xA4\n\0")), STR("%C3%A4%0A%00"));
	check_str(str_percent(&scratch, STR("")), STR(""));
}

static void test_concat_joins_views(void **state)
{
	(void)state;
	ARENA_SCRATCH(arena);
	const Str parts[] = {STR("a"), {0}, STR("bc"), STR("")};
	Str all = str_concat(&arena, parts, 4);
	assert_true(str_equal(all, STR("abc")) && all.ptr[all.len] == '\0');
	assert_int_equal(str_concat(&arena, NULL, 0).len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_concat_joins_views),
		cmocka_unit_test(utf8_length_accepts_exactly_the_well_formed_sequences),
		cmocka_unit_test(utf8_offsets_count_characters_and_invalid_bytes_one_each),
		cmocka_unit_test(compare_orders_by_unsigned_bytes_and_a_prefix_first),
		cmocka_unit_test(parts_of_a_view_never_leave_it),
		cmocka_unit_test(trim_takes_ascii_white_space_off_both_ends_only),
		cmocka_unit_test(next_cuts_parts_and_ends_once),
		cmocka_unit_test(shell_words_are_quoted_only_where_needed_and_read_back),
		cmocka_unit_test(visible_text_is_one_line_of_valid_utf8),
		cmocka_unit_test(a_buf_never_grows_above_its_maximum),
		cmocka_unit_test(a_full_buf_is_cut_between_characters),
		cmocka_unit_test(a_buf_takes_exactly_its_maximum),
		cmocka_unit_test(all_but_unreserved_characters_are_encoded),
		cmocka_unit_test(a_buf_keeps_its_content_while_it_grows),
		cmocka_unit_test(copies_end_with_nul_and_formats_take_foreign_lengths),
	};
	return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
