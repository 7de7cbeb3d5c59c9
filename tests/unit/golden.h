/* Golden tests: every tests/golden/KIND/NAME.test is a test. Its blocks are input, but for the last
 * one. Run from the root of the repository. UPDATE_GOLDEN=1 rewrites the expectations.
 *
 *     what comes before the first block is a remark
 *     @TEXT some arguments
 *     the block's lines, without the last line's end
 *     @EXPECT
 *     what the test prints
 *
 * {{0D}} stands for a byte, and {{}} for nothing. Both are needed where an editor would see
 * nothing: for control characters, invalid UTF-8, blanks at the end of a line, an @ at its
 * beginning. */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

#include "check.h"

#include "base/file.h"

typedef struct Block {
	Str name, args, text; /* without its last line end */
} Block;

typedef VEC(Block) Blocks;

/* Prints what the test in `blocks` (without @EXPECT) comes to. */
typedef void GoldenFn(Arena *arena, const Blocks *blocks, Buf *out);

static inline int golden_digit(char c)
{
	const char *digits = "0123456789ABCDEF", *at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

static inline Str golden_decode(Arena *arena, Str s)
{
	Buf buf = buf_new(arena, s.len);
	for (size_t i = 0; i < s.len;) {
		Str rest = str_skip(s, i);
		bool byte = rest.len >= 6 && golden_digit(rest.ptr[2]) >= 0 &&
			    golden_digit(rest.ptr[3]) >= 0 &&
			    str_starts(str_skip(rest, 4), STR("}}"));
		if (str_starts(rest, STR("{{}}"))) {
			i += 4;
		} else if (str_starts(rest, STR("{{")) && byte) {
			int value = golden_digit(rest.ptr[2]) * 16 + golden_digit(rest.ptr[3]);
			buf_add_char(&buf, (char)value);
			i += 6;
		} else {
			buf_add_char(&buf, s.ptr[i++]);
		}
	}
	return buf_str(&buf);
}

/* Characters of white space and format that cannot be seen (U+0080 to U+00A0, U+2000 to U+206F,
 * U+3000, the byte order mark). */
static inline bool golden_is_invisible(Str character)
{
	return str_starts(character, STR("\xE2\x80")) || str_starts(character, STR("\xE2\x81")) ||
	       str_starts(character, STR("\xE3\x80\x80")) ||
	       str_starts(character, STR("\xEF\xBB\xBF")) ||
	       (character.len == 2 && character.ptr[0] == '\xC2' &&
		       (unsigned char)character.ptr[1] <= 0xA0);
}

static inline Str golden_encode(Arena *arena, Str s)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < s.len;) {
		size_t length = str_utf8_length(str_skip(s, i));
		Str one = str_head(str_skip(s, i), length ? length : 1);
		unsigned char c = (unsigned char)one.ptr[0];
		bool line_starts = i == 0 || s.ptr[i - 1] == '\n';
		bool line_ends = i + 1 == s.len || s.ptr[i + 1] == '\n';
		bool hidden = !length || (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F ||
			      golden_is_invisible(one) || (line_starts && c == '@') ||
			      (line_ends && (c == ' ' || c == '\t'));
		for (size_t k = 0; hidden && k < one.len; k++)
			buf_format(&buf, "{{%02X}}", (unsigned char)one.ptr[k]);
		if (!hidden)
			buf_add(&buf, one);
		i += one.len;
	}
	return buf_str(&buf);
}

