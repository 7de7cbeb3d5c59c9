#include "stage/replay.h"

#include "rehearse/scratch.h"
#include "stage/scratch_server.h"

static Script *read_files(Run *run, Err *err)
{
	size_t count = run->source.migrations.count;
	Script *scripts = arena_array(run->arena, Script, count + 1);
	for (size_t i = 0; i < count; i++)
		script_read(run->arena, &run->source.migrations.items[i], &scripts[i], err);
	return scripts;
}

/* It says nothing of the target, where the file may have run long ago. */
static void tell_refused(Err *failed, Err *err)
{
	for (Fault *fault = failed->first; fault; fault = fault->next) {
		if (fault->kind == ERR_CANCELLED)
			continue;
		fault->kind = fault->kind == ERR_OUTCOME ? ERR_CONNECT : ERR_DRIFT;
		fault->message = str_format(failed->arena,
			"the repository's migrations cannot be replayed from nothing: %.*s",
			STR_ARG(fault->message));
	}
	err_append(err, failed);
}

bool replay_files(Run *run, Err *err)
{
	Err failed = {.arena = run->arena};
	Push push;
	size_t count = run->source.migrations.count;
	Script *scripts = read_files(run, &failed);
	if (!scratch_server_open(run, scratch_check_unused, err))
		return false;
	if (!failed.count && scratch_server_push(run, scripts, count, &push, &failed))
		return scratch_server_read(run, err);
	tell_refused(&failed, err);
	return false;
}
