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
