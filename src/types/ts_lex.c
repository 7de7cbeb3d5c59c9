#define _GNU_SOURCE /* memmem */
#include "types/ts_lex.h"

#include "base/ascii.h"

#include <string.h>

TsLexer ts_lexer(Str text)
{
	TsLexer lexer = {.text = text, .line = 1};
	if (str_starts(text, STR("\xEF\xBB\xBF")))
		lexer.at = lexer.line_at = lexer.counted = 3;
	return lexer;
}

static Str rest_of(const TsLexer *lexer)
{
	return str_skip(lexer->text, lexer->at);
}

/* Length of the white space of more than one byte at the beginning: U+00A0, U+2028, U+2029, U+FEFF.
 */
static size_t wide_space(Str s)
{
	static const Str spaces[] = {STR_INIT("\xC2\xA0"), STR_INIT("\xE2\x80\xA8"),
		STR_INIT("\xE2\x80\xA9"), STR_INIT("\xEF\xBB\xBF")};
	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
		if (str_starts(s, spaces[i]))
			return spaces[i].len;
	return 0;
}

static void end_line(TsLexer *lexer)
{
	lexer->line++;
	lexer->line_at = lexer->counted = lexer->at;
	lexer->chars = 0;
}

/* Passes over `count` bytes, counting lines. */
static void pass(TsLexer *lexer, size_t count)
{
	size_t end = lexer->at + count;
	while (lexer->at < end) {
		char c = lexer->text.ptr[lexer->at++];
		bool ends = c == '\n' || (c == '\r' && !str_starts(rest_of(lexer), STR("\n")));
		if (ends)
			end_line(lexer);
	}
}

static size_t find_text(Str s, Str what)
{
	const char *at = s.len ? memmem(s.ptr, s.len, what.ptr, what.len) : NULL;
	return at ? (size_t)(at - s.ptr) : s.len;
}

static size_t line_length(Str s)
{
	size_t length = 0;
	while (length < s.len && s.ptr[length] != '\n' && s.ptr[length] != '\r')
		length++;
	return length;
}

/* Blanks of one byte each. */
static size_t blanks_length(Str s)
{
	size_t length = 0;
	while (length < s.len && ascii_is_space(s.ptr[length]))
		length++;
	return length;
}

static size_t comment_length(Str s)
{
	if (str_starts(s, STR("//")))
		return line_length(s);
	if (!str_starts(s, STR("/*")))
		return 0;
	size_t end = find_text(str_skip(s, 2), STR("*/")) + 4;
	return end < s.len ? end : s.len;
}

/* Blanks, or a comment; 0 if there is neither. */
static size_t blank_length(Str s)
{
	if (!s.len)
		return 0;
	if (ascii_is_space(s.ptr[0]))
		return blanks_length(s);
	if (s.ptr[0] == '/')
		return comment_length(s);
	return s.ptr[0] & 0x80 ? wide_space(s) : 0;
}

static const char quotes[] = "\"'`";

/* Of a quote that nothing ends, 1: it is a sign of its own. Then those up to where the search has
 * ended are so, too: they were skipped as escaped. */
static size_t string_length(TsLexer *lexer)
{
	Str s = rest_of(lexer);
	char quote = s.ptr[0];
	size_t *unclosed = &lexer->unclosed[strchr(quotes, quote) - quotes], i;
	if (lexer->at < *unclosed)
		return 1;
	for (i = 1; i < s.len; i++) {
		if (s.ptr[i] == quote)
			return i + 1;
		if ((s.ptr[i] == '\n' || s.ptr[i] == '\r') && quote != '`')
			break;
		i += s.ptr[i] == '\\';
	}
	*unclosed = lexer->at + i;
	return 1;
}

static bool is_conflict(const TsLexer *lexer)
{
	Str rest = rest_of(lexer);
	return lexer->at == lexer->line_at &&
	       (str_starts(rest, STR("<<<<<<<")) || str_starts(rest, STR("=======")) ||
		       str_starts(rest, STR(">>>>>>>")));
}

static size_t word_length(Str s)
{
	size_t length = 0;
	while (length < s.len && ascii_is_name(s.ptr[length]) &&
		!((s.ptr[length] & 0x80) && wide_space(str_skip(s, length))))
		length++;
	return length;
}

static void classify(TsLexer *lexer, TsToken *token, size_t *length)
{
	Str rest = rest_of(lexer);
	char c = rest.ptr[0];
	*length = 1;
	if (is_conflict(lexer)) {
		token->kind = TS_CONFLICT;
		*length = 7;
	} else if (c && strchr(quotes, c)) {
		*length = string_length(lexer);
		token->kind = *length > 1 ? TS_STRING : TS_SIGN;
	} else if (ascii_is_name(c)) {
		token->kind = c >= '0' && c <= '9' ? TS_NUMBER : TS_WORD;
		*length = word_length(rest);
	} else {
		token->kind = TS_SIGN;
		*length = str_starts(rest, STR("=>")) ? 2 : 1;
	}
}

static size_t column(TsLexer *lexer)
{
	Str between = str_head(str_skip(lexer->text, lexer->counted), lexer->at - lexer->counted);
	lexer->chars += str_utf8_count(between);
	lexer->counted = lexer->at;
	return lexer->chars + 1;
}

