#define _GNU_SOURCE /* memmem */
#include "sql/lex.h"

#include "base/ascii.h"

#include <string.h>

static char peek(const Lexer *s, size_t ahead)
{
	return s->at + ahead < s->text.len ? s->text.ptr[s->at + ahead] : '\0';
}

/* PostgreSQL manual, "Identifiers and Key Words": bytes above 0x7F are letters. */
static bool is_identifier_start(char c)
{
	return ascii_is_letter(c) || c == '_' || (c & 0x80);
}

static void skip_line_comment(Lexer *s)
{
	while (s->at < s->text.len && peek(s, 0) != '\n' && peek(s, 0) != '\r')
		s->at++;
}

static void skip_block_comment(Lexer *s)
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

static void skip_quoted(Lexer *s, char quote, bool backslash)
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

/* A constant continues in the next quote if a line break separates the two; comments from `--`
 * count as white space (manual, "String Constants"). */
static bool continues(Lexer *s)
{
	Lexer look = *s;
	bool line_break = false;
	while (look.at < look.text.len) {
		char c = peek(&look, 0);
		if (c == '-' && peek(&look, 1) == '-') {
			skip_line_comment(&look);
		} else if (ascii_is_space(c)) {
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

static void skip_escape_string(Lexer *s)
{
	do {
		skip_quoted(s, '\'', true);
	} while (continues(s));
}

/* At a `$`: skips a dollar-quoted body if one starts here. */
static bool skip_dollar_quoted(Lexer *s)
{
	size_t end = s->at + 1;
	if (end < s->text.len && is_identifier_start(s->text.ptr[end]))
		while (end < s->text.len && s->text.ptr[end] != '$' &&
			ascii_is_name(s->text.ptr[end]))
			end++;
	if (end >= s->text.len || s->text.ptr[end] != '$')
		return false;
	Str tag = {s->text.ptr + s->at, end + 1 - s->at};
	Str body = str_skip(s->text, end + 1);
	const char *close = body.len ? memmem(body.ptr, body.len, tag.ptr, tag.len) : NULL;
	s->at = close ? (size_t)(close - s->text.ptr) + tag.len : s->text.len;
	return true;
}

bool lex_is(Str word, const char *upper)
{
	if (word.len != strlen(upper))
		return false;
	for (size_t i = 0; i < word.len; i++)
		if ((word.ptr[i] & ~0x20) != upper[i])
			return false;
	return true;
}

static bool is_operator_char(char c)
{
	return c && strchr("+-*/<>=~!@#%^&|`?", c) != NULL;
}

static bool starts_comment(const Lexer *s)
{
	return (peek(s, 0) == '-' && peek(s, 1) == '-') || (peek(s, 0) == '/' && peek(s, 1) == '*');
}

/* An operator ends before a comment. Of several characters, it ends in + or - only if it holds one
 * that no operator of the SQL standard has (manual, "Operators"). */
static void skip_operator(Lexer *s)
{
	size_t start = s->at;
	bool unusual = false;
	for (; is_operator_char(peek(s, 0)) && !starts_comment(s); s->at++)
		unusual = unusual || strchr("~!@#%^&|`?", peek(s, 0));
	while (!unusual && s->at > start + 1 &&
		(s->text.ptr[s->at - 1] == '+' || s->text.ptr[s->at - 1] == '-'))
		s->at--;
}

static void skip_number(Lexer *s)
{
	while (s->at < s->text.len && (ascii_is_name(peek(s, 0)) || peek(s, 0) == '.'))
		s->at++;
}

/* A word, or a constant or name whose prefix it is. */
static LexKind skip_word(Lexer *s)
{
	size_t start = s->at;
	while (s->at < s->text.len && ascii_is_name(peek(s, 0)))
		s->at++;
	Str word = {s->text.ptr + start, s->at - start};
	char quote = peek(s, 0);
	if (lex_is(word, "E") && quote == '\'') {
		skip_escape_string(s);
		return LEX_STRING;
	}
	if (lex_is(word, "U") && quote == '&' && (peek(s, 1) == '\'' || peek(s, 1) == '"')) {
		quote = peek(s, 1);
		s->at++;
	} else if (quote != '\'' ||
		   !(lex_is(word, "B") || lex_is(word, "X") || lex_is(word, "N"))) {
		return LEX_WORD;
	}
	skip_quoted(s, quote, false);
	return quote == '"' ? LEX_QUOTED : LEX_STRING;
}

static LexKind skip_other(Lexer *s)
{
	char c = peek(s, 0);
	if (c == '\'' || c == '"') {
		skip_quoted(s, c, false);
		return c == '"' ? LEX_QUOTED : LEX_STRING;
	}
	if (c >= '0' && c <= '9') {
		skip_number(s);
		return LEX_NUMBER;
	}
	if (c == '$' && skip_dollar_quoted(s))
		return LEX_DOLLAR;
	if (is_operator_char(c))
		skip_operator(s);
	else
		s->at++;
	return LEX_OTHER;
}

static LexKind skip(Lexer *s)
{
	char c = peek(s, 0);
	if (ascii_is_space(c)) {
		while (s->at < s->text.len && ascii_is_space(peek(s, 0)))
			s->at++;
		return LEX_BLANK;
	}
	if (starts_comment(s)) {
		if (c == '-')
			skip_line_comment(s);
		else
			skip_block_comment(s);
		return LEX_COMMENT;
	}
	if (is_identifier_start(c))
		return skip_word(s);
	if (c != ';')
		return skip_other(s);
	s->at++;
	return LEX_SEMICOLON;
}

LexKind lex_next(Lexer *lexer, Str *token)
{
	size_t start = lexer->at;
	LexKind kind = start < lexer->text.len ? skip(lexer) : LEX_END;
	*token = (Str){lexer->text.ptr + start, lexer->at - start};
	return kind;
}

LexKind lex_next_word(Lexer *lexer, Str *token)
{
	LexKind kind;
	do {
		kind = lex_next(lexer, token);
	} while (kind == LEX_BLANK || kind == LEX_COMMENT);
	return kind;
}

Str lex_longest_string(Str statement)
{
	Lexer lexer = {.text = statement};
	Str token, longest = {0};
	for (LexKind kind; (kind = lex_next(&lexer, &token)) != LEX_END;)
		if ((kind == LEX_DOLLAR || kind == LEX_STRING) && token.len > longest.len)
			longest = token;
	return longest;
}

size_t lex_count(Str text, const char *upper)
{
	Lexer lexer = {.text = text};
	Str token;
	size_t count = 0;
	for (LexKind kind; (kind = lex_next(&lexer, &token)) != LEX_END;)
		count += kind == LEX_WORD && lex_is(token, upper);
	return count;
}
