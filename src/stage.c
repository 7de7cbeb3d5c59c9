#include "stage.h"

#include "report/fault.h"

#include <stdlib.h>
#include <unistd.h>

Str stage_workspace(Arena *arena)
{
	Str named = str_from(getenv("GITHUB_WORKSPACE"));
	char here[4096];
	return named.len ? named : str_copy(arena, str_from(getcwd(here, sizeof here)));
}

void stage_warn(const Workflow *workflow, Err *all, Err *warnings)
{
	ARENA_SCRATCH(scratch);
	for (const Fault *fault = warnings->first; fault; fault = fault->next)
		log_line(&workflow->log, "warning: %.*s", STR_ARG(fault_text(&scratch, fault)));
	err_append(all, warnings);
}
