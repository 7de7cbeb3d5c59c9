#include "glob/wildcard.h"

#include "base/file.h"
#include "base/interrupt.h"

#include <stdlib.h>

enum {
	DEPTH_MAX = 64
};

/* ---- one name ---- */

/* The character at the front; a byte that is no UTF-8 counts as U+FFFD, as it does in Go. */
static uint32_t decode(Str s, size_t *length)
{
	static const unsigned char mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
	size_t n = str_utf8_length(s);
	*length = n ? n : 1;
	if (!n)
		return 0xFFFD;
	uint32_t code = (unsigned char)s.ptr[0] & mask[n];
	for (size_t i = 1; i < n; i++)
		code = code << 6 | ((unsigned char)s.ptr[i] & 0x3F);
	return code;
}

static char at(Str s, size_t i)
{
	return i < s.len ? s.ptr[i] : '\0';
}

/* One end of a range in a class; cut off `rest`. */
static bool take_bound(Str *rest, uint32_t *code)
{
	size_t length;
	if (!rest->len || at(*rest, 0) == '-' || at(*rest, 0) == ']')
		return false;
	if (at(*rest, 0) == '\\')
		*rest = str_skip(*rest, 1);
	if (!rest->len || !str_utf8_length(*rest))
		return false;
	*code = decode(*rest, &length);
	*rest = str_skip(*rest, length);
	return rest->len > 0;
}

/* A class after its `[`, cut off `rest` with its `]`. False if it is malformed. */
static bool take_class(Str *rest, uint32_t code, bool *matches)
{
	bool negated = at(*rest, 0) == '^', found = false;
	*rest = str_skip(*rest, negated);
	for (bool first = true; first || at(*rest, 0) != ']'; first = false) {
		uint32_t low, high;
		if (!take_bound(rest, &low))
			return false;
		high = low;
		if (at(*rest, 0) == '-') {
			*rest = str_skip(*rest, 1);
			if (!take_bound(rest, &high))
				return false;
		}
		found = found || (low <= code && code <= high);
	}
	*rest = str_skip(*rest, 1);
	*matches = found != negated;
	return true;
}

bool wildcard_is_valid(Str pattern)
{
	bool ignored;
	while (pattern.len) {
		char c = pattern.ptr[0];
		pattern = str_skip(pattern, 1);
		if (c == '\\' && !pattern.len)
			return false;
		if (c == '\\')
			pattern = str_skip(pattern, 1);
		else if (c == '[' && !take_class(&pattern, 0, &ignored))
			return false;
	}
	return true;
}

/* One element of a valid pattern, no star, against the front of the name; both move on. */
static bool match_one(Str *pattern, Str *name)
{
	size_t length = 1;
	bool matches = name->len > 0;
	char c = pattern->ptr[0];
	uint32_t code = matches ? decode(*name, &length) : 0;
	*pattern = str_skip(*pattern, 1);
	if (c == '[') {
		bool inside = false;
		take_class(pattern, code, &inside);
		matches = matches && inside;
	} else if (c != '?') {
		if (c == '\\') {
			c = pattern->ptr[0];
			*pattern = str_skip(*pattern, 1);
		}
		matches = matches && name->ptr[0] == c;
		length = 1;
	}
	*name = str_skip(*name, length);
	return matches;
}

/* A star that turns out to have taken too little takes one more; only the last is ever asked. */
bool wildcard_match(Str pattern, Str name)
{
	Str after_star = {0}, taken = {0};
	bool has_star = false;
	if (!wildcard_is_valid(pattern))
		return false;
	while (pattern.len || name.len) {
		if (pattern.len && pattern.ptr[0] == '*') {
			pattern = after_star = str_skip(pattern, 1);
			taken = name;
			has_star = true;
			continue;
		}
		if (pattern.len && match_one(&pattern, &name))
			continue;
		if (!has_star || !taken.len)
			return false;
		name = taken = str_skip(taken, 1);
		pattern = after_star;
	}
	return true;
}

