#include "migrate/errand.h"

#include "base/interrupt.h"
#include "migrate/lock.h"

enum {
	ROLLBACK_LIMIT_MS = 1000
};

bool errand_check(const Script *script, Err *err)
{
	if (script->mode == SCRIPT_ATOMIC)
		return true;
	Str reason = script_reason(err->arena, script);
	Fault *fault = err_add(err, ERR_BLOCKED, "%.*s cannot run in one transaction: %.*s",
		STR_ARG(script->migration->file), STR_ARG(reason));
	fault->file = script->migration->path;
	fault->hint = STR("take that out, or make it a migration");
	return false;
}

void errand_add_statement(const Session *session, Flight *flight, const Statement *statement)
{
	Command *command = flight_add(flight, statement->text);
	command->subject = statement;
	if (statement->drops_role && session->options.role.len)
		session_assert_role(session, flight);
}

void errand_roll_back(Session *session)
{
	ARENA_SCRATCH(scratch);
	Flight flight = {.arena = &scratch};
	Err ignored = {.arena = &scratch};
	if (!session->db || !db_in_transaction(session->db))
		return;
	flight_add_literal(&flight, "ROLLBACK");
	if (!lock_run(session, &flight, deadline_in(ROLLBACK_LIMIT_MS), false, &ignored))
		db_close(&session->db);
}

/* A COMMIT of a transaction that had failed is answered with ROLLBACK. */
static bool is_committed(const Flight *flight)
{
	const Command *last = &flight->commands.items[flight->commands.count - 1];
	return last->state == COMMAND_DONE && !str_equal(last->tag, STR("ROLLBACK"));
}

ErrandOutcome errand_run(Session *session, Flight *flight, int64_t *us, Err *lost)
{
	bool answered = lock_run(session, flight, DEADLINE_NONE, true, lost);
	for (size_t i = 0; i < flight->commands.count; i++)
		*us += flight->commands.items[i].us;
	if (is_committed(flight))
		return ERRAND_DONE;
	if (interrupt_pending()) {
		errand_roll_back(session);
		return ERRAND_CANCELLED;
	}
	if (answered && flight_failed(flight))
		return ERRAND_FAILED;
	if (answered)
		err_add(lost, ERR_BUG, "it was not committed, and no command has failed");
	return ERRAND_LOST;
}

bool errand_recover(Session *session, Err *err)
{
	Str pid = session->backend_pid, start = session->backend_start;
	log_line(session->log, "connecting again, to see what has become of it");
	return session_reconnect(session, err) && session_settle(session, pid, start, err) &&
	       lock_keep(session, err);
}
