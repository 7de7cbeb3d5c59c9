#include "toml/toml_scan.h"

#include "base/ascii.h"

int scan_peek(const Scan *scan, size_t ahead)
{
	size_t at = scan->at + ahead;
	return at < scan->text.len ? (unsigned char)scan->text.ptr[at] : SCAN_END;
}

bool scan_take(Scan *scan, const char *literal)
{
	Str wanted = str_from(literal);
	if (!str_starts(str_skip(scan->text, scan->at), wanted))
		return false;
	scan->at += wanted.len;
	return true;
}

bool scan_fail(Scan *scan, size_t at, const char *format, ...)
{
	if (scan->message.len)
		return false;
	va_list args;
	va_start(args, format);
	scan->message = str_vformat(scan->arena, format, args);
	va_end(args);
	scan->wrong = at;
	return false;
}

bool scan_expected(Scan *scan, const char *what)
{
	int c = scan_peek(scan, 0);
	Str rest = str_skip(scan->text, scan->at);
	Str one = str_head(rest, str_utf8_length(rest));
	if (c == SCAN_END)
		return scan_fail(scan, scan->at, "expected %s, found the end of the file", what);
	if (c == '\n' || (c == '\r' && scan_peek(scan, 1) == '\n'))
		return scan_fail(scan, scan->at, "expected %s, found the end of the line", what);
	if (c < ' ' || c == 0x7F)
		return scan_fail(
			scan, scan->at, "expected %s, found control character 0x%02X", what, c);
	return scan_fail(scan, scan->at, "expected %s, found '%.*s'", what, STR_ARG(one));
}

void scan_newer(Scan *scan)
{
	if (!scan->message.len)
		scan->is_newer = true;
}

void scan_blanks(Scan *scan)
{
	while (scan_peek(scan, 0) == ' ' || scan_peek(scan, 0) == '\t')
		scan->at++;
}

/* Control characters have no place in TOML, but for tabs and line ends. */
static bool is_control(int c)
{
	return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F;
}

static bool is_line_end(const Scan *scan)
{
	int c = scan_peek(scan, 0);
	return c == '\n' || (c == '\r' && scan_peek(scan, 1) == '\n');
}

static bool comment(Scan *scan)
{
	if (scan_peek(scan, 0) != '#')
		return true;
	while (scan_peek(scan, 0) != SCAN_END && !is_line_end(scan)) {
		if (is_control(scan_peek(scan, 0)))
			return scan_fail(scan, scan->at, "control character 0x%02X in a comment",
				scan_peek(scan, 0));
		scan->at++;
	}
	return true;
}

bool scan_line_end(Scan *scan)
{
	scan_blanks(scan);
	if (!comment(scan))
		return false;
	if (scan_peek(scan, 0) == SCAN_END || scan_take(scan, "\n") || scan_take(scan, "\r\n"))
		return true;
	return scan_expected(scan, "the end of the line");
}

bool scan_gap(Scan *scan)
{
	for (;;) {
		scan_blanks(scan);
		if (!comment(scan))
			return false;
		if (!scan_take(scan, "\n") && !scan_take(scan, "\r\n"))
			return true;
	}
}

/* A character by its number. Surrogates and what is above U+10FFFF are none. */
static bool add_character(Scan *scan, size_t start, uint32_t code, Buf *out)
{
	if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		return scan_fail(scan, start, "U+%04X is not a character", (unsigned)code);
	if (code < 0x80) {
		buf_add_char(out, (char)code);
		return true;
	}
	unsigned more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
	static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
	buf_add_char(out, (char)(lead[more] | code >> (6 * more)));
	while (more--)
		buf_add_char(out, (char)(0x80 | (code >> (6 * more) & 0x3F)));
	return true;
}