/* ---- paths ---- */

bool wildcard_covers(Str pattern, Str path, bool below)
{
	Str wanted, name;
	while (path.len && str_next(&path, '/', &name)) {
		if (!pattern.len || !str_next(&pattern, '/', &wanted))
			return below;
		if (!wildcard_match(wanted, name))
			return false;
	}
	return true;
}

bool wildcard_is_needed(Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '*' || s.ptr[i] == '?' || s.ptr[i] == '[' || s.ptr[i] == '\\')
			return true;
	return false;
}

static void sort_from(Paths *paths, size_t first)
{
	if (paths->count > first)
		qsort(paths->items + first, paths->count - first, sizeof *paths->items, str_order);
}

/* For a folder that was listed. */
static bool spend(WildcardSearch *search, size_t names)
{
	bool stops = interrupt_pending();
	if (stops || search->looks <= names) {
		search->reason = stops ? STR("a signal has come")
				       : str_format(search->arena,
						 "it leads past more than %d files and folders",
						 WILDCARD_LOOKS_MAX);
		return false;
	}
	search->looks -= names + 1;
	return true;
}

static bool find_paths(WildcardSearch *search, Str pattern, unsigned depth, Paths *out)
{
	Arena *arena = search->arena;
	Str base = search->base, path = file_join(arena, base, pattern);
	if (!wildcard_is_needed(pattern)) {
		if (file_type(path) != FILE_MISSING || file_is_symlink(path))
			*vec_add(arena, out) = pattern;
		return true;
	}
	bool rooted = str_starts(pattern, STR("/"));
	Str last = file_base(pattern), parent = file_parent(pattern);
	Paths folders = {0};
	if (depth >= DEPTH_MAX)
		return true;
	if (last.len == pattern.len)
		parent = (Str){0};
	if (!parent.len || (rooted && parent.len == 1))
		*vec_add(arena, &folders) = parent;
	else if (!find_paths(search, parent, depth + 1, &folders))
		return false;
	for (size_t i = 0; i < folders.count; i++) {
		Names names = {0};
		Str folder = folders.items[i], ignored;
		/* what is no folder, or cannot be read, has no names */
		file_list(arena, file_join(arena, base, folder), &names, &ignored);
		if (!spend(search, names.count))
			return false;
		for (size_t k = 0; k < names.count; k++)
			if (wildcard_match(last, names.items[k]))
				*vec_add(arena, out) =
					folder.len ? file_join(arena, folder, names.items[k])
						   : names.items[k];
	}
	return true;
}

bool wildcard_find(WildcardSearch *search, Str pattern, Paths *out)
{
	size_t first = out->count;
	bool found = !pattern.len || find_paths(search, pattern, 0, out);
	sort_from(out, first);
	return found;
}

static bool walk(WildcardSearch *search, Str folder, unsigned depth, Paths *out)
{
	Arena *arena = search->arena;
	Str base = search->base;
	Names names = {0};
	if (depth >= DEPTH_MAX) {
		search->reason = STR("its folders are nested too deeply");
		return false;
	}
	if (!file_list(arena, file_join(arena, base, folder), &names, &search->reason) ||
		!spend(search, names.count))
		return false;
	for (size_t i = 0; i < names.count; i++) {
		Str shown = file_join(arena, folder, names.items[i]);
		Str path = file_join(arena, base, shown);
		if (file_is_symlink(path))
			continue;
		FileType type = file_type(path);
		if (type == FILE_FOLDER && !walk(search, shown, depth + 1, out))
			return false;
		if (type == FILE_REGULAR && str_ends(shown, STR(".sql")))
			*vec_add(arena, out) = shown;
	}
	return true;
}

bool wildcard_walk(WildcardSearch *search, Str folder, Paths *out)
{
	size_t first = out->count;
	bool walked = walk(search, folder, 0, out);
	sort_from(out, first);
	return walked;
}
