#include "server/server_parse.h"

#include "base/sqlstate.h"

static void add_questions(Flight *flight, Script *scripts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < scripts[i].count; k++) {
			if (!scripts[i].statements[k].refusal)
				continue;
			Command *command = flight_add(flight, scripts[i].statements[k].text);
			command->subject = &scripts[i].statements[k];
			command->parse_only = true;
			command->sync = true;
		}
}

/* Any other answer than "syntax error" (a table that is not there yet, say) means that it was
 * parsed. */
static bool is_refused(const Command *command)
{
	return command->state == COMMAND_FAILED &&
	       sqlstate_is(command->failure->sqlstate, SQLSTATE_SYNTAX_ERROR);
}

bool dialect_ask(Session *session, Script *scripts, size_t count, Err *warnings, Err *err)
{
	ARENA_SCRATCH(scratch);
	Flight flight = {.arena = &scratch};
	add_questions(&flight, scripts, count);
	if (!flight.commands.count)
		return true;
	if (!flight_run(session->db, &flight, deadline_in(session->answer_limit_ms), true, err))
		return false;
	for (size_t i = 0; i < flight.commands.count; i++) {
		Statement *statement = (Statement *)(uintptr_t)flight.commands.items[i].subject;
		if (is_refused(&flight.commands.items[i]))
			continue;
		err_add_copy(warnings, statement->refusal);
		warnings->last->hint = STR("the server accepts it, so this is no error");
		statement->refusal = NULL;
	}
	return true;
}
