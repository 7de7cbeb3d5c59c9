#include "local/doubles.h"

#include "local/copy_name.h"
#include "local/stamp.h"

enum {
	LISTED_MAX = 20,
	COMMANDS_MAX = 100, /* whoever has more runs it again */
	TEXT_MAX = 64 * 1024,
};

/* Files with one version, side by side in the source. */
typedef struct Group {
	const Migration *files;
	size_t count;
} Group;

/* What is found of all groups, for one fault. */
typedef struct Finding {
	size_t count;
	const Migration *first; /* where it is reported */
	size_t files; /* of the first */
	Buf list, commands;
} Finding;

typedef struct Doubles {
	Arena *arena;
	Str folder;
	Stamps stamps; /* names that are free */
	Finding copies, taken;
	bool differ; /* a copy has another content than its original */
	bool is_short; /* a version is none of 14 digits */
} Doubles;

/* The file of the group that this one is a copy of, by its name; or NULL. */
static const Migration *original_of(const Group *group, const Migration *file)
{
	Str genuine;
	if (!copy_name_read(file->title, &genuine))
		return NULL;
	for (size_t i = 0; i < group->count; i++)
		if (str_equal(group->files[i].title, genuine))
			return &group->files[i];
	return NULL;
}

static void add_copy(Doubles *doubles, const Migration *copy, const Migration *original)
{
	Finding *copies = &doubles->copies;
	if (!copies->count)
		copies->first = copy;
	doubles->differ = doubles->differ || !str_equal(copy->text, original->text);
	if (copies->count++ < LISTED_MAX)
		buf_format(&copies->list, "%s%.*s of %.*s", copies->count > 1 ? ", " : "",
			STR_ARG(copy->file), STR_ARG(original->file));
	if (copies->count <= COMMANDS_MAX)
		buf_format(
			&copies->commands, " %.*s", STR_ARG(str_shell(doubles->arena, copy->path)));
}

static void add_move(Doubles *doubles, const Migration *file)
{
	Stamp stamp;
	Arena *arena = doubles->arena;
	if (doubles->taken.count > COMMANDS_MAX ||
		!stamps_offer(&doubles->stamps, file->file, &stamp))
		return;
	Str fresh = str_format(arena, "%.*s/%.*s_%.*s.sql", STR_ARG(doubles->folder),
		STR_ARG(stamp.version), STR_ARG(stamp.title));
	buf_format(&doubles->taken.commands, "\n  git mv %.*s %.*s",
		STR_ARG(str_shell(arena, file->path)), STR_ARG(str_shell(arena, fresh)));
}

/* "a.sql and b.sql", "a.sql, b.sql and c.sql" */
static void add_names(Buf *list, const Migration *const *files, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_format(list, "%s%.*s",
			!i              ? ""
			: i + 1 < count ? ", "
					: " and ",
			STR_ARG(files[i]->file));
}

/* Of a version of 14 digits the first file may keep it; any other is better changed in all. */
static void add_taken(Doubles *doubles, const Migration *const *files, size_t count)
{
	Finding *taken = &doubles->taken;
	bool usual = stamp_is_usual(files[0]->version);
	if (!taken->count) {
		taken->first = files[count - 1];
		taken->files = count;
	}
	doubles->is_short = doubles->is_short || !usual;
	if (taken->count++ < LISTED_MAX) {
		buf_add(&taken->list, taken->count > 1 ? STR("; ") : (Str){0});
		add_names(&taken->list, files, count);
	}
	for (size_t i = usual; i < count; i++)
		add_move(doubles, files[i]);
}

static void look_at(Doubles *doubles, const Group *group)
{
	size_t count = 0;
	const Migration **others = arena_array(doubles->arena, const Migration *, group->count);
	for (size_t i = 0; i < group->count; i++) {
		const Migration *file = &group->files[i], *original = original_of(group, file);
		if (original)
			add_copy(doubles, file, original);
		else
			others[count++] = file;
	}
	if (count > 1)
		add_taken(doubles, others, count);
}

static Str more(Arena *arena, size_t count)
{
	return count > LISTED_MAX ? str_format(arena, ", and %zu more", count - LISTED_MAX)
				  : (Str){0};
}

static void tell_copies(Doubles *doubles, Err *err)
{
	const Finding *copies = &doubles->copies;
	size_t count = copies->count;
	if (!count)
		return;
	Fault *fault = count == 1 ? err_add(err, ERR_SOURCE,
					    "it is a copy, as operating systems make them, and has "
					    "the version of its original: %.*s",
					    STR_ARG(buf_str(&copies->list)))
				  : err_add(err, ERR_SOURCE,
					    "%zu files are copies, as operating systems make them, "
					    "and have the versions of their originals: %.*s%.*s",
					    count, STR_ARG(buf_str(&copies->list)),
					    STR_ARG(more(err->arena, count)));
	fault->file = copies->first->path;
	fault->hint = str_format(err->arena, "%s\n  git rm%.*s",
		!doubles->differ ? "remove what is a copy:"
		: count == 1     ? "the two differ: keep in the original what is meant, and remove "
				   "the copy:"
			     : "some differ from their originals: keep there what is meant, and "
			       "remove the copies:",
		STR_ARG(buf_str(&copies->commands)));
}

static void tell_taken(Doubles *doubles, Err *err)
{
	const Finding *taken = &doubles->taken;
	Str list = buf_str(&taken->list), commands = buf_str(&taken->commands);
	if (!taken->count)
		return;
	Fault *fault =
		taken->count == 1
			? err_add(err, ERR_SOURCE, "version %.*s is taken by %zu files: %.*s",
				  STR_ARG(taken->first->version), taken->files, STR_ARG(list))
			: err_add(err, ERR_SOURCE,
				  "%zu versions are taken by more than one file: %.*s%.*s",
				  taken->count, STR_ARG(list),
				  STR_ARG(more(err->arena, taken->count)));
	fault->file = taken->first->path;
	fault->hint = str_format(err->arena,
		"%sive each that no database has run a version of its own, and leave the others:"
		"%.*s",
		doubles->is_short ? "the digits before the first _ are the version, and it should "
				    "have 14. G"
				  : "g",
		STR_ARG(commands));
}

void doubles_check(const Source *source, Err *err)
{
	ARENA_SCRATCH(scratch);
	const Migration *files = source->migrations.items;
	size_t count = source->migrations.count;
	Doubles doubles = {
		.arena = &scratch, .folder = source->folder, .stamps = {.arena = &scratch}};
	Finding *const both[] = {&doubles.copies, &doubles.taken};
	for (size_t i = 0; i < 2; i++) {
		both[i]->list = buf_new(&scratch, TEXT_MAX);
		both[i]->commands = buf_new(&scratch, TEXT_MAX);
	}
	for (size_t i = 0; i < count; i++)
		stamps_take(&doubles.stamps, files[i].version);
	for (size_t i = 0, end; i < count; i = end) {
		end = i + 1;
		while (end < count && str_equal(files[end].version, files[i].version))
			end++;
		if (end - i > 1)
			look_at(&doubles, &(Group){&files[i], end - i});
	}
	tell_copies(&doubles, err);
	tell_taken(&doubles, err);
}
