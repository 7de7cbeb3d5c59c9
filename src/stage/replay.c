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

/* Of a refused file, which says nothing of the target: it may have run there long ago. What ails
 * the throw-away server stays what it is. */
static ErrKind kind_of(ErrKind kind)
{
	if (kind == ERR_OUTCOME)
		return ERR_CONNECT;
	return kind == ERR_MIGRATION || kind == ERR_SYNTAX || kind == ERR_SOURCE ? ERR_DRIFT : kind;
}

static void tell_refused(Err *failed, Err *err)
{
	for (Fault *fault = failed->first; fault; fault = fault->next) {
		if (fault->kind == ERR_CANCELLED)
			continue;
		fault->kind = kind_of(fault->kind);
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
