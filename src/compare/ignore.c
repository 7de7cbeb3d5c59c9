#include "compare/ignore.h"

/* A glob's star stops at a slash, which is a sign like others in a name; quotes and parentheses
 * are in names as often as stars in lines, and a `!` in front would ignore nearly everything. */
static Str glob_text(Arena *arena, Str text, bool is_pattern)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (is_pattern && (c == '"' || c == '(' || c == ')' || c == '!'))
			buf_add_char(&buf, '\\');
		buf_add_char(&buf, c == '/' ? ':' : c);
	}
	return buf_str(&buf);
}

Ignore ignore_read(Arena *arena, Str text)
{
	Ignore ignore = {0};
	Str line;
	while (str_next(&text, '\n', &line)) {
		line = str_trim(line);
		if (line.len && !str_starts(line, STR("#")))
			*vec_add(arena, &ignore.globs) =
				glob_compile(arena, glob_text(arena, line, true));
	}
	return ignore;
}

static bool matches(const Ignore *ignore, Str text)
{
	ARENA_SCRATCH(scratch);
	GlobPath path = glob_path(&scratch, glob_text(&scratch, text, false));
	for (size_t i = 0; i < ignore->globs.count; i++)
		if (glob_match(ignore->globs.items[i], &path))
			return true;
	return false;
}

bool ignore_takes(const Ignore *ignore, const InventoryObject *object)
{
	ARENA_SCRATCH(scratch);
	Str whole = object->part_of, kind;
	if (!ignore->globs.count)
		return false;
	if (matches(ignore, object->name) || matches(ignore, inventory_title(&scratch, object)))
		return true;
	if (!whole.len)
		return false;
	return matches(ignore, whole) || (str_next(&whole, ' ', &kind) && matches(ignore, whole));
}
