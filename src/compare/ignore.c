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
			*vec_add(arena, &ignore.lines) = (IgnoreLine){.text = line,
				.glob = glob_compile(arena, glob_text(arena, line, true))};
	}
	return ignore;
}

enum {
	NAMES_MAX = 4
};

/* What a line may be compared with: object and whole, with and without the kind. */
static size_t names_of(Arena *arena, const InventoryObject *object, Str names[NAMES_MAX])
{
	Str whole = object->part_of, kind;
	size_t count = 0;
	names[count++] = object->name;
	names[count++] = inventory_title(arena, object);
	if (!whole.len)
		return count;
	names[count++] = object->part_of;
	if (str_next(&whole, ' ', &kind))
		names[count++] = whole;
	return count;
}

bool ignore_takes(Ignore *ignore, const InventoryObject *object)
{
	ARENA_SCRATCH(scratch);
	Str names[NAMES_MAX];
	bool taken = false;
	size_t count = ignore->lines.count ? names_of(&scratch, object, names) : 0;
	for (size_t n = 0; n < count; n++) {
		GlobPath path = glob_path(&scratch, glob_text(&scratch, names[n], false));
		for (size_t i = 0; i < ignore->lines.count; i++) {
			IgnoreLine *line = &ignore->lines.items[i];
			bool takes = glob_match(line->glob, &path);
			line->is_used |= takes;
			taken |= takes;
		}
	}
	return taken;
}

void ignore_find_unused(const Ignore *ignore, Err *notes)
{
	enum {
		LISTED_MAX = 20,
		LINE_MAX = 200 /* bytes */
	};
	Buf buf = buf_new(notes->arena, SIZE_MAX);
	size_t count = 0;
	for (size_t i = 0; i < ignore->lines.count; i++) {
		Str text = ignore->lines.items[i].text;
		if (ignore->lines.items[i].is_used || count++ >= LISTED_MAX)
			continue;
		text = str_head(text, str_utf8_offset(text, LINE_MAX));
		buf_format(&buf, "%s%.*s", count > 1 ? ", " : "",
			STR_ARG(str_visible(notes->arena, text)));
	}
	if (count > LISTED_MAX)
		buf_format(&buf, ", and %zu more", count - LISTED_MAX);
	if (count)
		err_add(notes, ERR_DRIFT, "drift-ignore: %s nothing that differs: %.*s",
			count == 1 ? "this line takes" : "these lines take",
			STR_ARG(buf_str(&buf)));
}
