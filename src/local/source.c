#include "local/source.h"

#include "base/file.h"
#include "local/doubles.h"
#include "local/stamp.h"

#include <stdlib.h>
#include <string.h>

/* Where the reading is: what every step needs. */
typedef struct Reader {
	Arena *arena;
	Str root; /* the workspace, resolved */
	Str folder; /* the migrations folder, absolute */
	Source *source;
	Err *err;
} Reader;

static bool is_line_end(Str s)
{
	return s.ptr[0] == '\n' || s.ptr[0] == '\r' || str_starts(s, STR("\xE2\x80\xA8")) ||
	       str_starts(s, STR("\xE2\x80\xA9"));
}

bool source_name(Str file, Str *version, Str *title)
{
	size_t digits = 0;
	while (digits < file.len && file.ptr[digits] >= '0' && file.ptr[digits] <= '9')
		digits++;
	Str rest = str_skip(file, digits);
	if (!digits || !str_starts(rest, STR("_")) || !str_ends(rest, STR(".sql")))
		return false;
	rest = str_head(str_skip(rest, 1), rest.len - 5);
	for (size_t i = 0; i < rest.len; i++)
		if (is_line_end(str_skip(rest, i)))
			return false;
	*version = str_head(file, digits);
	*title = rest;
	return true;
}

/* The CLI leaves out a first file that an early release of it had made: `_init` with a version
 * below 20211209000000, somewhere in the name. */
static bool is_old_init(Str file)
{
	static const Str mark = STR_INIT("_init.sql"), limit = STR_INIT("20211209000000");
	for (size_t i = 0; i + limit.len + mark.len <= file.len; i++) {
		Str digits = str_head(str_skip(file, i), limit.len);
		bool all = str_starts(str_skip(file, i + limit.len), mark);
		for (size_t k = 0; k < digits.len; k++)
			all = all && digits.ptr[k] >= '0' && digits.ptr[k] <= '9';
		if (all)
			return str_compare(digits, limit) < 0;
	}
	return false;
}

/* An annotation can be on a file of the repository only, not on a folder or what is missing. */
static void fault(const Reader *r, Str path, size_t line, Str message, Str hint)
{
	Str shown = file_below(r->root, path);
	bool annotable = file_is_symlink(path) || file_type(path) == FILE_REGULAR;
	Fault *f = annotable ? err_add(r->err, ERR_SOURCE, "%.*s", STR_ARG(message))
			     : err_add(r->err, ERR_SOURCE, "%.*s: %.*s",
				       STR_ARG(str_visible(r->arena, shown)), STR_ARG(message));
	f->file = annotable ? shown : (Str){0};
	f->line = line;
	f->hint = hint;
}

static size_t line_at(Str text, size_t offset)
{
	size_t line = 1;
	for (size_t i = 0; i < offset; i++)
		line += text.ptr[i] == '\n';
	return line;
}

/* PostgreSQL takes UTF-8 without NUL. */
static bool check_bytes(const Reader *r, Str path, Str text)
{
	const char *nul = text.len ? memchr(text.ptr, '\0', text.len) : NULL;
	size_t invalid = str_utf8_invalid(text);
	if (str_starts(text, STR("\xFF\xFE")) || str_starts(text, STR("\xFE\xFF"))) {
		fault(r, path, 1, STR("the file is UTF-16, not UTF-8"), STR("save it as UTF-8"));
	} else if (invalid < text.len) {
		fault(r, path, line_at(text, invalid),
			str_format(r->arena, "byte 0x%02X is not UTF-8",
				(unsigned char)text.ptr[invalid]),
			STR("save the file as UTF-8"));
	} else if (nul) {
		fault(r, path, line_at(text, (size_t)(nul - text.ptr)),
			STR("the file holds a NUL byte"),
			STR("remove it: PostgreSQL cannot store one"));
	} else {
		return true;
	}
	return false;
}

/* A link may point to a file inside the workspace, and nowhere else. */
static bool check_type(const Reader *r, Str path)
{
	Str target = file_resolve(r->arena, path);
	bool link = file_is_symlink(path);
	FileType type = file_type(path);
	if (type == FILE_MISSING) {
		fault(r, path, 0,
			link ? STR("the symbolic link leads nowhere") : STR("it has vanished"),
			STR("commit the file itself"));
	} else if (link && !file_is_within(target, r->root)) {
		fault(r, path, 0, STR("the symbolic link leads out of the workspace"),
			STR("commit the file itself"));
	} else if (!file_is_content(target, r->root)) {
		fault(r, path, 0, STR("it leads into .git, which is not read"),
			STR("commit the file itself"));
	} else if (type == FILE_FOLDER) {
		fault(r, path, 0, STR("it is a directory, not a file"),
			STR("move the migrations out of it, or rename it without .sql"));
	} else if (type == FILE_OTHER) {
		fault(r, path, 0, STR("it is not a regular file"), (Str){0});
	} else {
		return true;
	}
	return false;
}

