/* split_text on any bytes: its own promises, and, where libpg_query accepts the text, the same
 * statements as PostgreSQL's parser finds. */
#include "base/str.h"
#include "migrate/split.h"

#include <pg_query.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In order, inside the text, not empty, trimmed; only separators are left out between them. */
static void check_pieces(Str text, const Pieces *pieces)
{
	const char *at = text.ptr;
	for (size_t i = 0; i < pieces->count; i++) {
		Str piece = pieces->items[i];
		if (piece.ptr < at || piece.ptr + piece.len > text.ptr + text.len || !piece.len)
			abort();
		if (str_trim(piece).len != piece.len)
			abort();
		at = piece.ptr + piece.len;
	}
}

static bool has_statement(const char *sql)
{
	PgQuerySplitResult result = pg_query_split_with_parser(sql);
	bool has = !result.error && result.n_stmts == 1;
	if (!result.error && result.n_stmts > 1)
		abort();
	pg_query_free_split_result(result);
	return has;
}

/* Each statement of the parser lies in the piece of the same number, comments aside. */
static void compare(Str text, const Pieces *pieces, const PgQuerySplitResult *result)
{
	ARENA_SCRATCH(scratch);
	int number = 0;
	for (size_t i = 0; i < pieces->count; i++) {
		Str piece = pieces->items[i];
		if (!has_statement(str_z(&scratch, piece)))
			continue;
		if (number >= result->n_stmts)
			abort();
		const PgQuerySplitStmt *statement = result->stmts[number++];
		const char *begin = text.ptr + statement->stmt_location;
		if (piece.ptr < begin || piece.ptr + piece.len > begin + statement->stmt_len)
			abort();
	}
	if (number != result->n_stmts)
		abort();
}

/* The CLI trims white space of ECMAScript, which PostgreSQL takes for letters of a name. */
static bool has_wide_space(Str text)
{
	static const Str wide[] = {STR_INIT("\xC2\xA0"), STR_INIT("\xE1\x9A\x80"),
		STR_INIT("\xE2\x80"), STR_INIT("\xE2\x81\x9F"), STR_INIT("\xE3\x80\x80"),
		STR_INIT("\xEF\xBB\xBF")};
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (str_contains(text, wide[i]))
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA_SCRATCH(scratch);
	Pieces pieces = {0};
	Str text = str_copy(&scratch, (Str){(const char *)data, size});
	split_text(&scratch, text, &pieces);
	check_pieces(text, &pieces);
	if (memchr(text.ptr, 0, text.len) || str_utf8_invalid(text) < text.len ||
		has_wide_space(text))
		return 0;
	PgQuerySplitResult result = pg_query_split_with_parser(text.ptr);
	if (!result.error)
		compare(text, &pieces, &result);
	pg_query_free_split_result(result);
	return 0;
}
