/* supabase-promote: promotes Supabase migrations from CI. See src/run.h for the stages. */
#include "base/interrupt.h"
#include "stage/publish.h"
#include "run.h"
#include "stage/extras.h"
#include "action/version.h"
#include "wrap/db.h"
#include "wrap/http_proxy.h"

#include <stdio.h>
#include <string.h>

static int run_action(void)
{
	Arena arena = {0};
	Secrets secrets = {.arena = &arena};
	Err err = {.arena = &arena};
	Inputs inputs = {0};
	Report report = {0};
	Watched watched = {0};
	bool unmasked = false;
	Event event;
	Runner runner = runner_read(&arena);
	int64_t start = clock_us();

	db_ignore_environment();
	http_proxy_keep(&secrets);
	Workflow workflow = workflow_new(&runner, &secrets);
	event_read(&arena, &runner, &event, &err);
	inputs_read(&arena, &event, &inputs, &secrets, &unmasked, &err);
	inputs.runner = &runner;
	bool unmasked_vault = false;
	run_extras_load(&arena, &inputs, &report.extras, &secrets, &unmasked_vault, &err);
	workflow_mask(&workflow);
	if (unmasked)
		log_line(&workflow.log,
			"warning: the database password is too short or too common to be "
			"masked in logs");
	if (unmasked_vault)
		log_line(&workflow.log,
			"warning: a vault secret is too short or too common to be masked in logs");
	run_begin(&inputs, &report);
	if (publish_announce(&arena, &inputs, &workflow, &report, &err))
		run(&arena, &inputs, &workflow, &report, &watched, &err);
	report.us = clock_us() - start;
	publish_result(&arena, &inputs, &workflow, &report, &watched, &err);

	int status = err_exit_code(err_kind(&err));
	arena_release(&arena);
	return status;
}

int main(int argc, char **argv)
{
	interrupt_install();
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		version_print();
		return 0;
	}
	if (argc > 1) {
		fprintf(stderr,
			"supabase-promote: takes no argument but --version; inputs are read from "
			"INPUT_… variables\n");
		return err_exit_code(ERR_USAGE);
	}
	return run_action();
}
