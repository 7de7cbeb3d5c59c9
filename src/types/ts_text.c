#include "types/ts_text.h"

#include "types/ts_parse.h"

#include <stdlib.h>

static Str join_parts(Arena *arena, const Str *parts, size_t count, const char *between)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add(&buf, str_from(between));
		buf_add(&buf, parts[i]);
	}
	return buf_str(&buf);
}

Str ts_union(Arena *arena, Str *parts, size_t count)
{
	size_t kept = 0;
	if (count == 1)
		return parts[0];
	qsort(parts, count, sizeof *parts, str_order);
	for (size_t i = 0; i < count; i++)
		if (!kept || !str_equal(parts[kept - 1], parts[i]))
			parts[kept++] = parts[i];
	return join_parts(arena, parts, kept, " | ");
}

typedef struct Writer {
	Arena *arena;
	Str own;
} Writer;

static Str text_of(const Writer *w, const TsType *type);

static Str *texts_of(const Writer *w, const TsType *items, size_t *count)
{
	*count = 0;
	for (const TsType *item = items; item; item = item->next)
		++*count;
	Str *texts = arena_array(w->arena, Str, *count + 1);
	for (size_t i = 0; items; items = items->next)
		texts[i++] = text_of(w, items);
	return texts;
}

static Str object_text(const Writer *w, const TsType *type)
{
	size_t count = 0, i = 0;
	for (const TsMember *member = type->members; member; member = member->next)
		count++;
	Str *parts = arena_array(w->arena, Str, count + 1);
	for (const TsMember *member = type->members; member; member = member->next)
		parts[i++] = str_format(w->arena, "%.*s%s: %.*s",
			STR_ARG(member->is_index ? STR("[]") : ts_key(w->arena, member->name)),
			member->optional ? "?" : "", STR_ARG(text_of(w, member->type)));
	if (count)
		qsort(parts, count, sizeof *parts, str_order);
	return str_format(w->arena, "{ %.*s }", STR_ARG(join_parts(w->arena, parts, count, "; ")));
}

static bool is_part(const TsType *type, Str part)
{
	return type && type->kind == TS_INDEXED && type->items->next->kind == TS_LITERAL &&
	       str_equal(type->items->next->text, part);
}

static Str named_text(const Writer *w, const TsType *type)
{
	size_t count;
	if (str_equal(type->text, w->own))
		return STR("Database");
	if (!type->items)
		return type->text;
	if (str_equal(type->text, STR("Omit")) && is_part(type->items, STR("\"Row\"")) &&
		is_part(type->items->next, STR("\"ComputedFields\"")))
		return text_of(w, type->items);
	if (str_equal(type->text, STR("Array")) && !type->items->next)
		return str_format(w->arena, "%.*s[]", STR_ARG(text_of(w, type->items)));
	const Str *texts = texts_of(w, type->items, &count);
	return str_format(w->arena, "%.*s<%.*s>", STR_ARG(type->text),
		STR_ARG(join_parts(w->arena, texts, count, ", ")));
}

/* In parentheses where another bracket would be taken for a part's. */
static Str operand(const Writer *w, const TsType *type)
{
	Str text = text_of(w, type);
	bool loose = type->kind == TS_UNION || type->kind == TS_INTERSECTION;
	return loose ? str_concat(w->arena, (const Str[]){STR("("), text, STR(")")}, 3) : text;
}

static Str text_of(const Writer *w, const TsType *type)
{
	size_t count;
	Str *texts;
	switch (type->kind) {
	case TS_NAMED:
		return named_text(w, type);
	case TS_LITERAL:
		return type->text;
	case TS_OBJECT:
		return object_text(w, type);
	case TS_UNION:
		texts = texts_of(w, type->items, &count);
		return ts_union(w->arena, texts, count);
	case TS_INTERSECTION:
		texts = texts_of(w, type->items, &count);
		return join_parts(w->arena, texts, count, " & ");
	case TS_ARRAY:
		return str_concat(w->arena, (const Str[]){operand(w, type->items), STR("[]")}, 2);
	case TS_TUPLE:
		texts = texts_of(w, type->items, &count);
		return str_format(
			w->arena, "[%.*s]", STR_ARG(join_parts(w->arena, texts, count, ", ")));
	case TS_INDEXED:
		break;
	}
	const Str pieces[] = {
		operand(w, type->items), STR("["), text_of(w, type->items->next), STR("]")};
	return str_concat(w->arena, pieces, 4);
}

static bool is_null(const TsType *type)
{
	return type->kind == TS_NAMED && !type->items && str_equal(type->text, STR("null"));
}

TsText ts_text(Arena *arena, const TsType *type, Str own)
{
	const Writer w = {arena, own};
	TsText out = {0};
	size_t count = 0;
	if (type->kind != TS_UNION)
		return (TsText){text_of(&w, type), false};
	for (const TsType *item = type->items; item; item = item->next)
		count++;
	Str *parts = arena_array(arena, Str, count + 1);
	count = 0;
	for (const TsType *item = type->items; item; item = item->next)
		if (is_null(item))
			out.nullable = true;
		else
			parts[count++] = text_of(&w, item);
	out.type = count ? ts_union(arena, parts, count) : STR("null");
	return out;
}
