/* A run that gets no database: what can be checked without one. */
#include "stage/files.h"
#include "stage/lint.h"

bool stage_offline(Run *run)
{
	static const Str why = STR_INIT(
		"pull requests from forks and runs that Dependabot starts get no secrets, and "
		"events that may combine a fork's files with secrets get no database: histories "
		"are not compared");
	if (run->inputs->database_wanted)
		return true;
	workflow_group(run->workflow, "Checks without a database");
	files_check_syntax(run, run->err);
	lint_offline(run);
	log_line(&run->workflow->log, "%zu migrations read and parsed; %.*s",
		run->source.migrations.count, STR_ARG(why));
	workflow_group_end(run->workflow);
	run_note(run, STR("Checked without a database"), why);
	run->report->status = STATUS_SKIPPED;
	run->report->skipped = STR("checked without a database, which this event does not get");
	run->ended = true;
	return run->err->count == 0;
}
