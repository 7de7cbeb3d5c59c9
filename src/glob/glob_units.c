#include "glob/glob_units.h"

#include <string.h>

/* Length of the ill-formed part at `s` that becomes one U+FFFD: as long as it could still be the
 * beginning of a character. */
static size_t ill_formed_part(Str s)
{
	for (size_t length = 3; length > 1; length--) {
		char whole[] = "\x80\x80\x80\x80";
		if (s.len < length)
			continue;
		memcpy(whole, s.ptr, length);
		if (str_utf8_length((Str){whole, 4}) > length)
			return length;
	}
	return 1;
}

static uint32_t code_point(Str s)
{
	static const uint8_t lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
	uint32_t value = (unsigned char)s.ptr[0] & lead_bits[s.len];
	for (size_t i = 1; i < s.len; i++)
		value = value << 6 | ((unsigned char)s.ptr[i] & 0x3F);
	return value;
}

Units units_decode(Arena *arena, Str s)
{
	uint16_t *units = arena_array(arena, uint16_t, s.len + 1);
	size_t count = 0;
	while (s.len) {
		size_t length = str_utf8_length(s);
		uint32_t value = length ? code_point(str_head(s, length)) : 0xFFFD;
		if (value >= 0x10000) {
			units[count++] = (uint16_t)(0xD800 + ((value - 0x10000) >> 10));
			value = 0xDC00 + (value & 0x3FF);
		}
		units[count++] = (uint16_t)value;
		s = str_skip(s, length ? length : ill_formed_part(s));
	}
	return (Units){units, count};
}

bool units_equal(Units a, Units b)
{
	return a.len == b.len && (!a.len || memcmp(a.ptr, b.ptr, a.len * sizeof *a.ptr) == 0);
}

bool units_start(Units text, const char *ascii)
{
	for (size_t i = 0; ascii[i]; i++)
		if (i == text.len || text.ptr[i] != (unsigned char)ascii[i])
			return false;
	return true;
}

bool units_hold(Units text, uint16_t unit)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == unit)
			return true;
	return false;
}

Units units_skip(Units text, size_t count)
{
	if (count >= text.len)
		return (Units){NULL, 0};
	return (Units){text.ptr + count, text.len - count};
}

Units units_of(const UnitBuf *buf)
{
	return (Units){buf->items, buf->count};
}

void units_add_unit(Arena *arena, UnitBuf *buf, uint16_t unit)
{
	*vec_add(arena, buf) = unit;
}

void units_add(Arena *arena, UnitBuf *buf, Units text)
{
	for (size_t i = 0; i < text.len; i++)
		units_add_unit(arena, buf, text.ptr[i]);
}

void units_add_ascii(Arena *arena, UnitBuf *buf, const char *ascii)
{
	while (*ascii)
		units_add_unit(arena, buf, (unsigned char)*ascii++);
}

void units_cut(UnitBuf *buf, size_t count)
{
	buf->count -= count < buf->count ? count : buf->count;
}

bool unit_is_word(uint16_t unit)
{
	return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') ||
	       (unit >= '0' && unit <= '9') || unit == '_';
}

bool unit_ends_line(uint16_t unit)
{
	return unit == '\n' || unit == '\r' || unit == 0x2028 || unit == 0x2029;
}
