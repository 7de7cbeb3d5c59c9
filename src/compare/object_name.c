#include "compare/object_name.h"

/* The name up to the next point outside of quotes, or to what follows it: a function's types. Takes
 * it off `rest`. */
static Str take_word(Arena *arena, Str *rest)
{
	Buf word = buf_new(arena, rest->len);
	bool quoted = false;
	size_t i = 0;
	for (; i < rest->len; i++) {
		char c = rest->ptr[i];
		bool doubled = quoted && c == '"' && i + 1 < rest->len && rest->ptr[i + 1] == '"';
		if (c == '"' && !doubled) {
			quoted = !quoted;
			continue;
		}
		if (!quoted && (c == '.' || c == '('))
			break;
		buf_add_char(&word, c);
		i += doubled;
	}
	bool has_more = i < rest->len && rest->ptr[i] == '.';
	*rest = has_more ? str_skip(*rest, i + 1) : (Str){0};
	return buf_str(&word);
}

static bool has_schema(InventoryKind kind)
{
	return kind != INVENTORY_SCHEMA && kind != INVENTORY_EXTENSION &&
	       kind != INVENTORY_EVENT_TRIGGER && kind != INVENTORY_PUBLICATION;
}

PartName object_name_read_title(Arena *arena, Str title)
{
	PartName name = {0};
	Str rest = title, kind = {0};
	if (!str_next(&rest, ' ', &kind))
		return name;
	if (!str_equal(kind, STR("schema")))
		name.schema = take_word(arena, &rest);
	name.object = take_word(arena, &rest);
	return name;
}

PartName object_name_read(Arena *arena, InventoryKind kind, Str name)
{
	PartName parts = {0};
	if (kind == INVENTORY_PRIVILEGES)
		return object_name_read_title(arena, name);
	if (kind == INVENTORY_DEFAULT_PRIVILEGES)
		return parts;
	if (has_schema(kind))
		parts.schema = take_word(arena, &name);
	parts.object = take_word(arena, &name);
	parts.part = take_word(arena, &name);
	return parts;
}
