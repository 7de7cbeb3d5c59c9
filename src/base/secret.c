#include "base/secret.h"

enum {
	SHORTEST = 4
};

static bool is_common(Str value)
{
	static const Str words[] = {STR_INIT("postgres"), STR_INIT("postgresql"),
		STR_INIT("localhost"), STR_INIT("password"), STR_INIT("supabase"), STR_INIT("true"),
		STR_INIT("false")};
	return STR_IS_AMONG(value, words);
}

/* The newest value that begins as `text` does, or SIZE_MAX. */
static size_t newest(const Secrets *secrets, Str text)
{
	if (text.len < SHORTEST || !secrets->first[(unsigned char)text.ptr[0]])
		return SIZE_MAX;
	const size_t *at = str_map_find(&secrets->begins, str_head(text, SHORTEST));
	return at ? *at : SIZE_MAX;
}

static bool holds(const Secrets *secrets, Str value)
{
	size_t i = newest(secrets, value);
	while (i != SIZE_MAX && !str_equal(secrets->values.items[i], value))
		i = secrets->next.items[i];
	return i != SIZE_MAX;
}

bool secret_add(Secrets *secrets, Str value)
{
	if (value.len < SHORTEST || is_common(value))
		return false;
	if (holds(secrets, value))
		return true;
	Str own = str_copy(secrets->arena, value);
	size_t *begin = str_map_at(secrets->arena, &secrets->begins, str_head(own, SHORTEST));
	*vec_add(secrets->arena, &secrets->next) = *begin;
	*begin = secrets->values.count;
	secrets->first[(unsigned char)own.ptr[0]] = true;
	*vec_add(secrets->arena, &secrets->values) = own;
	return true;
}

static int digit(Str s, size_t i)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	for (int k = 0; i < s.len && digits[k]; k++)
		if (digits[k] == s.ptr[i])
			return k % 16;
	return -1;
}

static Str decoded(Arena *arena, Str value)
{
	Buf buf = buf_new(arena, value.len);
	for (size_t i = 0; i < value.len; i++) {
		int high = digit(value, i + 1), low = digit(value, i + 2);
		bool escape = value.ptr[i] == '%' && high >= 0 && low >= 0;
		buf_add_char(&buf, escape ? (char)(high * 16 + low) : value.ptr[i]);
		i += escape ? 2 : 0;
	}
	return buf_str(&buf);
}

/* With padding; `extra`: the two digits that are not letters or numbers. */
static Str base64(Arena *arena, Str value, const char *extra)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	Buf buf = buf_new(arena, value.len * 2 + 8);
	for (size_t i = 0; i < value.len; i += 3) {
		size_t bytes = value.len - i < 3 ? value.len - i : 3;
		unsigned bits = 0;
		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 | (k < bytes ? (unsigned char)value.ptr[i + k] : 0);
		for (size_t k = 0; k < 4; k++) {
			unsigned digit = bits >> (18 - 6 * k) & 63;
			buf_add_char(&buf, k > bytes    ? '='
					   : digit < 62 ? letters[digit]
							: extra[digit - 62]);
		}
	}
	return buf_str(&buf);
}

/* Of a value in the middle of a longer one: what its own bits alone decide, for each of the three
 * places where it may begin. */
static void add_base64_parts(Secrets *secrets, Str value, const char *extra)
{
	enum {
		SHORTEST_PART = 8
	};
	for (size_t before = 0; before < 3; before++) {
		ARENA_SCRATCH(scratch);
		Str shifted = str_format(&scratch, "%.*s%.*s", (int)before, "..", STR_ARG(value));
		size_t from = (before * 8 + 5) / 6, to = (before + value.len) * 8 / 6;
		Str digits = base64(&scratch, shifted, extra);
		if (to >= from + SHORTEST_PART)
			secret_add(secrets, str_skip(str_head(digits, to), from));
	}
}

static void add_base64(Secrets *secrets, Str value)
{
	static const char *const extras[] = {"+/", "-_"};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < sizeof extras / sizeof *extras; i++) {
		secret_add(secrets, base64(&scratch, value, extras[i]));
		add_base64_parts(secrets, value, extras[i]);
	}
}

bool secret_add_forms(Secrets *secrets, Str value)
{
	ARENA_SCRATCH(scratch);
	secret_add(secrets, str_percent(&scratch, value));
	secret_add(secrets, decoded(&scratch, value));
	if (!secret_add(secrets, value))
		return false;
	add_base64(secrets, value);
	return true;
}

bool secret_add_token(Secrets *secrets, Str token)
{
	ARENA_SCRATCH(scratch);
	Str login = str_format(&scratch, "x-access-token:%.*s", STR_ARG(token));
	if (!secret_add_forms(secrets, token))
		return false;
	return secret_add(secrets, base64(&scratch, login, "+/"));
}

bool secret_add_lines(Secrets *secrets, Str value)
{
	enum {
		SHORTEST_LINE = 8
	};
	Str rest = value, line;
	while (str_contains(value, STR("\n")) && str_next(&rest, '\n', &line))
		if (str_trim(line).len >= SHORTEST_LINE)
			secret_add(secrets, str_trim(line));
	if (!secret_add(secrets, value))
		return false;
	add_base64(secrets, value);
	return true;
}

/* Length of the longest secret that `text` starts with, or 0. */
static size_t secret_at(const Secrets *secrets, Str text)
{
	size_t longest = 0;
	for (size_t i = newest(secrets, text); i != SIZE_MAX; i = secrets->next.items[i]) {
		Str value = secrets->values.items[i];
		if (value.len > longest && str_starts(text, value))
			longest = value.len;
	}
	return longest;
}

Str secret_redact(const Secrets *secrets, Arena *arena, Str text)
{
	size_t clean = 0;
	while (clean < text.len && !secret_at(secrets, str_skip(text, clean)))
		clean++;
	if (clean == text.len)
		return text;
	Buf buf = buf_new(arena, text.len * 2 + 3);
	buf_add(&buf, str_head(text, clean));
	for (size_t i = clean; i < text.len;) {
		size_t length = secret_at(secrets, str_skip(text, i));
		if (length)
			buf_add(&buf, STR("***"));
		else
			buf_add_char(&buf, text.ptr[i]);
		i += length ? length : 1;
	}
	return buf_str(&buf);
}
