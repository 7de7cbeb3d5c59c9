/* The files of types in the checkout. */
#include "stage/types.h"

#include "base/file.h"
#include "local/config.h"
#include "types/file.h"

enum {
	FILE_MAX = 64 * 1024 * 1024,
	FILES_MAX = 20,
};

bool types_is_asked(const Inputs *inputs)
{
	static const bool asks[][2] = {[TYPES_AUTO] = {true, false},
		[TYPES_CHECK] = {true, false},
		[TYPES_WARN] = {true, false},
		[TYPES_WRITE] = {true, true},
		[TYPES_OFF] = {false, false}};
	return inputs->types_file.len && asks[inputs->types][inputs_writes(inputs)];
}

static void add_schema(Arena *arena, Names *names, Str name)
{
	for (size_t i = 0; i < names->count; i++)
		if (str_equal(names->items[i], name))
			return;
	*vec_add(arena, names) = name;
}

/* Of the input, or else those of the file; of a file that has none, what a generator takes. */
static void choose_schemas(const Run *run, TypesFile *file)
{
	Str rest = run->inputs->types_schemas, part;
	while (rest.len && str_next(&rest, ',', &part))
		if (str_trim(part).len)
			add_schema(run->arena, &file->schemas, str_trim(part));
	for (size_t i = 0; !run->inputs->types_schemas.len && i < file->model.schemas.count; i++)
		add_schema(run->arena, &file->schemas, file->model.schemas.items[i].name);
	if (file->schemas.count)
		return;
	Names served = config_api_schemas(run->arena, &run->report->extras.file);
	add_schema(run->arena, &file->schemas, STR("public"));
	for (size_t i = 0; i < served.count; i++)
		add_schema(run->arena, &file->schemas, served.items[i]);
}

static void set_reason(TypesFile *file, TypesStatus status, Str reason)
{
	file->result.status = status;
	file->result.reason = reason;
}

/* No symbolic link leads out of the workspace, or to what git keeps. */
static bool read_text(const Run *run, TypesFile *file)
{
	Str root = file_resolve(run->arena, run->inputs->runner->workspace), reason = {0};
	Str path = file_resolve(run->arena, file_join(run->arena, root, file->path));
	if (!path.len)
		reason = STR("there is no such file");
	else if (!file_is_content(path, root)) {
		reason = STR("it does not lie in the workspace");
		file->is_outside = true;
	} else
		file_read(run->arena, path, FILE_MAX, &file->text, &reason);
	if (reason.len)
		set_reason(file, TYPES_STATUS_MISSING, reason);
	return !reason.len;
}

static void parse(const Run *run, TypesFile *file)
{
	TsFailure failure;
	file->is_read = types_file_read(
		run->arena, file->text, run->inputs->types_name, &file->model, &failure);
	if (file->is_read)
		return;
	set_reason(file, TYPES_STATUS_UNKNOWN, failure.message);
	file->result.line = failure.line;
	file->result.col = failure.col;
}

static void load_file(const Run *run, Str path, TypesFile *file)
{
	while (str_starts(path, STR("./")))
		path = str_skip(path, 2);
	file->path = file->result.file = path;
	if (read_text(run, file))
		parse(run, file);
	choose_schemas(run, file);
	types_model_keep(&file->model, &file->schemas);
}

/* Names stand one a line, or with commas. */
void types_load(const Run *run, TypesFiles *out)
{
	Str rest = run->inputs->types_file, line, path;
	*out = (TypesFiles){0};
	while (rest.len && str_next(&rest, '\n', &line))
		while (line.len && str_next(&line, ',', &path)) {
			if (!str_trim(path).len || out->items.count == FILES_MAX)
				continue;
			TypesFile *file = vec_add(run->arena, &out->items);
			load_file(run, str_trim(path), file);
			for (size_t i = 0; i < file->schemas.count; i++)
				add_schema(run->arena, &out->schemas, file->schemas.items[i]);
		}
}
