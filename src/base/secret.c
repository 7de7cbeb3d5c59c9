#include "base/secret.h"

enum {
	SHORTEST = 4
};

static bool is_common(Str value)
{
	static const Str words[] = {STR_INIT("postgres"), STR_INIT("postgresql"),
		STR_INIT("localhost"), STR_INIT("password"), STR_INIT("supabase"), STR_INIT("true"),
		STR_INIT("false")};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal(value, words[i]))
			return true;
	return false;
}

bool secret_add(Secrets *secrets, Str value)
{
	if (value.len < SHORTEST || is_common(value))
		return false;
	for (size_t i = 0; i < secrets->values.count; i++)
		if (str_equal(secrets->values.items[i], value))
			return true;
	*vec_add(secrets->arena, &secrets->values) = str_copy(secrets->arena, value);
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

bool secret_add_forms(Secrets *secrets, Str value)
{
	ARENA_SCRATCH(scratch);
	secret_add(secrets, str_percent(&scratch, value));
	secret_add(secrets, decoded(&scratch, value));
	return secret_add(secrets, value);
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
	return secret_add(secrets, value);
}

/* Length of the longest secret that `text` starts with, or 0. */
static size_t secret_at(const Secrets *secrets, Str text)
{
	size_t longest = 0;
	for (size_t i = 0; i < secrets->values.count; i++) {
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
