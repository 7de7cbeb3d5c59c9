#include "stage/command.h"

#include "action/runner.h"
#include "stage/help.h"
#include "stage/version.h"

#include <stdio.h>

static void tell_wrong(const Err *err)
{
	for (const Fault *fault = err->first; fault; fault = fault->next) {
		fprintf(stderr, "supabase-promote: %.*s\n", STR_ARG(fault->message));
		if (fault->hint.len)
			fprintf(stderr, "  %.*s\n", STR_ARG(fault->hint));
	}
	if (!runner_is_github())
		fputs("supabase-promote --help shows the modes and the inputs\n", stderr);
}

static void answer(const CommandLine *line)
{
	ARENA_SCRATCH(scratch);
	if (line->answer == COMMAND_VERSION)
		version_print();
	else if (line->answer == COMMAND_HELP && line->input)
		printf("%.*s", STR_ARG(help_input(&scratch, line->input)));
	else if (line->answer == COMMAND_HELP)
		printf("%.*s", STR_ARG(help_all(&scratch)));
	else
		printf("%.*s", STR_ARG(help_completion(&scratch)));
}

bool command_ends(Arena *arena, int argc, char **argv, CommandLine *line, int *status)
{
	Err err = {.arena = arena};
	bool is_read = command_line_read(arena, argc, argv, line, &err);
	*status = is_read ? 0 : err_exit_code(ERR_USAGE);
	if (!is_read)
		tell_wrong(&err);
	else if (line->answer != COMMAND_RUN)
		answer(line);
	return !is_read || line->answer != COMMAND_RUN;
}
