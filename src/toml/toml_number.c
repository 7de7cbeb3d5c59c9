#include "toml/toml_number.h"

#include "base/ascii.h"

/* No message shows what is written: it may be a secret without its quotes. */

#include <math.h>
#include <stdlib.h>

/* ---- numbers ---- */

static int digit_of(char c)
{
	return ascii_is_digit(c)      ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : 99;
}

/* Digits of a base with single underscores between them; cut off `rest`. 0 if there are none, or an
 * underscore has no digit at each side. `plain` collects the digits. */
static size_t take_digits(Str *rest, int base, Buf *plain)
{
	size_t i = 0, count = 0;
	while (i < rest->len) {
		bool underscore = rest->ptr[i] == '_';
		if (underscore && (count == 0 || i + 1 == rest->len || rest->ptr[i - 1] == '_' ||
					  digit_of(rest->ptr[i + 1]) >= base))
			return 0;
		if (!underscore && digit_of(rest->ptr[i]) >= base)
			break;
		if (!underscore) {
			buf_add_char(plain, rest->ptr[i]);
			count++;
		}
		i++;
	}
	*rest = str_skip(*rest, i);
	return count;
}

static bool value_of(Str digits, int base, bool negative, int64_t *value)
{
	uint64_t sum = 0, limit = negative ? (uint64_t)INT64_MAX + 1 : INT64_MAX;
	for (size_t i = 0; i < digits.len; i++) {
		uint64_t digit = (uint64_t)digit_of(digits.ptr[i]);
		if (sum > (limit - digit) / (uint64_t)base)
			return false;
		sum = sum * (uint64_t)base + digit;
	}
	*value = negative ? (int64_t)(0 - sum) : (int64_t)sum;
	return true;
}

/* 0x1F, 0o17, 0b11: without a sign. */
static int base_of(Str word)
{
	return str_starts(word, STR("0x"))   ? 16
	       : str_starts(word, STR("0o")) ? 8
	       : str_starts(word, STR("0b")) ? 2
					     : 10;
}

/* What follows the digits before the point. */
static bool take_fraction(Str *rest, Buf *plain)
{
	bool fraction = str_starts(*rest, STR("."));
	if (fraction) {
		buf_add_char(plain, '.');
		*rest = str_skip(*rest, 1);
		if (!take_digits(rest, 10, plain))
			return false;
	}
	if (!str_starts(*rest, STR("e")) && !str_starts(*rest, STR("E")))
		return fraction;
	buf_add_char(plain, 'e');
	*rest = str_skip(*rest, 1);
	if (str_starts(*rest, STR("-")) || str_starts(*rest, STR("+"))) {
		buf_add_char(plain, rest->ptr[0]);
		*rest = str_skip(*rest, 1);
	}
	return take_digits(rest, 10, plain) > 0;
}

/* How it is written, besides its digits. */
typedef struct Number {
	size_t start;
	int base;
	bool negative;
} Number;

static bool read_integer(Scan *scan, const Number *number, Str digits, Toml *out)
{
	out->kind = TOML_INTEGER;
	if (!value_of(digits, number->base, number->negative, &out->integer))
		return scan_fail(scan, number->start, "the number does not fit into 64 bits");
	return true;
}

static bool read_float(Scan *scan, const Number *number, Str digits, Toml *out)
{
	out->kind = TOML_FLOAT;
	out->number = strtod(str_z(scan->arena, digits), NULL);
	if (isinf(out->number))
		return scan_fail(scan, number->start, "the number is too large");
	if (number->negative)
		out->number = -out->number;
	return true;
}

static bool read_number(Scan *scan, size_t start, Str word, Toml *out)
{
	int base = base_of(word);
	bool sign = str_starts(word, STR("-")) || str_starts(word, STR("+"));
	const Number number = {start, base, sign && word.ptr[0] == '-'};
	Str rest = str_skip(word, base != 10 ? 2 : sign ? 1 : 0);
	Buf plain = buf_new(scan->arena, word.len + 1);
	bool zero_first = base == 10 && rest.len > 1 && rest.ptr[0] == '0' &&
			  (ascii_is_digit(rest.ptr[1]) || rest.ptr[1] == '_');

	if (!take_digits(&rest, base, &plain))
		return scan_fail(scan, start, "%s",
			ascii_is_digit(rest.len ? rest.ptr[0] : '0') || base != 10
				? "not a number"
				: "not a value; strings are quoted");
	if (zero_first)
		return scan_fail(scan, start, "a number cannot begin with a zero");
	if (!rest.len)
		return read_integer(scan, &number, buf_str(&plain), out);
	if (base != 10 || !take_fraction(&rest, &plain) || rest.len)
		return scan_fail(scan, start, "not a number");
	return read_float(scan, &number, buf_str(&plain), out);
}

/* ---- dates ---- */

/* `count` digits with a value up to `max`, cut off `rest`. */
static bool take_number(Str *rest, size_t count, int min, int max, int *value)
{
	*value = 0;
	for (size_t i = 0; i < count; i++) {
		if (i >= rest->len || !ascii_is_digit(rest->ptr[i]))
			return false;
		*value = *value * 10 + (rest->ptr[i] - '0');
	}
	*rest = str_skip(*rest, count);
	return *value >= min && *value <= max;
}

static bool take_sign(Str *rest, char sign)
{
	if (!rest->len || rest->ptr[0] != sign)
		return false;
	*rest = str_skip(*rest, 1);
	return true;
}

