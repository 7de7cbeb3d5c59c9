#include "report/way_back.h"

#include "base/timestamp.h"
#include "report/markdown.h"

enum {
	TEXT_MAX = 600 /* characters */
};

#define UNDONE "everything written since then is lost, what users have written included"

static Str kind_word(WayBackKind kind)
{
	static const Str words[] = {
#define WAY_BACK(name, word) [WAY_BACK_##name] = STR_INIT(word),
#include "report/way_back.def"
#undef WAY_BACK
	};
	return words[kind];
}

bool way_back_is_exact(const WayBack *way)
{
	return way->kind == WAY_BACK_POINT || way->kind == WAY_BACK_MOMENT;
}

Str way_back_words(Arena *arena, const WayBack *way)
{
	Str at = timestamp_text(arena, way->moment), backup = str_visible(arena, way->backup);
	switch (way->kind) {
	case WAY_BACK_NOT_ASKED:
		break;
	case WAY_BACK_POINT:
		return str_format(
			arena, "restore point %.*s, made at %.*s", STR_ARG(way->name), STR_ARG(at));
	case WAY_BACK_MOMENT:
		return str_format(arena, "point-in-time recovery, to %.*s", STR_ARG(at));
	case WAY_BACK_BACKUP:
		return str_format(arena, "only the newest backup, of %.*s (no restore point: %.*s)",
			STR_ARG(backup), STR_ARG(way->reason));
	case WAY_BACK_NONE:
		return str_format(arena, "none (no restore point: %.*s)", STR_ARG(way->reason));
	case WAY_BACK_UNKNOWN:
		return str_format(arena, "unknown: %.*s", STR_ARG(way->reason));
	}
	return (Str){0};
}

/* The Management API's: v1-undo, and restoring to a moment. */
static Str way_back_call(Arena *arena, const WayBack *way)
{
	Str path, body;
	if (!way_back_is_exact(way))
		return (Str){0};
	bool is_point = way->kind == WAY_BACK_POINT;
	path = is_point ? STR("undo") : STR("restore-pitr");
	body = is_point ? str_format(arena, "{\"name\":\"%.*s\"}", STR_ARG(way->name))
			: str_format(arena, "{\"recovery_time_target_unix\":%lld}",
				  (long long)way->moment);
	Str url = str_format(arena, "%.*s/v1/projects/%.*s/database/backups/%.*s",
		STR_ARG(way->api_url), STR_ARG(way->project), STR_ARG(path));
	return str_format(arena,
		"curl --fail --request POST %.*s --header \"Authorization: Bearer "
		"$SUPABASE_ACCESS_TOKEN\" --header 'Content-Type: application/json' --data '%.*s'",
		STR_ARG(str_shell(arena, url)), STR_ARG(body));
}

void way_back_section(Buf *buf, const WayBack *way)
{
	ARENA_SCRATCH(scratch);
	Str words = way_back_words(&scratch, way), call = way_back_call(&scratch, way);
	if (!words.len)
		return;
	buf_format(
		buf, "**Way back:** %.*s\n\n", STR_ARG(markdown_text(&scratch, words, TEXT_MAX)));
	if (!call.len)
		return;
	buf_add(buf, STR("<details><summary>How to go back: " UNDONE "</summary>\n\n"));
	buf_add(buf, markdown_fence(&scratch, "sh", call));
	buf_add(buf, STR("</details>\n\n"));
}

void way_back_json(Json *to, const WayBack *way)
{
	ARENA_SCRATCH(scratch);
	if (way->kind == WAY_BACK_NOT_ASKED)
		return;
	Json *item = json_add(to, "way_back", json_object());
	json_add_str(item, "kind", kind_word(way->kind));
	json_add_str(item, "name", way->name);
	json_add_number(item, "moment", (double)way->moment);
	json_add_str(item, "backup", way->backup);
	json_add_str(item, "reason", way->reason);
	json_add_str(item, "call", way_back_call(&scratch, way));
}
