/* The files of types, rewritten. Beside report-file they are all that this program ever writes
 * into the workspace: the text is the Management API's, never an imitation of it, and it is looked
 * through before anything is replaced. */
#include "stage/types.h"

#include "base/file.h"
#include "base/file_inside.h"
#include "types/file.h"
#include "types/finding.h"

/* Is the text whole? It has to be understood, and to have every table of the catalogue. */
static bool is_whole(
	const Run *run, const TypesFile *file, const CatalogueAnswer *answer, Str text, Str *why)
{
	TypesFile fresh = *file;
	TypesDifferences differences = {0};
	TsFailure failure;
	if (!types_file_read(run->arena, text, STR("Database"), &fresh.model, &failure)) {
		*why = str_format(run->arena, "the API's text is not understood: %.*s",
			STR_ARG(failure.message));
		return false;
	}
	if (!types_compare_file(run, &fresh, answer, &differences, &fresh.result)) {
		*why = fresh.result.reason;
		return false;
	}
	for (size_t i = 0; i < differences.count; i++) {
		const TypesDifference *d = &differences.items[i];
		if (d->kind != TYPES_MISSING || d->depth > TYPES_OF_OBJECT)
			continue;
		*why = str_format(run->arena, "the API's text lacks %.*s.%.*s",
			STR_ARG(str_visible(run->arena, d->schema)),
			STR_ARG(str_visible(run->arena, d->object)));
		return false;
	}
	return true;
}

static bool replace(const Run *run, const TypesFile *file, Str text, Str *why)
{
	Str roots[] = {run->inputs->runner->workspace};
	const FileInside target = {.roots = roots, .root_count = 1, .path = file->path};
	if (file_is_symlink(file_join(run->arena, roots[0], file->path))) {
		*why = STR("it is a symbolic link");
		return false;
	}
	return file_inside_write(&target, text, run->arena, why);
}

/* For who has no API: the command that makes the file. */
static Str command(const Run *run, const TypesFile *file)
{
	Arena *arena = run->arena;
	Str path = str_shell(arena, file->path);
	Buf schemas = buf_new(arena, 4000);
	for (size_t i = 0; i < file->schemas.count; i++)
		buf_format(&schemas, "%s%.*s", i ? "," : "", STR_ARG(file->schemas.items[i]));
	return str_format(arena,
		"the text comes from the Management API, which knows projects alone; make the file "
		"with\n  supabase gen types --remote=\"$DB_URL\" --schema %.*s > types.tmp && mv "
		"types.tmp %.*s",
		STR_ARG(str_shell(arena, buf_str(&schemas))), STR_ARG(path));
}

static bool write_file(
	const Run *run, const TypesFile *file, const CatalogueAnswer *answer, Str *why)
{
	Err failure = {.arena = run->arena};
	Str text;
	if (!str_equal(run->inputs->types_name, STR("Database"))) {
		*why = STR("its type has another name than Database, as the API calls it");
		return false;
	}
	if (!target_types(&run->database.target, &file->schemas, &text, &failure)) {
		*why = failure.first->message;
		return false;
	}
	return is_whole(run, file, answer, text, why) && replace(run, file, text, why);
}

static bool fits(const Run *run, TypesFile *file, const CatalogueAnswer *answer)
{
	TypesDifferences differences = {0};
	return file->is_read &&
	       types_compare_file(run, file, answer, &differences, &file->result) &&
	       !differences.count;
}

/* A file that is not there yet needs types-schemas; one outside of the workspace is left alone. */
static bool is_ours(const TypesFile *file)
{
	return file->schemas.count && !file->is_outside;
}

void types_write(Run *run, TypesFiles *files, const CatalogueAnswer *answer)
{
	Err warnings = {.arena = run->arena};
	for (size_t i = 0; i < files->items.count; i++) {
		TypesFile *file = &files->items.items[i];
		Str why = {0}, hint = {0};
		if (!is_ours(file) || fits(run, file, answer))
			continue;
		if (!run->database.target.entry) {
			why = STR("the target is named by db-url");
			hint = command(run, file);
		} else if (write_file(run, file, answer, &why)) {
			file->result.status = TYPES_STATUS_WRITTEN;
			file->result.reason = (Str){0};
			continue;
		}
		types_finding_add_unwritten(&file->result, why, hint, &warnings);
	}
	run_warn(run, &warnings);
}
