#include "base/str.h"

#include "base/ascii.h"

#include <stdio.h>
#include <string.h>

Str str_from(const char *z)
{
	return z ? (Str){z, strlen(z)} : (Str){0};
}

Str str_copy(Arena *arena, Str s)
{
	return (Str){str_z(arena, s), s.len};
}

Str str_concat(Arena *arena, const Str *parts, size_t count)
{
	size_t length = 0;
	for (size_t i = 0; i < count; i++)
		length += parts[i].len;
	char *at = arena_alloc(arena, length + 1);
	const Str all = {at, length};
	for (size_t i = 0; i < count; i++) {
		if (parts[i].len)
			memcpy(at, parts[i].ptr, parts[i].len);
		at += parts[i].len;
	}
	*at = '\0';
	return all;
}

char *str_z(Arena *arena, Str s)
{
	char *copy = arena_alloc(arena, s.len + 1);
	if (s.len)
		memcpy(copy, s.ptr, s.len);
	return copy;
}

Str str_vformat(Arena *arena, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int length = vsnprintf(NULL, 0, format, args);
	if (length < 0)
		arena_exhausted();
	char *text = arena_alloc(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return (Str){text, (size_t)length};
}

Str str_format(Arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	Str s = str_vformat(arena, format, args);
	va_end(args);
	return s;
}

bool str_equal(Str a, Str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool names_have(const Names *names, Str name)
{
	return str_is_among(name, names->items, names->count);
}

bool str_is_among(Str s, const Str *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(s, words[i]))
			return true;
	return false;
}

int str_compare(Str a, Str b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

int str_order(const void *a, const void *b)
{
	return str_compare(*(const Str *)a, *(const Str *)b);
}

bool str_starts(Str s, Str prefix)
{
	return s.len >= prefix.len && str_equal(str_head(s, prefix.len), prefix);
}

bool str_ends(Str s, Str suffix)
{
	return s.len >= suffix.len && str_equal(str_skip(s, s.len - suffix.len), suffix);
}

bool str_contains(Str s, Str part)
{
	for (size_t i = 0; i + part.len <= s.len; i++)
		if (str_equal(str_head(str_skip(s, i), part.len), part))
			return true;
	return false;
}

Str str_skip(Str s, size_t count)
{
	if (count >= s.len)
		return (Str){s.ptr ? s.ptr + s.len : NULL, 0};
	return (Str){s.ptr + count, s.len - count};
}

Str str_head(Str s, size_t count)
{
	return (Str){s.ptr, count < s.len ? count : s.len};
}

Str str_before(Str s, char stop)
{
	const char *at = s.len ? memchr(s.ptr, stop, s.len) : NULL;
	return at ? str_head(s, (size_t)(at - s.ptr)) : s;
}

Str str_trim(Str s)
{
	while (s.len && ascii_is_space(s.ptr[0]))
		s = str_skip(s, 1);
	while (s.len && ascii_is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool str_next(Str *rest, char separator, Str *part)
{
	if (!rest->ptr)
		return false;
	const char *at = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
	if (at) {
		*part = (Str){rest->ptr, (size_t)(at - rest->ptr)};
		*rest = (Str){at + 1, rest->len - part->len - 1};
	} else {
		*part = *rest;
		*rest = (Str){0};
	}
	return true;
}

/* Unicode 15, table 3-7: the second byte's range depends on the first. */
size_t str_utf8_length(Str s)
{
	if (!s.len)
		return 0;
	const unsigned char *p = (const unsigned char *)s.ptr;
	if (p[0] < 0x80)
		return 1;
	size_t length = p[0] >= 0xC2 && p[0] <= 0xDF   ? 2
			: (p[0] & 0xF0) == 0xE0        ? 3
			: p[0] >= 0xF0 && p[0] <= 0xF4 ? 4
						       : 0;
	if (!length || s.len < length)
		return 0;
	unsigned char low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
	unsigned char high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	return length;
}

size_t str_utf8_invalid(Str s)
{
	size_t i = 0;
	while (i < s.len) {
		size_t length = str_utf8_length(str_skip(s, i));
		if (!length)
			return i;
		i += length;
	}
	return s.len;
}

size_t str_utf8_offset(Str s, size_t chars)
{
	size_t i = 0;
	while (chars-- > 0 && i < s.len) {
		size_t length = str_utf8_length(str_skip(s, i));
		i += length ? length : 1;
	}
	return i;
}

size_t str_utf8_count(Str s)
{
	size_t count = 0;
	for (size_t i = 0; i < s.len; count++) {
		size_t length = str_utf8_length(str_skip(s, i));
		i += length ? length : 1;
	}
	return count;
}

Str str_utf8_repair(Arena *arena, Str s)
{
	if (str_utf8_invalid(s) == s.len)
		return s;
	Buf buf = buf_new(arena, s.len * 3);
	for (size_t i = 0; i < s.len;) {
		size_t length = str_utf8_length(str_skip(s, i));
		buf_add(&buf, length ? str_head(str_skip(s, i), length) : STR("\xEF\xBF\xBD"));
		i += length ? length : 1;
	}
	return buf_str(&buf);
}

static bool is_shell_safe(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("_-./:=@%+,", c));
}

Str str_shell(Arena *arena, Str s)
{
	bool safe = s.len > 0;
	for (size_t i = 0; i < s.len; i++)
		safe = safe && is_shell_safe(s.ptr[i]);
	if (safe)
		return s;
	Buf buf = buf_new(arena, s.len * 4 + 2);
	buf_add_char(&buf, '\'');
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '\'')
			buf_add(&buf, STR("'\\''"));
		else
			buf_add_char(&buf, s.ptr[i]);
	buf_add_char(&buf, '\'');
	return buf_str(&buf);
}

Str str_sql_name(Arena *arena, Str name)
{
	Buf buf = buf_new(arena, name.len * 2 + 2);
	buf_add_char(&buf, '"');
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] == '"')
			buf_add_char(&buf, '"');
		buf_add_char(&buf, name.ptr[i]);
	}
	buf_add_char(&buf, '"');
	return buf_str(&buf);
}

