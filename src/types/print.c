#include "types/print.h"

#include "types/ts_lex.h"

enum {
	OBJECT_MAX = 64 * 1024,
	PART_MAX = 16 * 1024,
};

static void add_labels(Buf *buf, const TypesPart *part)
{
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < part->members.count; i++)
		buf_format(buf, "%s%.*s", i ? " | " : "",
			STR_ARG(ts_quoted(&scratch, part->members.items[i].name)));
}

/* The members, with `before` in front of each and `between` two of them. */
static void add_members(Buf *buf, const TypesPart *part, const char *before, const char *between)
{
	for (size_t i = 0; i < part->members.count; i++) {
		ARENA_SCRATCH(scratch);
		buf_format(buf, "%s%s%.*s", i ? between : "", before,
			STR_ARG(types_member_text(&scratch, part->kind, &part->members.items[i])));
	}
}

static void add_value(Buf *buf, const TypesPart *part)
{
	ARENA_SCRATCH(scratch);
	if (!part->has_members) {
		buf_add(buf, types_type_text(&scratch, &part->whole));
	} else if (part->kind == TYPES_LABELS) {
		add_labels(buf, part);
	} else if (!part->members.count) {
		buf_add(buf, part->kind == TYPES_ARGS            ? STR("never")
			     : part->kind == TYPES_RELATIONSHIPS ? STR("[]")
								 : STR("{}"));
	} else {
		buf_add(buf, STR("{ "));
		add_members(buf, part, "", "; ");
		buf_format(buf, " }%.*s", STR_ARG(part->whole.type));
	}
}

Str types_print_part(Arena *arena, const TypesPart *part)
{
	Buf buf = buf_new(arena, PART_MAX);
	buf_format(&buf, "%.*s: ", STR_ARG(types_part_key(part->kind)));
	add_value(&buf, part);
	return buf_str(&buf);
}

static void add_block(Buf *buf, const TypesPart *part)
{
	buf_format(buf, "  %.*s: {\n", STR_ARG(types_part_key(part->kind)));
	add_members(buf, part, "    ", "\n");
	buf_add(buf, STR("\n  }\n"));
}

static void add_relation(Buf *buf, const TypesObject *object)
{
	for (size_t i = 0; i < object->parts.count; i++) {
		ARENA_SCRATCH(scratch);
		const TypesPart *part = &object->parts.items[i];
		if (part->kind != TYPES_RELATIONSHIPS && part->members.count)
			add_block(buf, part);
		else
			buf_format(buf, "  %.*s\n", STR_ARG(types_print_part(&scratch, part)));
	}
}

Str types_print_object(Arena *arena, const TypesObject *object)
{
	Buf buf = buf_new(arena, OBJECT_MAX);
	bool is_enum = object->section == TYPES_ENUMS && object->parts.count;
	buf_format(&buf, "%.*s: ", STR_ARG(ts_key(arena, object->name)));
	if (is_enum) {
		add_value(&buf, &object->parts.items[0]);
		return buf_str(&buf);
	}
	buf_add(&buf, STR("{\n"));
	if (object->section == TYPES_COMPOSITES && object->parts.count) {
		add_members(&buf, &object->parts.items[0], "  ", "\n");
		buf_add_char(&buf, '\n');
	} else {
		add_relation(&buf, object);
	}
	buf_add_char(&buf, '}');
	return buf_str(&buf);
}
