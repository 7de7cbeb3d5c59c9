#include "verify/verify.h"

#include "base/file.h"

#include <stdlib.h>

static const Str FOLDER = STR_INIT("verify");

/* What reading needs. */
typedef struct Reader {
	Arena *arena;
	Str root, folder; /* absolute */
	Verify *out;
	Err *warnings, *err;
} Reader;

/* always_… or <digits>_…; `version` is empty for the former. */
static bool read_name(Str file, Migration *out)
{
	static const Str always = STR_INIT("always_");
	if (source_name(file, &out->version, &out->title))
		return true;
	if (!str_starts(file, always) || !str_ends(file, STR(".sql")))
		return false;
	out->version = (Str){0};
	out->title = str_skip(file, always.len);
	return true;
}

static void warn_of_name(const Reader *r, Str file)
{
	Err *warnings = r->warnings;
	err_add(warnings, ERR_SOURCE,
		"%.*s is no verify script, for its name begins with neither a version nor always_",
		STR_ARG(str_visible(warnings->arena,
			file_below(r->root, file_join(r->arena, r->folder, file)))))
		->hint = STR("call it <version>_name.sql to have it run with that migration, or "
			     "always_name.sql to have it run each time");
}

static void take_entry(const Reader *r, Str file)
{
	Str path = file_join(r->arena, r->folder, file);
	Migration migration = {.file = file, .path = file_below(r->root, path)};
	bool is_folder = file_type(path) == FILE_FOLDER;
	if (is_folder || !str_ends(file, STR(".sql")))
		return;
	if (!read_name(file, &migration)) {
		warn_of_name(r, file);
		return;
	}
	if (source_text(r->arena, r->root, path, &migration.text, r->err))
		*vec_add(r->arena, &r->out->rows) = (VerifyRow){.file = migration};
}

static void read_scripts(const Reader *r)
{
	Verify *out = r->out;
	out->scripts = arena_array(r->arena, Script, out->rows.count + 1);
	for (size_t i = 0; i < out->rows.count; i++) {
		VerifyRow *row = &out->rows.items[i];
		row->script = &out->scripts[i];
		script_read(r->arena, &row->file, row->script, r->err);
		script_require_atomic(row->script, r->err);
	}
}

/* It may be a link that leads elsewhere in the workspace, and nowhere else. */
static bool check_folder(const Reader *r)
{
	if (file_is_content(file_resolve(r->arena, r->folder), r->root))
		return true;
	err_add(r->err, ERR_SOURCE,
		"%.*s: it leads out of the workspace, or into .git, and is not read",
		STR_ARG(file_below(r->root, r->folder)))
		->hint = STR("commit the folder itself");
	return false;
}

bool verify_read(Arena *arena, VerifyPlace place, Verify *out, Err *warnings, Err *err)
{
	size_t before = err->count;
	Names names = {0};
	Str reason;
	Reader r = {
		arena, place.root, file_join(arena, place.supabase, FOLDER), out, warnings, err};
	*out = (Verify){0};
	if (file_type(r.folder) == FILE_MISSING && !file_is_symlink(r.folder))
		return true;
	out->folder = file_below(r.root, r.folder);
	if (!check_folder(&r))
		return false;
	if (!file_list(arena, r.folder, &names, &reason)) {
		err_add(err, ERR_SOURCE, "%.*s cannot be read: %.*s", STR_ARG(out->folder),
			STR_ARG(reason));
		return false;
	}
	for (size_t i = 0; i < names.count; i++)
		take_entry(&r, names.items[i]);
	read_scripts(&r);
	return err->count == before;
}

size_t verify_choose(Verify *verify, const Str *versions, size_t count)
{
	size_t chosen = 0;
	for (size_t i = 0; i < verify->rows.count; i++) {
		VerifyRow *row = &verify->rows.items[i];
		bool runs = !row->file.version.len ||
			    (count && bsearch(&row->file.version, versions, count, sizeof *versions,
					      str_order));
		row->state = runs ? VERIFY_NOT_RUN : VERIFY_NOT_APPLIED;
		row->assertions = 0; /* a rehearsal may have counted them */
		row->us = 0;
		chosen += runs;
	}
	return chosen;
}

size_t verify_count(const Verify *verify, VerifyState state)
{
	size_t count = 0;
	for (size_t i = 0; i < verify->rows.count; i++)
		count += verify->rows.items[i].state == state;
	return count;
}

Str verify_word(VerifyState state)
{
	static const Str words[] = {
#define VERIFY_STATE(name, word) [VERIFY_##name] = STR_INIT(word),
#include "verify/state.def"
#undef VERIFY_STATE
	};
	return words[state];
}
