/* split_text on any bytes: its own promises, and, where PostgreSQL's parser accepts the whole text,
 * the very same statements as the parser finds. */
#include "fuzz.h"

#include "sql/split.h"
#include "sql/sql.h"

#include <pg_query.h>

/* White space of ECMAScript beyond ASCII: the CLI trims it, PostgreSQL takes it for letters. */
static size_t wide_space(Str s)
{
	static const char *const spaces[] = {"\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\x80",
		"\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85",
		"\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A",
		"\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80",
		"\xEF\xBB\xBF"};
	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
		if (str_starts(s, str_from(spaces[i])))
			return str_from(spaces[i]).len;
	return 0;
}

static bool has_wide_space(Str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (wide_space(str_skip(text, i)))
			return true;
	return false;
}

/* Only separators are left out between pieces. */
static void check_gap(const char *from, const char *to)
{
	Str gap = {from, (size_t)(to - from)};
	while (gap.len) {
		size_t space = str_trim(str_head(gap, 1)).len == 0 ? 1 : wide_space(gap);
		require(space || gap.ptr[0] == ';');
		gap = str_skip(gap, space ? space : 1);
	}
}

/* In order, inside the text, trimmed, not empty. */
static void check_pieces(Str text, const Pieces *pieces)
{
	const char *at = text.ptr;
	for (size_t i = 0; i < pieces->count; i++) {
		Str piece = pieces->items[i];
		const char *before = at;
		require(piece.len > 0);
		require_view(text, &at, piece);
		check_gap(before, piece.ptr);
		require(str_trim(piece).len == piece.len && !wide_space(piece));
	}
	check_gap(at, text.ptr + text.len);
}

/* The parser's statement, trimmed as ours are. */
static Str parsed(Str text, const PgQuerySplitStmt *statement)
{
	Str s = str_head(
		str_skip(text, (size_t)statement->stmt_location), (size_t)statement->stmt_len);
	while (s.len && s.ptr[s.len - 1] == ';')
		s.len--;
	return str_trim(s);
}

static bool is_comment(Str piece)
{
	ARENA_SCRATCH(scratch);
	PgQuerySplitResult result = pg_query_split_with_parser(str_z(&scratch, piece));
	bool empty = !result.error && result.n_stmts == 0;
	pg_query_free_split_result(result);
	return empty;
}

/* `SELECT begin atomic` is a column and its label; for the CLI and us it opens a body. */
static bool has_odd_atomic(Str text, const PgQuerySplitResult *result)
{
	ARENA_SCRATCH(scratch);
	for (int i = 0; i < result->n_stmts; i++) {
		Str rest = parsed(text, result->stmts[i]), word = sql_word(&scratch, &rest);
		bool creates = str_equal(word, STR("create"));
		for (bool mentions = false; rest.len; rest = str_skip(rest, 1)) {
			char *head = str_z(&scratch, str_head(rest, 6));
			for (char *c = head; *c; c++)
				*c = (char)(*c | 0x20);
			mentions = strcmp(head, "atomic") == 0;
			if (mentions && !creates)
				return true;
		}
	}
	return false;
}

static void compare(Str text, const Pieces *pieces, const PgQuerySplitResult *result)
{
	int number = 0;
	for (size_t i = 0; i < pieces->count; i++) {
		if (is_comment(pieces->items[i]))
			continue;
		require(number < result->n_stmts);
		Str theirs = parsed(text, result->stmts[number++]);
		require(theirs.ptr == pieces->items[i].ptr && theirs.len == pieces->items[i].len);
	}
	require(number == result->n_stmts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA_SCRATCH(scratch);
	Pieces pieces = {0};
	Str text = fuzz_text(&scratch, data, size);
	split_text(&scratch, text, &pieces);
	check_pieces(text, &pieces);
	if (memchr(data, 0, size) || str_utf8_invalid(text) < text.len || has_wide_space(text))
		return 0;
	PgQuerySplitResult result = pg_query_split_with_parser(str_z(&scratch, text));
	if (!result.error && !has_odd_atomic(text, &result))
		compare(text, &pieces, &result);
	pg_query_free_split_result(result);
	return 0;
}
