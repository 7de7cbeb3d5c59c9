/* The files of the checkout: migrations, and what can be said of them without a database. */
#include "stage/files.h"

#include "stage/extras.h"

/* A file that nobody skips on purpose: the Supabase CLI says nothing of it. */
static void warn_of_misnamed(const Run *run)
{
	enum {
		LISTED_MAX = 20
	};
	Arena *arena = run->arena;
	Err warnings = {.arena = arena};
	Buf list = buf_new(arena, SIZE_MAX), commands = buf_new(arena, SIZE_MAX);
	const Skipped *first = NULL;
	size_t count = 0;
	for (size_t i = 0; i < run->source.skipped.count; i++) {
		const Skipped *skipped = &run->source.skipped.items[i];
		if (!skipped->is_misnamed)
			continue;
		first = first ? first : skipped;
		if (count++ < LISTED_MAX)
			buf_format(&list, "%s%.*s", count > 1 ? ", " : "", STR_ARG(skipped->file));
		if (skipped->fitting.len)
			buf_format(&commands, "\n  git mv %.*s %.*s",
				STR_ARG(str_shell(arena, skipped->path)),
				STR_ARG(str_shell(arena, skipped->fitting)));
	}
	if (!first)
		return;
	if (count > LISTED_MAX)
		buf_format(&list, ", and %zu more", count - LISTED_MAX);
	Fault *fault = err_add(&warnings, ERR_SOURCE,
		"%zu file%s not run, for %s name%s not of the form <timestamp>_name.sql: %.*s",
		count, count == 1 ? " is" : "s are", count == 1 ? "its" : "their",
		count == 1 ? " is" : "s are", STR_ARG(buf_str(&list)));
	fault->file = first->path;
	fault->hint = str_format(arena,
		"to have them run:%.*s\ngive another ending to what is not meant to run",
		STR_ARG(buf_str(&commands)));
	run_warn(run, &warnings);
}

bool stage_files(Run *run)
{
	const Inputs *inputs = run->inputs;
	if (extras_lacks_migrations(run, &run->source.folder))
		return true;
	bool found = source_read(run->arena, inputs->runner->workspace, inputs->working_directory,
		&run->source, run->err);
	for (size_t i = 0; i < run->source.skipped.count; i++) {
		const Skipped *skipped = &run->source.skipped.items[i];
		log_line(&run->workflow->log, "skipped %.*s: %.*s",
			STR_ARG(str_visible(run->arena, skipped->file)), STR_ARG(skipped->reason));
	}
	warn_of_misnamed(run);
	return found;
}

void files_read_contents(Run *run)
{
	if (!run->has_contents)
		run->contents = content_read(run->arena, &run->source);
	run->has_contents = true;
}

void files_check_syntax(const Run *run, Err *err)
{
	for (size_t i = 0; i < run->source.migrations.count; i++) {
		Script script;
		script_read_statements(run->arena, &run->source.migrations.items[i], &script, err);
		script_add_refusals(&script, err);
	}
}

bool files_next_change(const Run *run, size_t *at, FilesChange *out)
{
	const DetectResult *detected = &run->detected;
	Str folder = str_format(run->arena, "%.*s/", STR_ARG(run->source.folder)), title;
	while (*at < detected->changes.count) {
		const Change *change = &detected->changes.items[(*at)++];
		*out = (FilesChange){.status = change->status};
		out->path = str_format(
			run->arena, "%.*s%.*s", STR_ARG(detected->prefix), STR_ARG(change->path));
		out->file = str_skip(out->path, folder.len);
		if (str_starts(out->path, folder) && source_name(out->file, &out->version, &title))
			return true;
	}
	return false;
}
