#include "wrap/yaml_type.h"

#include "base/ascii.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_one_of(Str s, const char *const *words)
{
	while (*words && !str_equal(s, str_from(*words)))
		words++;
	return *words != NULL;
}

static bool is_null(Str s)
{
	static const char *const words[] = {"", "~", "null", "Null", "NULL", NULL};
	return is_one_of(s, words);
}

static bool is_true(Str s)
{
	static const char *const words[] = {"true", "True", "TRUE", NULL};
	return is_one_of(s, words);
}

static bool is_bool(Str s)
{
	static const char *const words[] = {"false", "False", "FALSE", NULL};
	return is_true(s) || is_one_of(s, words);
}

/* The base that 0b, 0o or 0x announce after a sign; `digits` is what follows. */
static int int_base(Str s, Str *digits)
{
	static const struct {
		const char *prefix;
		int base;
	} bases[] = {{"0b", 2}, {"0o", 8}, {"0x", 16}};
	if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '+'))
		s = str_skip(s, 1);
	for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
		if (str_starts(s, str_from(bases[i].prefix))) {
			*digits = str_skip(s, 2);
			return bases[i].base;
		}
	*digits = s;
	return 10;
}

static int digit_value(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	char lower = (char)(c | 0x20);
	return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

static bool is_int(Str s)
{
	Str digits;
	int base = int_base(s, &digits);
	bool any = false;
	if (!digits.len || digits.ptr[digits.len - 1] == '_' ||
		(base == 10 && digits.ptr[0] == '_'))
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.ptr[i] == '_')
			continue;
		if (digit_value(digits.ptr[i]) >= base)
			return false;
		any = true;
	}
	return any;
}

/* Length of a run of digits and underscores. */
static size_t digits_length(Str s)
{
	size_t i = 0;
	while (i < s.len && (ascii_is_digit(s.ptr[i]) || s.ptr[i] == '_'))
		i++;
	return i;
}

/* What an exponent leaves; the whole if there is none. */
static Str skip_exponent(Str s)
{
	size_t i = 1, start;
	if (!s.len || (s.ptr[0] | 0x20) != 'e')
		return s;
	if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+'))
		i++;
	for (start = i; i < s.len && ascii_is_digit(s.ptr[i]);)
		i++;
	return i > start ? str_skip(s, i) : s;
}

static Str without_sign(Str s)
{
	return s.len && (s.ptr[0] == '-' || s.ptr[0] == '+') ? str_skip(s, 1) : s;
}

static bool is_infinity(Str s)
{
	static const char *const words[] = {".inf", ".Inf", ".INF", NULL};
	return is_one_of(s, words);
}

static bool is_nan(Str s)
{
	static const char *const words[] = {".nan", ".NaN", ".NAN", NULL};
	return is_one_of(s, words);
}

/* js-yaml: a number needs a digit first; a leading point takes no sign, and is content with
 * underscores after it. */
static bool is_float(Str s)
{
	Str rest = without_sign(s);
	if (is_infinity(rest) || is_nan(s))
		return true;
	if (!rest.len || s.ptr[s.len - 1] == '_')
		return false;
	if (rest.ptr[0] == '.') {
		size_t length = digits_length(str_skip(rest, 1));
		return rest.len == s.len && length &&
		       skip_exponent(str_skip(rest, 1 + length)).len == 0;
	}
	if (!ascii_is_digit(rest.ptr[0]))
		return false;
	rest = str_skip(rest, digits_length(rest));
	if (str_starts(rest, STR(".")))
		rest = str_skip(rest, 1 + digits_length(str_skip(rest, 1)));
	return skip_exponent(rest).len == 0;
}

/* Takes between `least` and `most` digits off. */
static bool take_digits(Str *s, size_t least, size_t most)
{
	size_t i = 0;
	while (i < s->len && i < most && ascii_is_digit(s->ptr[i]))
		i++;
	*s = str_skip(*s, i);
	return i >= least;
}

static bool take_char(Str *s, char c)
{
	bool there = s->len && s->ptr[0] == c;
	*s = str_skip(*s, there);
	return there;
}

static size_t take_blanks(Str *s)
{
	size_t i = 0;
	while (i < s->len && (s->ptr[i] == ' ' || s->ptr[i] == '\t'))
		i++;
	*s = str_skip(*s, i);
	return i;
}

/* Nothing, Z, or an offset: +2, +02:00. */
static bool is_zone(Str s)
{
	if (!s.len)
		return true;
	take_blanks(&s);
	if (take_char(&s, 'Z'))
		return !s.len;
	if ((!take_char(&s, '-') && !take_char(&s, '+')) || !take_digits(&s, 1, 2))
		return false;
	return !s.len || (take_char(&s, ':') && take_digits(&s, 2, 2) && !s.len);
}

static bool is_timestamp(Str s)
{
	Str date = s;
	if (take_digits(&date, 4, 4) && take_char(&date, '-') && take_digits(&date, 2, 2) &&
		take_char(&date, '-') && take_digits(&date, 2, 2) && !date.len)
		return true;
	if (!take_digits(&s, 4, 4) || !take_char(&s, '-') || !take_digits(&s, 1, 2) ||
		!take_char(&s, '-') || !take_digits(&s, 1, 2))
		return false;
	if (!take_char(&s, 'T') && !take_char(&s, 't') && !take_blanks(&s))
		return false;
	if (!take_digits(&s, 1, 2) || !take_char(&s, ':') || !take_digits(&s, 2, 2) ||
		!take_char(&s, ':') || !take_digits(&s, 2, 2))
		return false;
	if (take_char(&s, '.'))
		take_digits(&s, 0, SIZE_MAX);
	return is_zone(s);
}

