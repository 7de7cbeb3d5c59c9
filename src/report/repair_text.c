#include "report/repair_text.h"

#include "report/markdown.h"

enum {
	NAME_MAX = 255,
	LISTED_MAX = 500,
	TEXT_MAX = 200 * 1000, /* bytes of one text */
};

static Str versions(Arena *arena, size_t count)
{
	return str_format(arena, "%zu version%s", count, count == 1 ? "" : "s");
}

Str repair_text_words(Arena *arena, const Repair *repair)
{
	size_t count = repair_count_changes(repair);
	Str what = versions(arena, count);
	if (!count)
		return STR("nothing to repair; nothing was changed");
	if (repair->is_done)
		return str_format(arena, "the history of %.*s was repaired", STR_ARG(what));
	return str_format(
		arena, "the history of %.*s would be repaired; nothing was changed", STR_ARG(what));
}

Str repair_text_line(Arena *arena, const RepairRow *row)
{
	return str_format(arena, "%.*s %.*s: %.*s (%.*s)", STR_ARG(repair_verb_word(row->verb)),
		STR_ARG(str_visible(arena, row->version)), STR_ARG(repair_word(row->action)),
		STR_ARG(repair_follows(row->action)));
}

static Str table_row(Arena *arena, const RepairRow *row)
{
	ARENA_SCRATCH(scratch);
	return str_format(arena, "| %.*s | %.*s | %.*s | %.*s |\n",
		STR_ARG(markdown_code(&scratch, row->version, NAME_MAX)),
		STR_ARG(repair_verb_word(row->verb)), STR_ARG(repair_word(row->action)),
		STR_ARG(repair_follows(row->action)));
}

/* A text that is cut is no file any more, and says so at its end. */
static void add_text(Buf *buf, const RepairRow *row, size_t upto)
{
	ARENA_SCRATCH(scratch);
	Str file = str_format(&scratch, "%.*s_%.*s.sql", STR_ARG(row->version), STR_ARG(row->name));
	Str text = str_format(&scratch, "%.*s;", STR_ARG(row->text));
	Str unit = str_format(&scratch, "%.*s\n\n%.*s",
		STR_ARG(markdown_code(&scratch, file, NAME_MAX)),
		STR_ARG(markdown_fence(&scratch, "sql", markdown_head(&scratch, text, TEXT_MAX))));
	if (!markdown_add(buf, unit, upto))
		buf_add(buf, STR("(no room for the text of another version)\n\n"));
}

void repair_text_section(Buf *buf, const Repair *repair, size_t upto)
{
	if (!repair->rows.count)
		return;
	buf_add(buf, STR("| version | asked for | comes to | what follows |\n|---|---|---|---|\n"));
	for (size_t i = 0; i < repair->rows.count; i++) {
		ARENA_SCRATCH(scratch);
		if (!markdown_add(buf, table_row(&scratch, &repair->rows.items[i]), upto))
			break;
	}
	buf_add(buf, STR("\n"));
	for (size_t i = 0; i < repair->rows.count; i++)
		if (repair->rows.items[i].text.ptr)
			add_text(buf, &repair->rows.items[i], upto);
}

void repair_text_json(Json *to, const Repair *repair)
{
	if (!repair->rows.count)
		return;
	Json *item = json_add(to, "repair", json_object());
	json_add_bool(item, "done", repair->is_done);
	Json *list = json_add(item, "rows", json_array());
	for (size_t i = 0; i < repair->rows.count && i < LISTED_MAX; i++) {
		const RepairRow *row = &repair->rows.items[i];
		Json *one = json_add(list, "", json_object());
		json_add_str(one, "version", row->version);
		json_add_str(one, "asked", repair_verb_word(row->verb));
		json_add_str(one, "action", repair_word(row->action));
	}
}