static bool take_date(Str *rest)
{
	static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int year, month, day;
	if (!take_number(rest, 4, 0, 9999, &year) || !take_sign(rest, '-') ||
		!take_number(rest, 2, 1, 12, &month) || !take_sign(rest, '-') ||
		!take_number(rest, 2, 1, days[month - 1], &day))
		return false;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return month != 2 || day < 29 || leap;
}

/* Behind hours and minutes. An offset follows a date and its time only. */
static bool lacks_seconds(Str rest, bool has_date)
{
	return !rest.len || (has_date && (rest.ptr[0] == 'Z' || rest.ptr[0] == 'z' ||
						 rest.ptr[0] == '+' || rest.ptr[0] == '-'));
}

/* A second 60 is a leap second (RFC 3339). */
static bool take_time(Scan *scan, Str *rest, bool has_date)
{
	int ignored;
	if (!take_number(rest, 2, 0, 23, &ignored) || !take_sign(rest, ':') ||
		!take_number(rest, 2, 0, 59, &ignored))
		return false;
	if (lacks_seconds(*rest, has_date))
		scan_newer(scan);
	if (!take_sign(rest, ':') || !take_number(rest, 2, 0, 60, &ignored))
		return false;
	if (!take_sign(rest, '.'))
		return true;
	size_t digits = 0;
	while (digits < rest->len && ascii_is_digit(rest->ptr[digits]))
		digits++;
	*rest = str_skip(*rest, digits);
	return digits > 0;
}

static bool take_offset(Str *rest)
{
	int ignored;
	if (take_sign(rest, 'Z') || take_sign(rest, 'z'))
		return true;
	return (take_sign(rest, '+') || take_sign(rest, '-')) &&
	       take_number(rest, 2, 0, 23, &ignored) && take_sign(rest, ':') &&
	       take_number(rest, 2, 0, 59, &ignored);
}

static bool is_date(Str word)
{
	return word.len > 4 && ascii_is_digit(word.ptr[0]) && ascii_is_digit(word.ptr[1]) &&
	       ascii_is_digit(word.ptr[2]) && ascii_is_digit(word.ptr[3]) && word.ptr[4] == '-';
}

static bool is_time(Str word)
{
	return word.len > 2 && ascii_is_digit(word.ptr[0]) && ascii_is_digit(word.ptr[1]) &&
	       word.ptr[2] == ':';
}

static bool read_date(Scan *scan, size_t start, Str word, Toml *out)
{
	Str rest = word;
	bool valid = true;
	out->kind = TOML_LOCAL_TIME;
	if (is_date(word)) {
		valid = take_date(&rest);
		out->kind = TOML_LOCAL_DATE;
	}
	if (valid && rest.len) {
		valid = out->kind == TOML_LOCAL_TIME || take_sign(&rest, 'T') ||
			take_sign(&rest, 't') || take_sign(&rest, ' ');
		valid = valid && take_time(scan, &rest, out->kind == TOML_LOCAL_DATE);
		if (out->kind == TOML_LOCAL_DATE)
			out->kind = TOML_LOCAL_DATETIME;
	}
	if (valid && rest.len && out->kind == TOML_LOCAL_DATETIME) {
		valid = take_offset(&rest);
		out->kind = TOML_DATETIME;
	}
	if (!valid || rest.len)
		return scan_fail(scan, start, "not a date or a time");
	return true;
}

/* ---- words ---- */

/* Up to a blank or a sign of the grammar. A date may be followed by a blank and its time. */
static Str take_word(Scan *scan)
{
	Str rest = str_skip(scan->text, scan->at);
	size_t end = 0;
	for (; end < rest.len; end++) {
		char c = rest.ptr[end];
		bool in_date =
			c == ' ' && end == 10 && is_date(rest) && is_time(str_skip(rest, end + 1));
		if ((c == ' ' && !in_date) || c == '\t' || c == '\n' || c == '\r' || c == ',' ||
			c == ']' || c == '}' || c == '#' || c == '=')
			break;
	}
	scan->at += end;
	return str_head(rest, end);
}

static bool read_word(Str word, Toml *out)
{
	static const struct {
		Str word;
		TomlKind kind;
		bool truth;
		double number;
	} table[] = {
		{STR_INIT("true"), TOML_BOOL, true, 0},
		{STR_INIT("false"), TOML_BOOL, false, 0},
		{STR_INIT("inf"), TOML_FLOAT, false, INFINITY},
		{STR_INIT("+inf"), TOML_FLOAT, false, INFINITY},
		{STR_INIT("-inf"), TOML_FLOAT, false, -INFINITY},
		{STR_INIT("nan"), TOML_FLOAT, false, NAN},
		{STR_INIT("+nan"), TOML_FLOAT, false, NAN},
		{STR_INIT("-nan"), TOML_FLOAT, false, NAN},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_equal(word, table[i].word)) {
			out->kind = table[i].kind;
			out->truth = table[i].truth;
			out->number = table[i].number;
			return true;
		}
	return false;
}

bool number_read(Scan *scan, Toml *out)
{
	size_t start = scan->at;
	Str word = take_word(scan);
	out->text = word;
	if (!word.len)
		return scan_expected(scan, "a value");
	if (read_word(word, out))
		return true;
	if (is_date(word) || is_time(word))
		return read_date(scan, start, word, out);
	return read_number(scan, start, word, out);
}
