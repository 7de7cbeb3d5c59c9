#include "detect/listing.h"

#include "wrap/json.h"

#include <string.h>

/* What needs no quotes; a comma only where it separates nothing. */
static bool is_plain(char c, bool comma)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("._+:@%/-", c)) || (comma && c == ',');
}

static bool all_plain(Str name, bool comma)
{
	for (size_t i = 0; i < name.len; i++)
		if (!is_plain(name.ptr[i], comma))
			return false;
	return name.len > 0;
}

/* In quotes, each quote inside of it doubled. */
static void add_csv(Buf *buf, Str name)
{
	if (all_plain(name, false)) {
		buf_add(buf, name);
		return;
	}
	buf_add_char(buf, '"');
	for (size_t i = 0; i < name.len; i++) {
		buf_add_char(buf, name.ptr[i]);
		if (name.ptr[i] == '"')
			buf_add_char(buf, '"');
	}
	buf_add_char(buf, '"');
}

static bool has(Str s, char c)
{
	return s.len && memchr(s.ptr, c, s.len);
}

/* Length of the white space (ECMAScript's \s) at `s`, or 0. */
static size_t space_length(Str s)
{
	static const char *const wide[] = {"\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\x80",
		"\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85",
		"\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A",
		"\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80",
		"\xEF\xBB\xBF"};
	if (s.ptr[0] == ' ' || (s.ptr[0] >= '\t' && s.ptr[0] <= '\r'))
		return 1;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (str_starts(s, str_from(wide[i])))
			return str_from(wide[i]).len;
	return 0;
}

/* Only harmless characters, white space and single quotes: "..." is enough. */
static bool fits_double_quotes(Str name)
{
	for (size_t i = 0; i < name.len;) {
		bool one = is_plain(name.ptr[i], true) || name.ptr[i] == '\'';
		size_t length = one ? 1 : space_length(str_skip(name, i));
		if (!length)
			return false;
		i += length;
	}
	return true;
}

static void add_single_quoted(Buf *buf, Str part)
{
	bool plain = !part.len || all_plain(part, true);
	buf_add(buf, plain ? STR("") : STR("'"));
	buf_add(buf, part);
	buf_add(buf, plain ? STR("") : STR("'"));
}

/* As it is, '...', "..." or, with single quotes and other things in it, 'it'\''s'. */
static void add_shell(Buf *buf, Str name)
{
	Str part;
	if (has(name, '\'') && fits_double_quotes(name)) {
		buf_add_char(buf, '"');
		buf_add(buf, name);
		buf_add_char(buf, '"');
		return;
	}
	for (bool first = true; str_next(&name, '\'', &part); first = false) {
		if (!first)
			buf_add(buf, STR("\\'"));
		add_single_quoted(buf, part);
	}
}

/* A backslash before each character that is not harmless. A line break cannot have one (the shell
 * drops both): it is put in single quotes. */
static void add_escape(Buf *buf, Str name)
{
	for (size_t i = 0; i < name.len;) {
		size_t length = str_utf8_length(str_skip(name, i));
		Str one = str_head(str_skip(name, i), length ? length : 1);
		if (one.ptr[0] == '\n')
			buf_add_char(buf, '\'');
		else if (one.len > 1 || !is_plain(one.ptr[0], true))
			buf_add_char(buf, '\\');
		buf_add(buf, one);
		if (one.ptr[0] == '\n')
			buf_add_char(buf, '\'');
		i += one.len;
	}
}

static void add_name(Arena *arena, ListFormat format, Str name, Buf *buf)
{
	name = str_utf8_repair(arena, name);
	if (format == LIST_CSV) {
		add_csv(buf, name);
		return;
	}
	if (str_starts(name, STR("-")))
		name = str_format(arena, "./%.*s", STR_ARG(name));
	if (format == LIST_SHELL)
		add_shell(buf, name);
	else
		add_escape(buf, name);
}

static Str format_json(Arena *arena, const Listing *listing)
{
	AUTO_JSON array = json_array();
	for (size_t i = 0; i < listing->count; i++)
		json_add_str(array, "", listing->names[i]);
	return json_print(arena, array);
}

static Str format_line(Arena *arena, const Listing *listing, size_t max)
{
	Buf buf = buf_new(arena, max);
	for (size_t i = 0; i < listing->count && !buf.full; i++) {
		ARENA_SCRATCH(scratch);
		if (i)
			buf_add_char(&buf, listing->format == LIST_CSV ? ',' : ' ');
		add_name(&scratch, listing->format, listing->names[i], &buf);
	}
	return buf_str(&buf);
}

size_t listing_size(Str text)
{
	size_t size = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if ((c & 0xC0) != 0x80)
			size += c >= 0xF0 ? 4 : 2;
	}
	return size;
}

bool listing_format(Arena *arena, const Listing *listing, size_t max, Str *out)
{
	ARENA_SCRATCH(scratch);
	Str text = {0};
	/* UTF-8 takes at most 3 bytes where UTF-16 takes 2: above twice the limit nothing fits */
	size_t enough = max < SIZE_MAX / 2 ? max * 2 + 1 : SIZE_MAX;
	*out = text;
	if (listing->format == LIST_JSON)
		text = format_json(&scratch, listing);
	else if (listing->format != LIST_NONE)
		text = format_line(&scratch, listing, enough);
	if (listing_size(text) > max)
		return false;
	*out = str_copy(arena, text);
	return true;
}