Str str_sql_unquoted(Arena *arena, Str token)
{
	char quote = token.len > 1 ? *token.ptr : '\0';
	if ((quote != '"' && quote != '\'') || token.ptr[token.len - 1] != quote)
		return token;
	Buf buf = buf_new(arena, token.len);
	for (size_t i = 1; i + 1 < token.len; i++) {
		buf_add_char(&buf, token.ptr[i]);
		i += token.ptr[i] == quote && token.ptr[i + 1] == quote && i + 2 < token.len;
	}
	return buf_str(&buf);
}

/* U+202A to U+202E and U+2066 to U+2069. */
static bool turns_text(const unsigned char *c)
{
	return c[0] == 0xE2 && ((c[1] == 0x80 && c[2] >= 0xAA && c[2] <= 0xAE) ||
				       (c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9));
}

size_t str_control(Str s)
{
	const unsigned char *c = (const unsigned char *)s.ptr;
	if (s.len && (c[0] < 0x20 || c[0] == 0x7F))
		return 1;
	if (s.len >= 2 && c[0] == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0)
		return 2;
	return s.len >= 3 && turns_text(c) ? 3 : 0;
}

static void add_escaped(Buf *buf, Str bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		buf_format(buf, "\\x%02x", (unsigned char)bytes.ptr[i]);
}

Str str_visible(Arena *arena, Str s)
{
	Buf buf = buf_new(arena, s.len * 4);
	for (size_t i = 0; i < s.len;) {
		Str rest = str_skip(s, i);
		size_t length = str_utf8_length(rest);
		if (rest.ptr[0] == '\n')
			buf_add(&buf, STR("\\n"));
		else if (!length || str_control(rest))
			add_escaped(&buf, str_head(rest, length ? length : 1));
		else
			buf_add(&buf, str_head(rest, length));
		i += length ? length : 1;
	}
	return buf_str(&buf);
}

Buf buf_new(Arena *arena, size_t max)
{
	return (Buf){.arena = arena, .max = max};
}

static void buf_reserve(Buf *buf, size_t more)
{
	if (buf->capacity - buf->len >= more)
		return;
	size_t capacity = buf->capacity ? buf->capacity * 2 : 128;
	if (capacity < buf->len + more)
		capacity = buf->len + more;
	buf->ptr = arena_grow(buf->arena, buf->ptr, buf->len, capacity);
	buf->capacity = capacity;
}

/* What of `s` fits into `room` bytes, not cut inside a character. */
static Str fitting(Str s, size_t room)
{
	if (s.len <= room)
		return s;
	while (room && ((unsigned char)s.ptr[room] & 0xC0) == 0x80)
		room--;
	return str_head(s, room);
}

void buf_add(Buf *buf, Str s)
{
	if (!s.len || buf->full)
		return;
	Str part = fitting(s, buf->max - buf->len);
	buf->full = part.len < s.len;
	if (!part.len)
		return;
	buf_reserve(buf, part.len);
	memcpy(buf->ptr + buf->len, part.ptr, part.len);
	buf->len += part.len;
}

void buf_add_char(Buf *buf, char c)
{
	buf_add(buf, (Str){&c, 1});
}

void buf_format(Buf *buf, const char *format, ...)
{
	va_list args;
	ARENA_SCRATCH(scratch);
	va_start(args, format);
	buf_add(buf, str_vformat(&scratch, format, args));
	va_end(args);
}

Str buf_str(const Buf *buf)
{
	return (Str){buf->ptr ? buf->ptr : "", buf->len};
}

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

Str str_percent(Arena *arena, Str s)
{
	Buf buf = buf_new(arena, s.len * 3);
	for (size_t i = 0; i < s.len; i++)
		if (is_unreserved(s.ptr[i]))
			buf_add_char(&buf, s.ptr[i]);
		else
			buf_format(&buf, "%%%02X", (unsigned char)s.ptr[i]);
	return buf_str(&buf);
}