TsToken ts_lex(TsLexer *lexer)
{
	TsToken token = {0};
	size_t line = lexer->line, length;
	for (size_t blank; (blank = blank_length(rest_of(lexer))) > 0;)
		pass(lexer, blank);
	token.begins_line = lexer->line != line;
	token.line = lexer->line;
	token.col = column(lexer);
	if (lexer->at >= lexer->text.len)
		return token;
	classify(lexer, &token, &length);
	token.text = str_head(rest_of(lexer), length);
	pass(lexer, length);
	return token;
}

bool ts_token_is(const TsToken *token, char sign)
{
	return token->kind == TS_SIGN && token->text.len == 1 && token->text.ptr[0] == sign;
}

/* ---- values of strings ---- */

static void add_code_point(Buf *buf, uint32_t code)
{
	if (code < 0x80) {
		buf_add_char(buf, (char)code);
	} else if (code < 0x800) {
		buf_add_char(buf, (char)(0xC0 | code >> 6));
		buf_add_char(buf, (char)(0x80 | (code & 0x3F)));
	} else if (code < 0x10000) {
		buf_add_char(buf, (char)(0xE0 | code >> 12));
		buf_add_char(buf, (char)(0x80 | (code >> 6 & 0x3F)));
		buf_add_char(buf, (char)(0x80 | (code & 0x3F)));
	} else {
		buf_add_char(buf, (char)(0xF0 | (code >> 18 & 0x07)));
		buf_add_char(buf, (char)(0x80 | (code >> 12 & 0x3F)));
		buf_add_char(buf, (char)(0x80 | (code >> 6 & 0x3F)));
		buf_add_char(buf, (char)(0x80 | (code & 0x3F)));
	}
}

/* `max` hexadecimal digits, or as many as there are. */
static uint32_t take_hex(Str *s, size_t max)
{
	uint32_t value = 0;
	for (; max > 0 && s->len && ascii_hex_value(s->ptr[0]) >= 0; max--) {
		value = value << 4 | (uint32_t)ascii_hex_value(s->ptr[0]);
		*s = str_skip(*s, 1);
	}
	return value;
}

/* What follows \u: four digits, or any in braces. */
static uint32_t take_unicode(Str *s)
{
	if (!str_starts(*s, STR("{")))
		return take_hex(s, 4);
	*s = str_skip(*s, 1);
	uint32_t value = take_hex(s, 6);
	*s = str_skip(*s, str_starts(*s, STR("}")));
	return value;
}

static uint32_t take_code_point(Str *s)
{
	uint32_t high = take_unicode(s);
	Str after = str_skip(*s, 2);
	if (high < 0xD800 || high > 0xDBFF || !str_starts(*s, STR("\\u")))
		return high;
	uint32_t low = take_unicode(&after);
	if (low < 0xDC00 || low > 0xDFFF)
		return high;
	*s = after;
	return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

/* `s` begins after the backslash. */
static void add_escape(Buf *buf, Str *s)
{
	static const char names[] = "nrtbfv0", values[] = "\n\r\t\b\f\v";
	char c = s->ptr[0];
	const char *at = c ? strchr(names, c) : NULL;
	*s = str_skip(*s, 1);
	if (at)
		buf_add_char(buf, values[at - names]);
	else if (c == 'u')
		add_code_point(buf, take_code_point(s));
	else if (c == 'x')
		add_code_point(buf, take_hex(s, 2));
	else if (c != '\n')
		buf_add_char(buf, c);
}

Str ts_token_value(Arena *arena, const TsToken *token)
{
	Str inner = str_head(str_skip(token->text, 1), token->text.len - 2);
	if (!str_contains(inner, STR("\\")))
		return inner;
	Buf buf = buf_new(arena, inner.len * 3 + 1);
	while (inner.len) {
		char c = inner.ptr[0];
		inner = str_skip(inner, 1);
		if (c == '\\' && inner.len)
			add_escape(&buf, &inner);
		else
			buf_add_char(&buf, c);
	}
	return buf_str(&buf);
}

static bool is_plain(Str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.ptr[i] == '"' || value.ptr[i] == '\\' ||
			(unsigned char)value.ptr[i] < 0x20)
			return false;
	return true;
}

Str ts_quoted(Arena *arena, Str value)
{
	if (is_plain(value))
		return str_concat(arena, (const Str[]){STR("\""), value, STR("\"")}, 3);
	Buf buf = buf_new(arena, value.len * 6 + 3);
	buf_add_char(&buf, '"');
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];
		if (c == '"' || c == '\\')
			buf_format(&buf, "\\%c", c);
		else if (c < 0x20)
			buf_format(&buf, "\\u%04x", c);
		else
			buf_add_char(&buf, (char)c);
	}
	buf_add_char(&buf, '"');
	return buf_str(&buf);
}

Str ts_key(Arena *arena, Str name)
{
	TsLexer lexer = ts_lexer(name);
	TsToken token = ts_lex(&lexer);
	bool is_word = token.kind == TS_WORD && token.text.len == name.len &&
		       str_utf8_invalid(name) == name.len;
	return is_word ? name : ts_quoted(arena, name);
}