static void read_migration(const Reader *r, Str path, Migration *migration)
{
	Str text, reason;
	if (!check_type(r, path))
		return;
	if (!file_read(r->arena, path, SOURCE_FILE_MAX, &text, &reason)) {
		fault(r, path, 0, str_format(r->arena, "cannot be read: %.*s", STR_ARG(reason)),
			(Str){0});
		return;
	}
	if (!check_bytes(r, path, text))
		return;
	migration->text = str_starts(text, STR("\xEF\xBB\xBF")) ? str_skip(text, 3) : text;
}

static Skipped *skip(const Reader *r, Str file, Str reason)
{
	Skipped *skipped = vec_add(r->arena, &r->source->skipped);
	*skipped = (Skipped){.file = file,
		.path = file_below(r->root, file_join(r->arena, r->folder, file)),
		.reason = reason};
	return skipped;
}

static void take_entry(const Reader *r, Str file, bool first)
{
	Str path = file_join(r->arena, r->folder, file);
	Migration migration = {.file = file, .path = file_below(r->root, path)};
	Stamp stamp;
	bool named = source_name(file, &migration.version, &migration.title);

	if (file_type(path) == FILE_FOLDER && !file_is_symlink(path) &&
		!str_ends(file, STR(".sql"))) {
		skip(r, file, STR("it is a directory"));
	} else if (str_utf8_invalid(file) < file.len) {
		fault(r, path, 0, STR("the file name is not UTF-8"), STR("rename the file"));
	} else if (first && is_old_init(file)) {
		skip(r, file,
			STR("an _init file of before 2021-12-09 is left out, "
			    "as by the Supabase CLI: give it another name to have it run"));
	} else if (named) {
		read_migration(r, path, &migration);
		*vec_add(r->arena, &r->source->migrations) = migration;
	} else if (file_type(path) == FILE_FOLDER) {
		check_type(r, path);
	} else {
		skip(r, file, STR("the name does not match <timestamp>_name.sql"))->is_misnamed =
			stamp_read(r->arena, file, &stamp);
	}
}

static int by_version(const void *a, const void *b)
{
	const Migration *left = a, *right = b;
	int order = str_compare(left->version, right->version);
	return order ? order : str_compare(left->file, right->file);
}

/* The first of those that are meant as migrations are offered names that fit. */
static void offer_names(const Reader *r)
{
	enum {
		OFFERED_MAX = 100 /* whoever has more runs it again */
	};
	Stamps stamps = {.arena = r->arena};
	size_t offered = 0;
	for (size_t i = 0; i < r->source->migrations.count; i++)
		stamps_take(&stamps, r->source->migrations.items[i].version);
	for (size_t i = 0; i < r->source->skipped.count && offered < OFFERED_MAX; i++) {
		Stamp stamp;
		Skipped *skipped = &r->source->skipped.items[i];
		if (!skipped->is_misnamed || !stamps_offer(&stamps, skipped->file, &stamp))
			continue;
		skipped->fitting = str_format(r->arena, "%.*s/%.*s_%.*s.sql",
			STR_ARG(r->source->folder), STR_ARG(stamp.version), STR_ARG(stamp.title));
		offered++;
	}
}

static bool read_folder(const Reader *r)
{
	Names names = {0};
	Str reason;
	size_t before = r->err->count;
	if (!file_list(r->arena, r->folder, &names, &reason)) {
		fault(r, r->folder, 0,
			str_format(r->arena, "the migrations folder cannot be read: %.*s",
				STR_ARG(reason)),
			(Str){0});
		return false;
	}
	for (size_t i = 0; i < names.count; i++)
		take_entry(r, names.items[i], i == 0);
	if (r->source->migrations.count)
		qsort(r->source->migrations.items, r->source->migrations.count,
			sizeof *r->source->migrations.items, by_version);
	doubles_check(r->source, r->err);
	offer_names(r);
	if (!r->source->migrations.count && r->err->count == before)
		fault(r, r->folder, 0,
			str_format(r->arena,
				"no migration in it: "
				"none of its %zu entries is called <timestamp>_name.sql",
				names.count),
			STR("check working-directory, "
			    "or add the first migration with `supabase migration new`"));
	return r->err->count == before;
}

static bool is_folder(Arena *arena, Str parent, const char *name)
{
	return file_type(file_join(arena, parent, str_from(name))) == FILE_FOLDER;
}

/* The supabase folder that `here` is or holds, or an empty Str. */
static Str supabase_at(Arena *arena, Str here)
{
	if (str_equal(file_base(here), STR("supabase")) && is_folder(arena, here, "migrations"))
		return here;
	if (is_folder(arena, here, "supabase"))
		return file_join(arena, here, STR("supabase"));
	return str_equal(file_base(here), STR("supabase")) ? here : (Str){0};
}

