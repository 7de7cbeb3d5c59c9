#include "sql/split.h"

#include "base/ascii.h"
#include "sql/lex.h"

typedef struct Scanner {
	Lexer lexer;
	size_t depth; /* of parentheses */
	bool fresh; /* no token of the (inner) statement has been seen */
	bool after_begin; /* the last token was the word BEGIN */
	bool atomic; /* inside BEGIN ATOMIC … END */
} Scanner;

/* Keeps track of BEGIN ATOMIC and the END that closes it: the one that is the first word of an
 * inner statement (CASE … END is not). */
static void take_word(Scanner *s, Str word)
{
	bool opens = s->after_begin && lex_is(word, "ATOMIC");
	if (s->atomic && s->fresh && lex_is(word, "END"))
		s->atomic = false;
	if (opens)
		s->atomic = true;
	s->after_begin = lex_is(word, "BEGIN");
	s->fresh = opens;
}

/* Any other token: it is no word, so it ends what depends on words. */
static void take_other(Scanner *s, Str token)
{
	s->after_begin = false;
	s->fresh = false;
	if (token.ptr[0] == '(')
		s->depth++;
	else if (token.ptr[0] == ')' && s->depth)
		s->depth--;
}

/* Goes past one token or comment; true if it was the `;` that ends the statement. */
static bool skip_token(Scanner *s)
{
	Str token;
	LexKind kind = lex_next(&s->lexer, &token);
	if (kind == LEX_WORD) {
		take_word(s, token);
	} else if (kind == LEX_SEMICOLON) {
		s->fresh = true;
		s->after_begin = false;
		return s->depth == 0 && !s->atomic;
	} else if (kind != LEX_BLANK && kind != LEX_COMMENT) {
		take_other(s, token);
	}
	return false;
}

/* White space of ECMAScript at the start: its length in bytes, or 0. */
static size_t space_length(Str s)
{
	static const Str wide[] = {STR_INIT("\xC2\xA0"), STR_INIT("\xE1\x9A\x80"),
		STR_INIT("\xE2\x80\xA8"), STR_INIT("\xE2\x80\xA9"), STR_INIT("\xE2\x80\xAF"),
		STR_INIT("\xE2\x81\x9F"), STR_INIT("\xE3\x80\x80"), STR_INIT("\xEF\xBB\xBF")};
	if (s.len && ascii_is_space(s.ptr[0]))
		return 1;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (str_starts(s, wide[i]))
			return wide[i].len;
	bool is_quad = str_starts(s, STR("\xE2\x80")) && s.len >= 3 &&
		       (unsigned char)s.ptr[2] >= 0x80 && (unsigned char)s.ptr[2] <= 0x8A;
	return is_quad ? 3 : 0;
}

static Str trim(Str s)
{
	for (size_t length; (length = space_length(s)) > 0;)
		s = str_skip(s, length);
	for (;;) {
		size_t length = 0;
		for (size_t back = 1; back <= 3 && back <= s.len; back++)
			if (space_length(str_skip(s, s.len - back)) == back)
				length = back;
		if (!length)
			return s;
		s.len -= length;
	}
}

static void add_piece(Arena *arena, Str text, size_t start, size_t end, Pieces *pieces)
{
	Str piece = {text.ptr + start, end - start};
	while (piece.len && piece.ptr[piece.len - 1] == ';')
		piece.len--;
	piece = trim(piece);
	if (piece.len)
		*vec_add(arena, pieces) = piece;
}

void split_text(Arena *arena, Str text, Pieces *pieces)
{
	Scanner scanner = {.lexer = {.text = text}, .fresh = true};
	size_t start = 0;
	while (scanner.lexer.at < text.len) {
		if (!skip_token(&scanner))
			continue;
		add_piece(arena, text, start, scanner.lexer.at, pieces);
		start = scanner.lexer.at;
	}
	add_piece(arena, text, start, text.len, pieces);
}