/* Base 64 in groups of four, padding included; line ends do not count. */
static bool is_binary(Str s)
{
	size_t digits = 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i], lower = (char)(c | 0x20);
		if (c == '\n' || c == '\r')
			continue;
		if (!ascii_is_digit(c) && !(lower >= 'a' && lower <= 'z') && c != '+' && c != '/' &&
			c != '=')
			return false;
		digits++;
	}
	return digits % 4 == 0;
}

bool yaml_type_fits(YamlKind kind, Str text)
{
	switch (kind) {
	case YAML_KIND_NULL:
		return is_null(text);
	case YAML_KIND_BOOL:
		return is_bool(text);
	case YAML_KIND_INT:
		return is_int(text);
	case YAML_KIND_FLOAT:
		return is_float(text);
	case YAML_KIND_TIMESTAMP:
		return is_timestamp(text);
	case YAML_KIND_BINARY:
		return is_binary(text);
	case YAML_KIND_STRING:
	case YAML_KIND_SEQUENCE:
	case YAML_KIND_MAPPING:
		break;
	}
	return true;
}

YamlKind yaml_type_plain(Str text)
{
	for (YamlKind kind = YAML_KIND_NULL; kind <= YAML_KIND_TIMESTAMP; kind++)
		if (yaml_type_fits(kind, text))
			return kind;
	return YAML_KIND_STRING;
}

/* Digits and exponent of the shortest text that reads back as `value`, which is above 0. Returns
 * n of ECMA-262, Number::toString: the value is 0.DIGITS times ten to the n-th. */
static int shortest_digits(double value, char digits[32])
{
	char text[64];
	for (int precision = 0; precision <= 17; precision++) {
		snprintf(text, sizeof text, "%.*e", precision, value);
		if (strtod(text, NULL) >= value && strtod(text, NULL) <= value)
			break;
	}
	size_t count = 0;
	const char *at = text;
	for (; *at && *at != 'e'; at++)
		if (ascii_is_digit(*at))
			digits[count++] = *at;
	while (count > 1 && digits[count - 1] == '0')
		count--;
	digits[count] = '\0';
	return (int)strtol(at + 1, NULL, 10) + 1;
}

static void add_zeros(Buf *buf, int count)
{
	while (count-- > 0)
		buf_add_char(buf, '0');
}

/* ECMA-262, Number::toString, for values above 0. */
static Str positive_name(Arena *arena, double value)
{
	char digits[32];
	int n = shortest_digits(value, digits), k = (int)strlen(digits);
	Str all = str_from(digits);
	Buf buf = buf_new(arena, 64);
	if (k <= n && n <= 21) {
		buf_add(&buf, all);
		add_zeros(&buf, n - k);
	} else if (0 < n && n <= 21) {
		buf_add(&buf, str_head(all, (size_t)n));
		buf_add_char(&buf, '.');
		buf_add(&buf, str_skip(all, (size_t)n));
	} else if (-6 < n && n <= 0) {
		buf_add(&buf, STR("0."));
		add_zeros(&buf, -n);
		buf_add(&buf, all);
	} else {
		buf_add(&buf, str_head(all, 1));
		if (k > 1)
			buf_add_char(&buf, '.');
		buf_add(&buf, str_skip(all, 1));
		buf_format(&buf, "e%+d", n - 1);
	}
	return buf_str(&buf);
}

static double number_value(Arena *arena, YamlKind kind, Str text)
{
	Str digits = without_sign(text);
	int base = kind == YAML_KIND_INT ? int_base(text, &digits) : 10;
	Buf buf = buf_new(arena, digits.len);
	for (size_t i = 0; i < digits.len; i++)
		if (digits.ptr[i] != '_')
			buf_add_char(&buf, digits.ptr[i]);
	if (base == 10)
		return strtod(str_z(arena, buf_str(&buf)), NULL);
	double value = 0;
	for (size_t i = 0; i < buf.len; i++)
		value = value * base + digit_value(buf.ptr[i]);
	return value;
}

static Str number_name(Arena *arena, YamlKind kind, Str text)
{
	bool negative = str_starts(text, STR("-"));
	Str sign = negative ? STR("-") : STR("");
	if (kind == YAML_KIND_FLOAT && is_nan(text))
		return STR("NaN");
	if (kind == YAML_KIND_FLOAT && is_infinity(without_sign(text)))
		return negative ? STR("-Infinity") : STR("Infinity");
	ARENA_SCRATCH(scratch);
	double value = number_value(&scratch, kind, text);
	if (isinf(value))
		return negative ? STR("-Infinity") : STR("Infinity");
	if (!(value > 0))
		return STR("0");
	Str name = positive_name(&scratch, value);
	return str_format(arena, "%.*s%.*s", STR_ARG(sign), STR_ARG(name));
}

Str yaml_type_name(Arena *arena, YamlKind kind, Str text)
{
	if (kind == YAML_KIND_NULL)
		return STR("null");
	if (kind == YAML_KIND_BOOL)
		return is_true(text) ? STR("true") : STR("false");
	if (kind == YAML_KIND_INT || kind == YAML_KIND_FLOAT)
		return number_name(arena, kind, text);
	return text;
}

bool yaml_type_index(Str name, uint32_t *index)
{
	uint64_t value = 0;
	if (!name.len || name.len > 10 || (name.len > 1 && name.ptr[0] == '0'))
		return false;
	for (size_t i = 0; i < name.len; i++) {
		if (!ascii_is_digit(name.ptr[i]))
			return false;
		value = value * 10 + (uint64_t)(name.ptr[i] - '0');
	}
	*index = (uint32_t)value;
	return value < UINT32_MAX;
}
