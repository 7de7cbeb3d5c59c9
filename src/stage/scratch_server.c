#include "stage/scratch_server.h"

#include "push/push.h"
#include "server/history_table.h"
#include "server/lock.h"
#include "stage/connect.h"

bool scratch_server_open(Run *run, ScratchCheck *check, Err *err)
{
	RunDatabase *scratch = &run->scratch;
	ApiWait patience;
	return connect_scratch(run, err) &&
	       lock_take(&scratch->session, run->inputs->lock_wait, &scratch->history, &patience,
		       err) &&
	       check(&scratch->session, &scratch->history, &run->database.history, err);
}

bool scratch_server_push(Run *run, Script *scripts, size_t count, Push *push, Err *err)
{
	RunDatabase *scratch = &run->scratch;
	push_prepare(run->arena, scripts, count, push);
	push_start(push, &scratch->history);
	return history_prepare(&scratch->session, &scratch->history, err) &&
	       push_files(&scratch->session, push, err);
}

bool scratch_server_read(Run *run, Err *err)
{
	run->scratch.history = (History){0};
	return history_read(&run->scratch.session, &run->scratch.history, err);
}
