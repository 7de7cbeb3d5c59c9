/* The files of the checkout: migrations, and what can be said of them without a database. */
#include "stage/files.h"

#include "stage/extras.h"

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
	return found;
}

void files_check_syntax(const Run *run, Err *err)
{
	for (size_t i = 0; i < run->source.migrations.count; i++) {
		Script script;
		script_read(run->arena, &run->source.migrations.items[i], &script, err);
		script_add_refusals(&script, err);
	}
}

bool stage_offline(Run *run)
{
	static const Str why = STR_INIT(
		"pull requests of forks and what Dependabot starts get no secrets, and events that "
		"may bring a fork's files beside secrets no database, so histories are not compared");
	if (run->inputs->database_wanted)
		return true;
	workflow_group(run->workflow, "Checks without a database");
	files_check_syntax(run, run->err);
	log_line(&run->workflow->log, "%zu migrations read and parsed; %.*s",
		run->source.migrations.count, STR_ARG(why));
	workflow_group_end(run->workflow);
	run_note(run, STR("Checked without a database"), why);
	run->report->status = STATUS_SKIPPED;
	run->report->skipped = STR("checked without a database, which this event does not get");
	run->ended = true;
	return run->err->count == 0;
}
