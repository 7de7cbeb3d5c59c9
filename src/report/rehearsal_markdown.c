#include "report/rehearsal_markdown.h"

#include "report/markdown.h"
#include "report/rehearsal_text.h"

enum {
	LINE_MAX = 1000,
	ROWS_MAX = 50,
	BARS_MAX = 40,
	NAME_MAX = 200,
};

/* " (1.2 M rows, 96 MB)"; what the server has no estimate of is left out. */
static Str size_of(Arena *arena, const Relation *relation)
{
	enum {
		THOUSAND = 1000,
		MILLION = 1000 * 1000,
		BLOCKS_PER_MB = 128
	};
	int64_t rows = relation->rows;
	Buf buf = buf_new(arena, NAME_MAX);
	if (rows >= MILLION)
		buf_format(&buf, " (%.1f M rows", (double)rows / MILLION);
	else if (rows >= INT64_C(10) * THOUSAND)
		buf_format(&buf, " (%.0f k rows", (double)rows / THOUSAND);
	else if (rows >= 0)
		buf_format(&buf, " (%lld row%s", (long long)rows, rows == 1 ? "" : "s");
	if (relation->blocks >= BLOCKS_PER_MB)
		buf_format(&buf, "%s%.0f MB", rows < 0 ? " (" : ", ",
			(double)relation->blocks / BLOCKS_PER_MB);
	if (buf.len)
		buf_add(&buf, STR(")"));
	return buf_str(&buf);
}

/* When those who wait are refused, by the limits of their roles. */
static Str limits_of(Arena *arena, const Rehearsal *rehearsal)
{
	const double second = 1000;
	double anon = (double)rehearsal->anon_ms / second,
	       users = (double)rehearsal->users_ms / second;
	if (anon > 0 && users > 0)
		return str_format(arena,
			"; anonymous requests give up after %.3g s, those of signed-in users after "
			"%.3g s",
			anon, users);
	if (anon > 0)
		return str_format(arena, "; anonymous requests give up after %.3g s", anon);
	return users > 0 ? str_format(arena, "; requests of signed-in users give up after %.3g s",
				   users)
			 : (Str){0};
}

static size_t line_of(const Hold *hold)
{
	const Effects *effects = hold->from;
	return script_place(effects->script, script_point(effects->statement, 0)).line;
}

static const char *what_waits(const Hold *hold)
{
	return hold->reads ? "reads and writes" : "writes";
}

Str rehearsal_hold_words(Arena *arena, const Rehearsal *rehearsal, const Hold *hold)
{
	Str size = size_of(arena, hold->relation), limits = limits_of(arena, rehearsal);
	Str file = hold->file->script->migration->file;
	return str_format(arena,
		"%.*s%.*s: %s wait from line %zu of %.*s to its end, %.2f s in the "
		"rehearsal%.*s",
		STR_ARG(hold->relation->shown), STR_ARG(size), what_waits(hold), line_of(hold),
		STR_ARG(file), (double)hold->us / 1e6, STR_ARG(limits));
}

Str rehearsal_markdown_line(Arena *arena, const Rehearsal *rehearsal)
{
	ARENA_SCRATCH(scratch);
	if (!rehearsal->place)
		return (Str){0};
	Str line = rehearsal_text_verdict(&scratch, rehearsal);
	return markdown_text(arena, line, LINE_MAX);
}

static void add_rows(Buf *buf, const Rehearsal *rehearsal, const Holds *holds, size_t limit)
{
	size_t shown = 0;
	bool fits = true;
	for (; fits && shown < holds->count && shown < ROWS_MAX; shown += fits) {
		ARENA_SCRATCH(scratch);
		const Hold *hold = &holds->items[shown];
		Str words = rehearsal_hold_words(&scratch, rehearsal, hold);
		Str row = str_format(&scratch, "- %s%.*s\n", hold_is_felt(hold) ? "⚠️ " : "",
			STR_ARG(markdown_text(&scratch, words, LINE_MAX)));
		fits = markdown_add(buf, row, limit);
	}
	if (holds->count > shown)
		buf_format(buf, "- … and %zu more\n", holds->count - shown);
	buf_add(buf, STR("\n"));
}

/* Mermaid has no quotes for names: what is not a letter, a digit or a point becomes "_". */
static Str plain(Arena *arena, Str name)
{
	Buf buf = buf_new(arena, NAME_MAX);
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool kept = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
			    (c >= 'a' && c <= 'z') || c == '.';
		buf_add_char(&buf, kept ? c : '_');
	}
	return buf_str(&buf);
}

static int64_t milliseconds(int64_t us)
{
	return us < 1000 ? 1 : us / 1000;
}

static void add_bar(Buf *buf, const Hold *hold)
{
	ARENA_SCRATCH(scratch);
	buf_format(buf, "  section %.*s\n  %s from line %zu of %.*s :%s %lld, %lldms\n",
		STR_ARG(plain(&scratch, hold->relation->shown)), what_waits(hold), line_of(hold),
		STR_ARG(plain(&scratch, hold->file->script->migration->file)),
		hold->reads ? "crit," : "active,", (long long)(hold->begin_us / 1000),
		(long long)milliseconds(hold->us));
}

static Str picture(Arena *arena, const Holds *holds)
{
	ARENA_SCRATCH(scratch);
	Buf buf = buf_new(&scratch, SIZE_MAX);
	buf_add(&buf, STR("gantt\n  title Who waits, in the rehearsal\n  dateFormat x\n"
			  "  axisFormat %S.%L s\n"));
	for (size_t i = 0; i < holds->count && i < BARS_MAX; i++)
		add_bar(&buf, &holds->items[i]);
	return markdown_fence(arena, "mermaid", buf_str(&buf));
}

static bool is_felt(const Holds *holds)
{
	for (size_t i = 0; i < holds->count; i++)
		if (hold_is_felt(&holds->items[i]))
			return true;
	return false;
}

/* Open if somebody would notice. */
void rehearsal_markdown(Buf *buf, const Rehearsal *rehearsal, size_t limit)
{
	ARENA_SCRATCH(scratch);
	Str line = rehearsal_markdown_line(&scratch, rehearsal);
	if (!line.len)
		return;
	Holds holds = holds_read(&scratch, rehearsal);
	buf_format(buf, "<details%s><summary>%.*s</summary>\n\n", is_felt(&holds) ? " open" : "",
		STR_ARG(line));
	if (holds.count) {
		add_rows(buf, rehearsal, &holds, limit);
		markdown_add(buf, picture(&scratch, &holds), limit);
	} else {
		buf_add(buf,
			STR("In what was rehearsed, nobody's reads or writes have to wait.\n\n"));
	}
	buf_add(buf, STR("</details>\n\n"));
}
