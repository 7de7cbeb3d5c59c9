#include "rehearse/checks.h"

#include "server/lock_monitor.h"

const Script *checks_with_files(const Trial *trial, size_t *count)
{
	const RehearseOptions *options = trial->options;
	size_t files = options->count, checks = options->checks ? options->checks->count : 0;
	Script *all = arena_array(trial->arena, Script, files + checks + 1);
	for (size_t i = 0; i < files; i++)
		all[i] = options->scripts[i];
	for (size_t i = 0; i < checks; i++)
		all[files + i] = options->checks->scripts[i];
	*count = files + checks;
	return all;
}

void checks_decide(const Trial *trial, const DenyOptions *deny)
{
	RehearseChecks *checks = trial->options->checks;
	for (size_t i = 0; checks && i < checks->count; i++) {
		const Script *script = &checks->scripts[i];
		for (size_t j = 0; j < script->count && !checks->not_run[i]; j++)
			checks->not_run[i] = deny_judge(trial->arena, deny, &script->statements[j],
				&checks->not_run_what[i]);
	}
}

void checks_run(Trial *trial, Str limits, const TransactionOptions *how)
{
	ARENA_SCRATCH(scratch);
	RehearseChecks *checks = trial->options->checks;
	Batch batch = {.arena = &scratch};
	Err lost = {.arena = &scratch};
	int64_t us = 0;
	Str sql = str_format(&scratch, "SELECT 1%.*s", STR_ARG(limits));
	checks->add(trial->session, &batch, str_from(str_z(&scratch, sql)), checks->context);
	flight_add_rollback(&batch);
	checks->has_run =
		transaction_run(trial->session, &batch, how, &us, &lost) != TRANSACTION_LOST &&
		!lock_monitor_has_cancelled(trial->session->monitor);
	trial->turns++;
	if (checks->has_run)
		checks->read(&batch, checks->context);
}
