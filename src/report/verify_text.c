#include "report/verify_text.h"

#include "report/markdown.h"

enum {
	LISTED_MAX = 500,
	NAME_MAX = 255,
	PIECE_MAX = 16 * 1024, /* bytes */
};

static bool is_wanted(const VerifyRow *row)
{
	return row->state != VERIFY_NOT_APPLIED;
}

static size_t count_wanted(const Verify *verify)
{
	return verify->rows.count - verify_count(verify, VERIFY_NOT_APPLIED);
}

Str verify_text_words(Arena *arena, const Verify *verify)
{
	size_t passed = verify_count(verify, VERIFY_PASSED);
	size_t failed = verify_count(verify, VERIFY_FAILED);
	if (failed)
		return str_format(arena, "%zu of %zu verify script%s failed", failed,
			count_wanted(verify), count_wanted(verify) == 1 ? "" : "s");
	if (passed)
		return str_format(
			arena, "%zu verify script%s passed", passed, passed == 1 ? "" : "s");
	return (Str){0};
}

Str verify_text_line(Arena *arena, const VerifyRow *row)
{
	return str_format(arena, "%.*s %.*s: %zu assertion%s, %.1f ms",
		STR_ARG(verify_word(row->state)), STR_ARG(str_visible(arena, row->file.path)),
		row->assertions, row->assertions == 1 ? "" : "s", (double)row->us / 1000);
}

static const char *row_mark(const VerifyRow *row)
{
	static const char *const marks[] = {[VERIFY_NOT_RUN] = "⏭️",
		[VERIFY_NOT_APPLIED] = "",
		[VERIFY_PASSED] = "✅",
		[VERIFY_FAILED] = "❌",
		[VERIFY_REHEARSED] = "✅",
		[VERIFY_FAILED_REHEARSED] = "❌"};
	return marks[row->state];
}

static Str table_row(Arena *arena, const VerifyRow *row)
{
	ARENA_SCRATCH(scratch);
	return str_format(arena, "| %s | %.*s | %.*s | %zu | %.1f |\n", row_mark(row),
		STR_ARG(markdown_code(&scratch, row->file.file, NAME_MAX)),
		STR_ARG(verify_word(row->state)), row->assertions, (double)row->us / 1000);
}

void verify_text_table(Buf *buf, const Verify *verify, size_t max, size_t upto)
{
	size_t added = 0, wanted = count_wanted(verify);
	if (!wanted)
		return;
	buf_add(buf, STR("| | verify script | outcome | assertions | ms |\n"
			 "|---|---|---|--:|--:|\n"));
	for (size_t i = 0; i < verify->rows.count && added < max; i++) {
		ARENA_SCRATCH(scratch);
		if (!is_wanted(&verify->rows.items[i]))
			continue;
		if (!markdown_add(buf, table_row(&scratch, &verify->rows.items[i]), upto))
			break;
		added++;
	}
	buf_add(buf, STR("\n"));
	if (wanted > added)
		buf_format(buf, "… and %zu more verify scripts.\n\n", wanted - added);
}

void verify_text_json(Json *to, const Verify *verify)
{
	Json *list = verify->rows.count ? json_add(to, "verify", json_array()) : NULL;
	for (size_t i = 0; i < verify->rows.count && i < LISTED_MAX; i++) {
		const VerifyRow *row = &verify->rows.items[i];
		Json *item = json_add(list, "", json_object());
		json_add_str(item, "file", row->file.path);
		json_add_str(item, "version", row->file.version);
		json_add_str(item, "state", verify_word(row->state));
		json_add_number(item, "assertions", (double)row->assertions);
		json_add_number(item, "ms", (double)row->us / 1000);
	}
}