static bool escape_code(Scan *scan, size_t start, size_t digits, Buf *out)
{
	uint32_t code = 0;
	for (size_t i = 0; i < digits; i++, scan->at++) {
		int digit = ascii_hex_value(scan_peek(scan, 0));
		if (digit < 0)
			return scan_fail(scan, start, "\\%c wants %zu hexadecimal digits",
				digits == 4 ? 'u' : 'U', digits);
		code = code << 4 | (uint32_t)digit;
	}
	return add_character(scan, start, code, out);
}

/* A backslash at the end of a line takes all white space with it up to the next character. */
static bool escape_line_end(Scan *scan)
{
	size_t start = scan->at;
	scan_blanks(scan);
	if (!is_line_end(scan)) {
		scan->at = start;
		return false;
	}
	while (scan_peek(scan, 0) == ' ' || scan_peek(scan, 0) == '\t' || is_line_end(scan))
		scan->at++;
	return true;
}

static bool escape(Scan *scan, bool multiline, Buf *out)
{
	static const char from[] = "btnfr\"\\", to[] = "\b\t\n\f\r\"\\";
	size_t start = scan->at++;
	if (multiline && escape_line_end(scan))
		return true;
	int c = scan_peek(scan, 0);
	for (size_t i = 0; from[i]; i++)
		if (c == from[i]) {
			scan->at++;
			buf_add_char(out, to[i]);
			return true;
		}
	if (c == 'u' || c == 'U') {
		scan->at++;
		return escape_code(scan, start, c == 'u' ? 4 : 8, out);
	}
	if (c == 'e' || (c == 'x' && ascii_hex_value(scan_peek(scan, 1)) >= 0 &&
				ascii_hex_value(scan_peek(scan, 2)) >= 0))
		scan_newer(scan);
	return scan_fail(scan, start,
		"not an escape sequence; in a basic string a backslash is written \\\\");
}

/* One character of a string that is not its end. */
static bool string_character(Scan *scan, char quote, bool multiline, Buf *out)
{
	int c = scan_peek(scan, 0);
	if (c == '\\' && quote == '"')
		return escape(scan, multiline, out);
	if (multiline && is_line_end(scan)) {
		if (c == '\r')
			buf_add_char(out, scan->text.ptr[scan->at++]);
	} else if (is_line_end(scan)) {
		return scan_fail(scan, scan->at, "the string is not closed on its line");
	} else if (is_control(c)) {
		return scan_fail(scan, scan->at, "control character 0x%02X in a string", c);
	}
	buf_add_char(out, scan->text.ptr[scan->at++]);
	return true;
}

/* Three quotes end it; one or two before them belong to it. */
static bool ends_multiline(Scan *scan, int quote, Buf *out)
{
	size_t quotes = 0;
	while (quotes < 5 && scan_peek(scan, quotes) == quote)
		quotes++;
	if (quotes < 3)
		return false;
	for (size_t i = 3; i < quotes; i++)
		buf_add_char(out, (char)quote);
	scan->at += quotes;
	return true;
}

bool scan_string(Scan *scan, bool multiline, Str *out)
{
	size_t start = scan->at;
	int quote = scan_peek(scan, 0);
	bool over_lines = scan_peek(scan, 1) == quote && scan_peek(scan, 2) == quote;
	Buf buf = buf_new(scan->arena, scan->text.len);
	if (over_lines && !multiline)
		return scan_fail(scan, start, "a key cannot go over lines");
	scan->at += over_lines ? 3 : 1;
	if (over_lines && !scan_take(scan, "\n"))
		scan_take(scan, "\r\n");
	for (;;) {
		if (over_lines ? ends_multiline(scan, quote, &buf) : scan_peek(scan, 0) == quote)
			break;
		if (scan_peek(scan, 0) == SCAN_END)
			return scan_fail(scan, start, "the string is never closed");
		if (!string_character(scan, (char)quote, over_lines, &buf))
			return false;
	}
	scan->at += !over_lines;
	*out = buf_str(&buf);
	return true;
}