/* Returns what stands before the @EXPECT block. */
static inline Str golden_parse(Arena *arena, Str file, Blocks *blocks, Str *expected)
{
	Str rest = file, line, before = file;
	const char *start = NULL;
	*expected = (Str){0};
	for (;;) {
		const char *at = rest.ptr;
		bool more = str_next(&rest, '\n', &line);
		bool opens = more && str_starts(line, STR("@"));
		if ((opens || !more) && start) {
			const char *end = more ? at : file.ptr + file.len;
			Str text = {start, end > start ? (size_t)(end - start) - 1 : 0};
			Block *last = &blocks->items[blocks->count - 1];
			last->text = golden_decode(arena, text);
		}
		if (!more)
			break;
		if (!opens)
			continue;
		Block *block = vec_add(arena, blocks);
		block->args = str_skip(line, 1);
		str_next(&block->args, ' ', &block->name);
		block->args = golden_decode(arena, block->args);
		start = rest.ptr;
		if (str_equal(block->name, STR("EXPECT")))
			before = str_head(file, (size_t)(at - file.ptr));
	}
	if (blocks->count && str_equal(blocks->items[blocks->count - 1].name, STR("EXPECT")))
		*expected = blocks->items[--blocks->count].text;
	return before;
}

/* The lines of both, from the first one that differs. */
static inline void golden_diff(const char *path, Str actual, Str expected)
{
	Str is, should;
	print_error("--- %s\n", path);
	for (size_t number = 1, shown = 0; shown < 20; number++) {
		bool more = str_next(&actual, '\n', &is),
		     wanted = str_next(&expected, '\n', &should);
		if (!more && !wanted)
			return;
		if (more && wanted && str_equal(is, should))
			continue;
		if (wanted)
			print_error("%4zu - %.*s\n", number, STR_ARG(should));
		if (more)
			print_error("%4zu + %.*s\n", number, STR_ARG(is));
		shown++;
	}
}

static inline bool golden_run_one(const char *path, GoldenFn *run)
{
	ARENA_SCRATCH(scratch);
	Str file, reason, expected;
	Blocks blocks = {0};
	if (!file_read(&scratch, str_from(path), SIZE_MAX, &file, &reason)) {
		print_error("%s: %.*s\n", path, STR_ARG(reason));
		return false;
	}
	Str before = golden_parse(&scratch, file, &blocks, &expected);
	Buf out = buf_new(&scratch, SIZE_MAX);
	run(&scratch, &blocks, &out);
	Str actual = golden_encode(&scratch, buf_str(&out));
	if (str_ends(actual, STR("\n")))
		actual.len--;
	if (getenv("UPDATE_GOLDEN")) {
		Str text = str_format(
			&scratch, "%.*s@EXPECT\n%.*s\n", STR_ARG(before), STR_ARG(actual));
		check_write(
			&scratch, file_parent(str_from(path)), file_base(str_from(path)).ptr, text);
		return true;
	}
	Str encoded = golden_encode(&scratch, expected);
	if (str_equal(actual, encoded))
		return true;
	golden_diff(path, actual, encoded);
	return false;
}

/* Runs every test of a kind; fails if one differs, or if there is none. */
static inline void golden_run(const char *kind, GoldenFn *run)
{
	ARENA_SCRATCH(scratch);
	Str folder = str_format(&scratch, "tests/golden/%s", kind), reason;
	Names names = {0};
	size_t count = 0, failed = 0;
	if (!file_list(&scratch, folder, &names, &reason))
		fail_msg("%s: %.*s: run this from the repository's root", folder.ptr,
			STR_ARG(reason));
	for (size_t i = 0; i < names.count; i++) {
		if (!str_ends(names.items[i], STR(".test")))
			continue;
		count++;
		failed += !golden_run_one(file_join(&scratch, folder, names.items[i]).ptr, run);
	}
	print_message("%zu golden tests of %s\n", count, kind);
	assert_true(count > 0);
	assert_int_equal(failed, 0);
}

/* `text` over lines: the first one behind `mark`, the others behind as many blanks and a bar. */
static inline void golden_add_lines(Buf *out, Str mark, Str text)
{
	Str line;
	for (bool first = true; str_next(&text, '\n', &line); first = false) {
		if (first)
			buf_add(out, mark);
		for (size_t i = 0; !first && i < mark.len; i++)
			buf_add_char(out, ' ');
		buf_add_char(out, '|');
		buf_add(out, line);
		buf_add_char(out, '\n');
	}
}

#endif
