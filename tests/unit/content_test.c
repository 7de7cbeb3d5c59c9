/* plan/content, plan/diff and the hash behind them. */
#include "check.h"

#include "plan/content.h"
#include "plan/diff.h"
#include "wrap/crypto.h"

TEST(the_hash_is_sha_256)
{
	static const struct {
		const char *text, *digest;
	} vectors[] = {
		/* FIPS 180-4, examples of NIST */
		{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
		{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
			"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
	};
	for (size_t i = 0; i < COUNT(vectors); i++) {
		ARENA_SCRATCH(scratch);
		CryptoSha256 *hash = crypto_sha256_begin();
		Str text = str_from(vectors[i].text);
		for (size_t k = 0; k < text.len; k++)
			crypto_sha256_add(hash, str_head(str_skip(text, k), 1));
		check_row(vectors[i].text, crypto_sha256_end(&scratch, hash),
			str_from(vectors[i].digest));
	}
}

/* Pairs of texts: the same content, or not. */
static const struct {
	const char *a, *b;
	bool same;
} pairs[] = {
	{"select 1", "SELECT\n\t1;", true},
	{"select 1;;", "/* a /* b */ */ select -- c\r\n1", true},
	{"select 1; select 2", "select 1 select 2;", true},
	{"select 'a\r\nb'", "select 'a\nb'", true},
	{"select $$a\r\nb$$", "select $$a\nb$$", true},
	{"select 'a\rb'", "select 'a\nb'", false},
	{"select 1", "select 2", false},
	{"select 'A'", "select 'a'", false},
	{"select $q$x$q$", "select $q$X$q$", false},
	{"select $q$x$q$", "select $r$x$r$", false},
	{"select \"A\"", "select \"a\"", false},
	{"select A", "select a", true},
	{"select a", "select \"a\"", false},
	{"select \xC3\x84", "select \xC3\xA4", false},
	{"select 1.0", "select 1", false},
	{"select 'a;b'", "select 'ab'", false},
	{"select 'a -- b'", "select 'a '", false},
	{"select a-1", "select a - 1", true},
	{"select a=-1", "select a = - 1", true},
	{"select a@-1", "select a @- 1", true},
	{"select a@-1", "select a @ -1", false},
	{"select a<=b", "select a < = b", false},
	{"select e'a\\'b' ", "SELECT  e'a\\'b'", true},
	{"select x'1F'", "select x '1F'", false},
	{"select ab c", "select a bc", false},
	{"select ''''", "select '' ''", false},
	{"select U&'x' uescape '!'", "select U&'x'  UESCAPE '!'", true},
	{"a\x1f"
	 "1\x1e",
		"a", false},
};

TEST(content_is_what_the_tokens_are)
{
	for (size_t i = 0; i < COUNT(pairs); i++) {
		ARENA_SCRATCH(scratch);
		Str a = content_identity(&scratch, str_from(pairs[i].a));
		Str b = content_identity(&scratch, str_from(pairs[i].b));
		assert_int_equal(a.len, 2 + 64);
		check_that(pairs[i].a, str_equal(a, b) == pairs[i].same);
	}
}

TEST(comments_alone_are_no_content)
{
	static const char *const empty[] = {"", " \r\n", "-- a", "/* b", ";;", " ; -- c\n;"};
	for (size_t i = 0; i < COUNT(empty); i++) {
		ARENA_SCRATCH(scratch);
		check_that(empty[i], !content_identity(&scratch, str_from(empty[i])).len);
	}
}

/* The value is a promise: digests that were approved must not change with a release. */
TEST(the_identity_is_the_same_in_every_release)
{
	ARENA_SCRATCH(scratch);
	check_str(content_identity(&scratch, STR("create table A (b int default 'C');")),
		STR("1-383e5b10a1ba33d76ede33e83dfeb4fc1d65ef959c44e498aaf184cdd46935e5"));
}

TEST(a_text_of_megabytes_has_an_identity)
{
	ARENA_SCRATCH(scratch);
	Str many = check_repeat(&scratch, "insert into t values (1, 'x');\n", 100000);
	Str other = check_repeat(&scratch, "INSERT INTO t VALUES (1,'x') ; ", 100000);
	check_str(content_identity(&scratch, many), content_identity(&scratch, other));
}

TEST(a_chain_tells_where_the_statements_end)
{
	ARENA_SCRATCH(scratch);
	Str ab = content_chain(&scratch, content_chain(&scratch, (Str){0}, STR("a")), STR("b"));
	Str joined = content_chain(&scratch, (Str){0}, STR("a b"));
	Str again = content_chain(
		&scratch, content_chain(&scratch, (Str){0}, STR("A -- x")), STR("b;"));
	assert_false(str_equal(ab, joined));
	check_str(again, ab);
}

TEST(a_difference_is_short)
{
	static const struct {
		const char *before, *after, *shown;
	} table[] = {
		{"a\nb\nc", "a\nx\nc", "  a\n- b\n+ x\n  c\n"},
		{"a", "b", "- a\n+ b\n"},
		{"", "b", "- \n+ b\n"},
		{"a\r\nb", "a\nb", "  b\n"},
		{"a\nb\nc\nd\ne", "a\nB\nc\nD\ne", "  a\n- b\n+ B\n  c\n- d\n+ D\n  e\n"},
		{"a\nb", "a\nb\nc", "  b\n+ c\n"},
		{"a\x1b[31m", "a", "- a\\x1b[31m\n+ a\n"},
	};
	for (size_t i = 0; i < COUNT(table); i++) {
		ARENA_SCRATCH(scratch);
		check_row(table[i].before,
			diff_lines(&scratch, str_from(table[i].before), str_from(table[i].after)),
			str_from(table[i].shown));
	}
}

TEST(a_long_difference_is_cut)
{
	ARENA_SCRATCH(scratch);
	Str before = check_repeat(&scratch, "before\n", 5000);
	Str after = check_repeat(&scratch, "after\n", 5000), rest, line;
	Str shown = diff_lines(&scratch, before, after);
	size_t lines = 0;
	for (rest = shown; str_next(&rest, '\n', &line);)
		lines++;
	assert_in_range(lines, 15, 25);
	check_contains(shown, "… and 9980 more lines");
	before = check_repeat(&scratch, "x\n", 100);
	shown = diff_lines(&scratch, before, STR("y\n"));
	check_contains(shown, "… and 81 more lines");
	before = check_repeat(&scratch, "x\n", 19);
	check_contains(diff_lines(&scratch, before, STR("y\nz\n")), "… and 1 more line\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_hash_is_sha_256),
		cmocka_unit_test(content_is_what_the_tokens_are),
		cmocka_unit_test(comments_alone_are_no_content),
		cmocka_unit_test(the_identity_is_the_same_in_every_release),
		cmocka_unit_test(a_text_of_megabytes_has_an_identity),
		cmocka_unit_test(a_chain_tells_where_the_statements_end),
		cmocka_unit_test(a_difference_is_short),
		cmocka_unit_test(a_long_difference_is_cut),
	};
	return cmocka_run_group_tests_name("content", tests, NULL, NULL);
}
