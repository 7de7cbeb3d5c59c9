/* report/markdown and report/comment, fed with any bytes: nothing leaves its fence or its cell, and
 * a mark is read back as it was written. */
#include "fuzz.h"

#include "report/comment.h"
#include "report/markdown.h"

static size_t ticks_at(Str text)
{
	size_t count = 0;
	while (count < text.len && text.ptr[count] == '`')
		count++;
	return count;
}

static void check_fence(Arena *arena, Str text)
{
	Str fence = markdown_fence(arena, "sql", text), rest = fence, line;
	size_t ticks = ticks_at(fence), lines = 0, ends = 0;
	require(ticks >= 3 && str_utf8_invalid(fence) == fence.len);
	require(!str_contains(fence, STR("<!--")));
	while (str_next(&rest, '\n', &line))
		if (lines++)
			ends += ticks_at(str_trim(line)) >= ticks;
	require(ends == 1);
}

static void check_line(Str line)
{
	static const char outlawed[] = "|<>`*[\\~@\n\r";
	for (size_t i = 0; i < line.len; i++)
		for (size_t k = 0; k + 1 < sizeof outlawed; k++)
			require(line.ptr[i] != outlawed[k]);
}

static void check_mark(Arena *arena, Str text)
{
	Err none = {.arena = arena};
	CommentMark mark;
	Report report = {.status = STATUS_PLANNED, .environment = str_utf8_repair(arena, text)};
	Str body = comment_text(arena, &report, &none, STR("0123"), COMMENT_WRITE), first = {0};
	Str rest = body;
	comment_read_mark(arena, text, &mark);
	require(comment_read_mark(arena, body, &mark));
	require(memchr(text.ptr, 0, text.len) ||
		comment_is_of(&mark, report.environment, STR("0123")));
	str_next(&rest, '\n', &first);
	require(!str_contains(str_skip(first, 4), STR("<!--")) && body.len <= COMMENT_MAX);
	require(!str_contains(str_head(first, first.len - 3), STR("-->")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA_SCRATCH(scratch);
	Str text = fuzz_text(&scratch, data, size);
	check_fence(&scratch, text);
	check_line(markdown_text(&scratch, text, 300));
	check_mark(&scratch, text);
	return 0;
}
