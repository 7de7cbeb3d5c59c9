#include "stage/run.h"

#include "report/fault.h"

void run_close(Run *run)
{
	session_close(&run->scratch.session);
	session_close(&run->staging.session);
	session_close(&run->database.session);
}

void run_log_faults(const Log *log, const char *level, const Err *faults)
{
	enum {
		LOGGED_MAX = 1000
	};
	size_t count = 0;
	for (const Fault *fault = faults->first; fault && count < LOGGED_MAX; fault = fault->next) {
		ARENA_SCRATCH(scratch);
		log_line(log, "%s: %.*s", level, STR_ARG(fault_text(&scratch, fault)));
		count++;
	}
	if (faults->count > count)
		log_line(log, "%s: … and %zu more like these", level, faults->count - count);
}

void run_warn(const Run *run, Err *warnings)
{
	run_log_faults(&run->workflow->log, "warning", warnings);
	err_append(&run->report->warnings, warnings);
}

void run_note(const Run *run, Str title, Str text)
{
	*vec_add(run->arena, &run->report->notices) = (ReportNotice){title, text};
}

void run_note_findings(const Run *run, Err *notes)
{
	for (const Fault *note = notes->first; note; note = note->next) {
		log_line(&run->workflow->log, "%.*s", STR_ARG(note->message));
		run_note(run, (Str){0}, note->message);
	}
	err_append(&run->report->notes, notes);
}
