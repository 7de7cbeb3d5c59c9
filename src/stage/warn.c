#include "stage/warn.h"

#include "report/fault.h"

void stage_warn(const Workflow *workflow, Err *all, Err *warnings)
{
	ARENA_SCRATCH(scratch);
	for (const Fault *fault = warnings->first; fault; fault = fault->next)
		log_line(&workflow->log, "warning: %.*s", STR_ARG(fault_text(&scratch, fault)));
	err_append(all, warnings);
}
