#include "server/server_parse.h"

#include "base/sqlstate.h"

static void add_questions(Batch *batch, Script *scripts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < scripts[i].count; k++) {
			if (!scripts[i].statements[k].refusal)
				continue;
			Command *command = batch_add(batch, scripts[i].statements[k].text);
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

bool server_parse(Session *session, Script *scripts, size_t count, Err *warnings, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	add_questions(&batch, scripts, count);
	if (!batch.commands.count)
		return true;
	if (!batch_run(session->db, &batch, deadline_in(session->answer_limit_ms), true, err))
		return false;
	for (size_t i = 0; i < batch.commands.count; i++) {
		Statement *statement = (Statement *)(uintptr_t)batch.commands.items[i].subject;
		if (is_refused(&batch.commands.items[i]))
			continue;
		err_add_copy(warnings, statement->refusal);
		warnings->last->hint = STR("the server accepts it, so this is no error");
		statement->refusal = NULL;
	}
	return true;
}
