#include "report/rehearsal_text.h"

enum {
	LIST_MAX = 500, /* statements */
	NAMES_MAX = 100,
	THINGS_MAX = 200,
	TEXT_MAX = 600,
};

static size_t count_failed(const Rehearsal *rehearsal)
{
	size_t count = 0;
	for (size_t i = 0; i < rehearsal->count; i++)
		count += rehearsal->files[i].failed;
	return count;
}

Str rehearsal_text_verdict(Arena *arena, const Rehearsal *rehearsal)
{
	static const char *const places[] = {
		"", "on the target, rolled back", "on a scratch server"};
	size_t complete = rehearsal_files_complete(rehearsal), failed = count_failed(rehearsal);
	Buf buf = buf_new(arena, 4096);
	buf_format(&buf, "Rehearsal %s: %zu of %zu file%s would pass", places[rehearsal->place],
		complete, rehearsal->count, rehearsal->count == 1 ? "" : "s");
	if (failed)
		buf_format(&buf, ", %zu would fail", failed);
	if (complete + failed < rehearsal->count)
		buf_format(&buf, ", %zu not or not fully rehearsed",
			rehearsal->count - complete - failed);
	if (rehearsal->stopped.len)
		buf_format(&buf, "; it was stopped: %.*s", STR_ARG(rehearsal->stopped));
	buf_format(&buf, " (%.2f s)", (double)rehearsal->us / 1e6);
	return buf_str(&buf);
}

Str rehearsal_text_short(Arena *arena, const Rehearsal *rehearsal)
{
	size_t complete = rehearsal_files_complete(rehearsal);
	if (!rehearsal->place || !rehearsal->count)
		return (Str){0};
	if (complete == rehearsal->count)
		return STR(", and passed in a rehearsal");
	return str_format(arena, ", %zu of %zu fully rehearsed", complete, rehearsal->count);
}

/* ---- JSON ---- */

static void add_names(Json *to, const char *name, const RelationList *list)
{
	Json *items = json_add(to, name, json_array());
	for (size_t i = 0; i < list->count && i < NAMES_MAX; i++)
		json_add_str(items, "", list->items[i]->shown);
}

static void add_locks(Json *to, const Effects *effects)
{
	Json *items = json_add(to, "locks", json_array());
	for (size_t i = 0; i < effects->locks.count && i < NAMES_MAX; i++) {
		const LockTaken *lock = &effects->locks.items[i];
		Json *item = json_add(items, "", json_object());
		json_add_str(item, "relation", lock->relation->shown);
		json_add_str(item, "mode", lock_mode_name(lock->mode));
	}
}

static void add_blocks(Json *to, const Effects *effects)
{
	Json *items = json_add(to, "blocks", json_array());
	for (size_t i = 0; i < effects->blocks.count && i < NAMES_MAX; i++) {
		const Blocked *blocked = &effects->blocks.items[i];
		Json *item = json_add(items, "", json_object());
		json_add_str(item, "relation", blocked->relation->shown);
		json_add_bool(item, "reads", blocked->reads);
		json_add_bool(item, "writes", blocked->writes);
	}
}

static void add_error(Json *to, const Fault *error)
{
	if (!error)
		return;
	Json *item = json_add(to, "error", json_object());
	json_add_str(item, "sqlstate", error->sqlstate);
	json_add_str(item, "message", str_head(error->message, TEXT_MAX));
	json_add_number(item, "line", (double)error->line);
	json_add_number(item, "column", (double)error->col);
}

static void add_not_run(Json *to, NotRun why, Str what)
{
	if (!why)
		return;
	json_add_str(to, "not_rehearsed", not_run_word(why));
	json_add_str(to, "reason", str_head(what.len ? what : not_run_sentence(why), TEXT_MAX));
}

static void add_statement(Json *list, const Effects *effects, const Fault *error)
{
	const Script *script = effects->script;
	Place place = script_place(script, script_point(effects->statement, 0));
	Json *item = json_add(list, "", json_object());
	json_add_str(item, "file", script->migration->file);
	json_add_number(item, "line", (double)place.line);
	json_add_number(item, "column", (double)place.col);
	add_locks(item, effects);
	add_names(item, "rewritten", &effects->rewritten);
	add_names(item, "reindexed", &effects->reindexed);
	add_names(item, "scanned", &effects->scanned);
	add_blocks(item, effects);
	json_add_number(item, "rows", (double)effects->rows);
	json_add_number(item, "ms", (double)effects->us / 1000);
	json_add_number(item, "wal_bytes", (double)effects->wal);
	if (effects->substituted)
		json_add_bool(item, "substituted", true);
	add_not_run(item, effects->not_run, effects->not_run_what);
	add_error(item, error);
}

static void add_things(Json *to, const char *name, const Things *things)
{
	Json *list = json_add(to, name, json_array());
	for (size_t i = 0; i < things->count && i < THINGS_MAX; i++) {
		Json *item = json_add(list, "", json_object());
		json_add_str(item, "kind", things->items[i].kind);
		json_add_str(item, "object", str_head(things->items[i].object, TEXT_MAX));
	}
}

/* What fails at the commit is the last statement's. */
static void add_file(Json *list, const RehearsedFile *file, size_t *count)
{
	for (size_t i = 0; i < file->script->count && *count < LIST_MAX; i++, ++*count) {
		const Effects *effects = &file->effects[i];
		bool last = i + 1 == file->script->count;
		add_statement(
			list, effects, effects->error || !last ? effects->error : file->error);
	}
}

void rehearsal_text_json(Json *to, const Rehearsal *rehearsal)
{
	static const Str places[] = {STR_INIT("off"), STR_INIT("target"), STR_INIT("scratch")};
	size_t count = 0;
	if (!rehearsal->place)
		return;
	Json *about = json_add(to, "rehearsal", json_object());
	json_add_str(about, "on", places[rehearsal->place]);
	json_add_bool(about, "complete", rehearsal_is_complete(rehearsal));
	json_add_str(about, "stopped", str_head(rehearsal->stopped, TEXT_MAX));
	json_add_number(about, "ms", (double)rehearsal->us / 1000);
	Json *list = json_add(to, "rehearsed", json_array());
	for (size_t i = 0; i < rehearsal->count; i++)
		add_file(list, &rehearsal->files[i], &count);
	add_things(to, "appeared", &rehearsal->appeared);
	add_things(to, "disappeared", &rehearsal->disappeared);
	add_things(to, "security", &rehearsal->security);
}
