#include "report/preflight_text.h"

#include "base/timestamp.h"
#include "report/markdown.h"

enum {
	VALUE_MAX = 200, /* characters */
};

/* "18:57:03", in UTC; empty if it was not asked. */
static Str time_of(Arena *arena, int64_t at)
{
	return at ? timestamp_time(arena, at) : (Str){0};
}

static size_t count_of(const Questions *questions, Outlook outlook)
{
	size_t count = 0;
	for (size_t i = 0; i < questions->count; i++)
		count += questions->items[i].outlook == outlook;
	return count;
}

static int64_t last_of(const Questions *questions)
{
	int64_t last = 0;
	for (size_t i = 0; i < questions->count; i++)
		last = questions->items[i].at > last ? questions->items[i].at : last;
	return last;
}

static const Outlook worst_first[] = {
	OUTLOOK_WILL_FAIL, OUTLOOK_HOLDS_DATA, OUTLOOK_NO_COUNTER_EXAMPLE, OUTLOOK_NOT_PROVEN};

Str preflight_text_line(Arena *arena, const Questions *questions)
{
	enum {
		LINE_MAX = 400
	};
	Buf buf = buf_new(arena, LINE_MAX);
	const char *before = ": ";
	if (!questions->count)
		return (Str){0};
	buf_format(
		&buf, "Data: %zu question%s", questions->count, questions->count == 1 ? "" : "s");
	for (size_t i = 0; i < sizeof worst_first / sizeof *worst_first; i++) {
		size_t count = count_of(questions, worst_first[i]);
		if (!count)
			continue;
		if (worst_first[i] == OUTLOOK_NO_COUNTER_EXAMPLE)
			buf_format(&buf, "%s%zu without a counter-example at %.*s UTC", before,
				count, STR_ARG(time_of(arena, last_of(questions))));
		else
			buf_format(&buf, "%s%zu %.*s", before, count,
				STR_ARG(question_outlook(worst_first[i])));
		before = ", ";
	}
	return buf_str(&buf);
}

/* Why it is not proven, and what is known all the same. */
static Str reason_of(Arena *arena, const Question *question)
{
	Str doubt = question_doubt(question->doubt), number = question_number(arena, question);
	if (!doubt.len || !number.len)
		return doubt.len ? doubt : number;
	return str_format(arena, "%.*s by statistics; %.*s", STR_ARG(number), STR_ARG(doubt));
}

static Str row_of(Arena *arena, const Question *question)
{
	static const char *const marks[] = {[OUTLOOK_WILL_FAIL] = "❌",
		[OUTLOOK_HOLDS_DATA] = "⚠️",
		[OUTLOOK_NO_COUNTER_EXAMPLE] = "✅",
		[OUTLOOK_NOT_PROVEN] = "➖"};
	Str reason = reason_of(arena, question);
	Str columns = question->columns.len ? markdown_code(arena, question->columns, VALUE_MAX)
					    : (Str){0};
	return str_format(arena, "| %s %.*s | %.*s:%zu | %.*s | %.*s%s%.*s | %.*s |\n",
		marks[question->outlook], STR_ARG(question_outlook(question->outlook)),
		STR_ARG(markdown_code(arena, question->script->migration->file, VALUE_MAX)),
		question->place.line, STR_ARG(markdown_code(arena, question->object, VALUE_MAX)),
		STR_ARG(question_name(question->kind)), columns.len ? ": " : "", STR_ARG(columns),
		STR_ARG(markdown_text(arena, reason, VALUE_MAX)));
}

Str preflight_text_table(Arena *arena, const Questions *questions, size_t max)
{
	Str line = preflight_text_line(arena, questions);
	Buf buf = buf_new(arena, max);
	size_t shown = 0;
	if (!line.len)
		return line;
	buf_format(&buf,
		"<details><summary>%.*s</summary>\n\n"
		"| verdict | line | table | question | reason |\n|---|---|---|---|---|\n",
		STR_ARG(line));
	for (; shown < questions->count; shown++) {
		ARENA_SCRATCH(scratch);
		Str row = row_of(&scratch, &questions->items[shown]);
		if (!markdown_add(&buf, row, max - max / 8))
			break;
	}
	buf_add(&buf, STR("\n"));
	if (shown < questions->count)
		buf_format(&buf, "… and %zu more, in the report.\n\n", questions->count - shown);
	buf_add(&buf, STR("</details>\n\n"));
	return buf_str(&buf);
}

void preflight_text_json(Json *to, const Questions *questions, size_t max)
{
	ARENA_SCRATCH(scratch);
	if (!questions->count)
		return;
	Json *list = json_add(to, "preflight", json_array());
	for (size_t i = 0; i < questions->count && i < max; i++) {
		const Question *question = &questions->items[i];
		Json *item = json_add(list, "", json_object());
		json_add_str(item, "file", question->script->migration->path);
		json_add_number(item, "line", (double)question->place.line);
		json_add_number(item, "column", (double)question->place.col);
		json_add_str(item, "object", str_head(question->object, VALUE_MAX));
		json_add_str(item, "columns", str_head(question->columns, VALUE_MAX));
		json_add_str(item, "question", question_name(question->kind));
		json_add_str(item, "verdict", question_outlook(question->outlook));
		json_add_str(item, "reason", question_doubt(question->doubt));
		json_add_str(item, "sqlstate", question->sqlstate);
		if (question->is_counted && question->number >= 0)
			json_add_number(item, "count", (double)question->number);
		json_add_str(item, "at", time_of(&scratch, question->at));
	}
}