static Str search_upward(const Reader *r, Str start)
{
	for (Str here = start;; here = file_parent(here)) {
		Str found = supabase_at(r->arena, here);
		if (found.len)
			return found;
		if (str_equal(here, r->root) || str_equal(here, STR("/")))
			return (Str){0};
	}
}

/* A person who forgot working-directory is best helped with its value. */
static Str search_downward(Arena *arena, Str here, unsigned levels)
{
	Names names = {0};
	Str reason, found = {0};
	if (is_folder(arena, here, "supabase/migrations"))
		return file_join(arena, here, STR("supabase"));
	if (!levels || !file_list(arena, here, &names, &reason))
		return found;
	for (size_t i = 0; i < names.count && !found.len; i++) {
		Str path = file_join(arena, here, names.items[i]);
		bool hidden = str_starts(names.items[i], STR(".")) ||
			      str_equal(names.items[i], STR("node_modules"));
		if (!hidden && file_type(path) == FILE_FOLDER && !file_is_symlink(path))
			found = search_downward(arena, path, levels - 1);
	}
	return found;
}

bool source_supabase(Arena *arena, Str workspace, Str directory, Str *root, Str *supabase)
{
	Reader reader = {.arena = arena, .root = file_resolve(arena, workspace)};
	if (!reader.root.len)
		return false;
	Str start = file_resolve(arena, file_join(arena, reader.root, directory));
	if (!start.len || file_type(start) != FILE_FOLDER || !file_is_within(start, reader.root))
		return false;
	*root = reader.root;
	*supabase = search_upward(&reader, start);
	return supabase->len > 0;
}

bool source_lacks_folder(Arena *arena, Str workspace, Str directory, Str *folder)
{
	Str root, supabase;
	if (!source_supabase(arena, workspace, directory, &root, &supabase))
		return false;
	Str path = file_join(arena, supabase, STR("migrations"));
	*folder = file_below(root, path);
	return file_type(path) == FILE_MISSING && !file_is_symlink(path);
}

static bool find_folder(Reader *r, Str directory)
{
	enum {
		LEVELS = 4
	};
	Str start = file_resolve(r->arena, file_join(r->arena, r->root, directory));
	if (!start.len || file_type(start) != FILE_FOLDER) {
		fault(r, directory, 0, STR("working-directory is no folder in the workspace"),
			STR("is the repository checked out before this step?"));
		return false;
	}
	if (!file_is_within(start, r->root)) {
		fault(r, directory, 0, STR("working-directory lies outside of the workspace"),
			(Str){0});
		return false;
	}
	Str supabase = search_upward(r, start);
	r->folder = file_join(r->arena, supabase, STR("migrations"));
	if (supabase.len && file_type(r->folder) == FILE_FOLDER) {
		Str target = file_resolve(r->arena, r->folder);
		if (file_is_content(target, r->root))
			return true;
		fault(r, r->folder, 0,
			file_is_within(target, r->root)
				? STR("the folder leads into .git, which is not read")
				: STR("the folder is a symbolic link "
				      "that leads out of the workspace"),
			STR("commit the folder itself"));
		return false;
	}
	Str elsewhere = search_downward(r->arena, r->root, LEVELS);
	Str hint = elsewhere.len ? str_format(r->arena,
					   "there is one at %.*s: set working-directory to it",
					   STR_ARG(file_below(r->root, elsewhere)))
				 : STR("is the repository checked out before this step, "
				       "and does it hold supabase/migrations?");
	Str shown = file_below(r->root, supabase.len ? r->folder : start);
	fault(r, shown.len ? shown : STR("."), 0,
		supabase.len ? STR("the migrations folder does not exist")
			     : STR("no supabase folder here or above"),
		hint);
	return false;
}

static bool find_source_folder(Reader *r, Str workspace, Str directory)
{
	r->root = file_resolve(r->arena, workspace);
	if (!r->root.len)
		err_add(r->err, ERR_SOURCE, "the workspace %.*s does not exist",
			STR_ARG(workspace));
	return r->root.len && find_folder(r, directory);
}

bool source_find(Arena *arena, Str workspace, Str directory, Str *folder, Err *err)
{
	Reader reader = {.arena = arena, .err = err};
	if (!find_source_folder(&reader, workspace, directory))
		return false;
	*folder = file_below(reader.root, reader.folder);
	return true;
}

bool source_read(Arena *arena, Str workspace, Str directory, Source *out, Err *err)
{
	Reader reader = {.arena = arena, .source = out, .err = err};
	if (!find_source_folder(&reader, workspace, directory))
		return false;
	out->folder = file_below(reader.root, reader.folder);
	return read_folder(&reader);
}

bool source_text(Arena *arena, Str root, Str path, Str *text, Err *err)
{
	size_t before = err->count;
	Reader reader = {.arena = arena, .root = root, .err = err};
	Migration migration = {0};
	read_migration(&reader, path, &migration);
	*text = migration.text;
	return err->count == before;
}
