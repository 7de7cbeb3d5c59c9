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

static void warn(const Workflow *workflow, const Fault *fault)
{
	ARENA_SCRATCH(scratch);
	Str text = fault_text(&scratch, fault);
	log_line(&workflow->log, "warning: %.*s", STR_ARG(text));
	static size_t annotated; /* the runner drops what goes beyond ten a step */
	if (annotated++ < STAGE_ANNOTATIONS_MAX)
		workflow_annotate(workflow, LEVEL_WARNING, err_title(fault->kind), fault->file,
			fault->line, fault->col, fault_annotation(&scratch, fault));
}

void stage_warn(const Workflow *workflow, const Err *warnings)
{
	for (const Fault *fault = warnings->first; fault; fault = fault->next)
		warn(workflow, fault);
}
