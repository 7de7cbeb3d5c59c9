#include "sql/rows.h"

#include "sql/lex.h"

enum {
	LONG = 1024
};

/* The first of the words at the top level, from where the lexer is; its end if there is none. */
static size_t find_word(Lexer *lexer, const char *word, const char *other)
{
	Str token;
	size_t depth = 0;
	for (LexKind kind; (kind = lex_next_word(lexer, &token)) != LEX_END;) {
		bool is_other = kind == LEX_OTHER;
		depth += is_other && str_equal(token, STR("("));
		depth -= is_other && str_equal(token, STR(")")) && depth;
		if (!depth && kind == LEX_WORD && (lex_is(token, word) || lex_is(token, other)))
			return (size_t)(token.ptr - lexer->text.ptr);
	}
	return lexer->text.len;
}

Str rows_cut(Arena *arena, Str statement)
{
	Lexer lexer = {.text = statement};
	Str first;
	if (statement.len <= LONG || lex_next_word(&lexer, &first) != LEX_WORD ||
		!lex_is(first, "INSERT"))
		return (Str){0};
	size_t rows = find_word(&lexer, "VALUES", "SELECT");
	Str values = str_skip(statement, rows);
	if (!values.len || !lex_is(str_head(values, sizeof "VALUES" - 1), "VALUES"))
		return (Str){0};
	Str tail = str_skip(statement, find_word(&lexer, "ON", "RETURNING"));
	Str cut = str_format(
		arena, "%.*sVALUES (NULL) %.*s", STR_ARG(str_head(statement, rows)), STR_ARG(tail));
	return str_from(str_z(arena, cut));
}
