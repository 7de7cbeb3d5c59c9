#include "check/check.h"

void check_add(Check *check, GuardId id, const Values *values)
{
	Err *const to[] = {[GUARD_ERROR] = check->errors,
		[GUARD_WARN] = check->warnings,
		[GUARD_OFF] = NULL,
		[GUARD_NOTE] = check->notes};
	GuardLevel level = finding_level(id, &check->options->levels);
	if (to[level])
		finding_add(
			to[level], id, level == GUARD_ERROR ? ERR_BLOCKED : ERR_HISTORY, values);
}

Str check_count_of(Arena *arena, size_t count, const char *thing)
{
	return str_format(arena, "%zu %s%s", count, thing, count == 1 ? "" : "s");
}

Str check_count_are(Arena *arena, size_t count, const char *thing)
{
	Str things = check_count_of(arena, count, thing);
	return str_format(arena, "%.*s %s", STR_ARG(things), count == 1 ? "is" : "are");
}

void check_add_more(Buf *list, size_t count, size_t shown)
{
	if (count > shown)
		buf_format(list,
			"\x1f"
			"and %zu more",
			count - shown);
}

Str check_path(const Check *check, Str version, Str title)
{
	return str_format(check->arena, "%.*s/%.*s_%.*s.sql",
		STR_ARG(check->facts->input.contents->source->folder), STR_ARG(version),
		STR_ARG(title));
}

Str check_identity(const Check *check, const Migration *migration)
{
	const Contents *contents = check->facts->input.contents;
	return content_of(contents, (size_t)(migration - contents->source->migrations.items));
}

Str check_recorded(const Check *check, size_t record)
{
	const DigestInput *input = &check->facts->input;
	return content_recorded(input->contents, input->history, record);
}

bool check_is_local_only(const PlanRow *row)
{
	return row->verdict == VERDICT_PENDING || row->verdict == VERDICT_OUT_OF_ORDER;
}
