#define _GNU_SOURCE /* memmem */
#include "migrate/split.h"

#include <string.h>

typedef struct Scanner {
	Str text;
	size_t at;
	size_t depth; /* of parentheses */
	bool fresh; /* no token of the (inner) statement has been seen */
	bool after_begin; /* the last token was the word BEGIN */
	bool atomic; /* inside BEGIN ATOMIC … END */
} Scanner;

static char peek(const Scanner *s, size_t ahead)
{
	return s->at + ahead < s->text.len ? s->text.ptr[s->at + ahead] : '\0';
}

/* PostgreSQL manual, "Identifiers and Key Words": bytes above 0x7F are letters. */
static bool is_identifier_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80);
}

static bool is_identifier_char(char c)
{
	return is_identifier_start(c) || (c >= '0' && c <= '9') || c == '$';
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void skip_line_comment(Scanner *s)
{
	while (s->at < s->text.len && peek(s, 0) != '\n' && peek(s, 0) != '\r')
		s->at++;
}

static void skip_block_comment(Scanner *s)
{
	size_t depth = 0;
	do {
		bool opens = peek(s, 0) == '/' && peek(s, 1) == '*';
		bool closes = peek(s, 0) == '*' && peek(s, 1) == '/';
		depth += opens;
		depth -= closes;
		s->at += opens || closes ? 2 : 1;
	} while (depth && s->at < s->text.len);
	if (s->at > s->text.len)
		s->at = s->text.len;
}

static void skip_quoted(Scanner *s, char quote, bool backslash)
{
	for (s->at++; s->at < s->text.len; s->at++) {
		if (backslash && peek(s, 0) == '\\') {
			s->at++;
		} else if (peek(s, 0) == quote) {
			if (peek(s, 1) != quote)
				break;
			s->at++;
		}
	}
	s->at = s->at < s->text.len ? s->at + 1 : s->text.len;
}

/* A constant goes on in the next quote if there is a line break between the two; comments from `--`
 * count as white space (manual, "String Constants"). */
static bool continues(Scanner *s)
{
	Scanner look = *s;
	bool line_break = false;
	while (look.at < look.text.len) {
		char c = peek(&look, 0);
		if (c == '-' && peek(&look, 1) == '-') {
			skip_line_comment(&look);
		} else if (is_blank(c)) {
			line_break = line_break || c == '\n' || c == '\r';
			look.at++;
		} else {
			break;
		}
	}
	if (!line_break || peek(&look, 0) != '\'')
		return false;
	s->at = look.at;
	return true;
}

static void skip_escape_string(Scanner *s)
{
	do {
		skip_quoted(s, '\'', true);
	} while (continues(s));
}

/* At a `$`: skips a dollar-quoted body if one starts here. */
static bool skip_dollar_quoted(Scanner *s)
{
	size_t end = s->at + 1;
	if (end < s->text.len && is_identifier_start(s->text.ptr[end]))
		while (end < s->text.len && s->text.ptr[end] != '$' &&
			is_identifier_char(s->text.ptr[end]))
			end++;
	if (end >= s->text.len || s->text.ptr[end] != '$')
		return false;
	Str tag = {s->text.ptr + s->at, end + 1 - s->at};
	Str body = str_skip(s->text, end + 1);
	const char *close = body.len ? memmem(body.ptr, body.len, tag.ptr, tag.len) : NULL;
	s->at = close ? (size_t)(close - s->text.ptr) + tag.len : s->text.len;
	return true;
}

static bool word_is(Str word, const char *upper)
{
	if (word.len != strlen(upper))
		return false;
	for (size_t i = 0; i < word.len; i++)
		if ((word.ptr[i] & ~0x20) != upper[i])
			return false;
	return true;
}

/* A word, or a string with the prefix E. Keeps track of BEGIN ATOMIC and the END that closes it:
 * the one that is the first word of an inner statement (CASE … END is not). */
static void skip_word(Scanner *s)
{
	size_t start = s->at;
	while (s->at < s->text.len && is_identifier_char(peek(s, 0)))
		s->at++;
	Str word = {s->text.ptr + start, s->at - start};
	bool opens = s->after_begin && word_is(word, "ATOMIC");
	if (s->atomic && s->fresh && word_is(word, "END"))
		s->atomic = false;
	if (opens)
		s->atomic = true;
	s->after_begin = word_is(word, "BEGIN");
	s->fresh = opens;
	if (word_is(word, "E") && peek(s, 0) == '\'')
		skip_escape_string(s);
}

static void skip_number(Scanner *s)
{
	while (s->at < s->text.len && (is_identifier_char(peek(s, 0)) || peek(s, 0) == '.'))
		s->at++;
}

/* Any other token: it is no word, so it ends what depends on words. */
static void skip_other(Scanner *s)
{
	char c = peek(s, 0);
	s->after_begin = false;
	s->fresh = false;
	if (c == '\'' || c == '"')
		skip_quoted(s, c, false);
	else if (c >= '0' && c <= '9')
		skip_number(s);
	else if (c != '$' || !skip_dollar_quoted(s))
		s->at++;
	if (c == '(')
		s->depth++;
	else if (c == ')' && s->depth)
		s->depth--;
}

/* Goes past one token or comment; true if it was the `;` that ends the statement. */
static bool skip_token(Scanner *s)
{
	char c = peek(s, 0);
	if (is_blank(c)) {
		s->at++;
	} else if (c == '-' && peek(s, 1) == '-') {
		skip_line_comment(s);
	} else if (c == '/' && peek(s, 1) == '*') {
		skip_block_comment(s);
	} else if (is_identifier_start(c)) {
		skip_word(s);
	} else if (c == ';') {
		s->at++;
		s->fresh = true;
		s->after_begin = false;
		return s->depth == 0 && !s->atomic;
	} else {
		skip_other(s);
	}
	return false;
}

/* White space of ECMAScript at the start: its length in bytes, or 0. */
static size_t space_length(Str s)
{
	static const Str wide[] = {STR_INIT("\xC2\xA0"), STR_INIT("\xE1\x9A\x80"),
		STR_INIT("\xE2\x80\xA8"), STR_INIT("\xE2\x80\xA9"), STR_INIT("\xE2\x80\xAF"),
		STR_INIT("\xE2\x81\x9F"), STR_INIT("\xE3\x80\x80"), STR_INIT("\xEF\xBB\xBF")};
	if (s.len && is_blank(s.ptr[0]))
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
	Scanner scanner = {.text = text, .fresh = true};
	size_t start = 0;
	while (scanner.at < text.len) {
		if (!skip_token(&scanner))
			continue;
		add_piece(arena, text, start, scanner.at, pieces);
		start = scanner.at;
	}
	add_piece(arena, text, start, text.len, pieces);
}
