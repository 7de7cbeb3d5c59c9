#include "stage/run.h"

#include "report/fault.h"

void run_close(Run *run)
{
	session_close(&run->staging.session);
	session_close(&run->database.session);
}

void run_warn(const Run *run, Err *warnings)
{
	ARENA_SCRATCH(scratch);
	for (const Fault *fault = warnings->first; fault; fault = fault->next)
		log_line(
			&run->workflow->log, "warning: %.*s", STR_ARG(fault_text(&scratch, fault)));
	err_append(&run->report->warnings, warnings);
}

void run_note(const Run *run, Str title, Str text)
{
	*vec_add(run->arena, &run->report->notices) = (ReportNotice){title, text};
}
