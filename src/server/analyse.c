#include "server/analyse.h"

#include "base/interrupt.h"
#include "server/clocked.h"
#include "sql/lex.h"

enum {
	BUDGET_MS = 5000, /* of all together */
	WAIT_MS = 100 /* for one lock */
};

#define CLOCK "promote.analysis"

static void add_limits(Batch *batch, const Analysis *analysis)
{
	Param *path = arena_new(batch->arena, Param);
	*path = (Param){.value = analysis->path};
	Str sql = str_format(batch->arena,
		"SELECT count(set_config(n, v, true)) FROM (VALUES ('lock_timeout', '%d'), "
		"('statement_timeout', %.*s), ('search_path', $1)) AS s(n, v)",
		WAIT_MS, STR_ARG(clocked_rest(batch->arena, CLOCK, BUDGET_MS, BUDGET_MS)));
	Command *command = batch_add(batch, str_from(str_z(batch->arena, sql)));
	command->params = path;
	command->param_count = 1;
}

static void add_analysis(Batch *batch, const Analysis *analysis)
{
	session_ask(batch);
	add_limits(batch, analysis);
	Command *command = batch_add(batch, str_from(str_z(batch->arena, analysis->sql)));
	command->parse_only = true;
	command->subject = analysis;
	if (analysis->wants_columns) {
		command = batch_add_literal(batch, "");
		command->describe = true;
		command->subject = analysis;
	}
	command->sync = true;
}

/* The word at a place of the text (characters from 1). */
static Str word_at(Str sql, size_t position)
{
	Lexer lexer = {.text = sql};
	Str token = {0};
	size_t at = position ? str_utf8_offset(sql, position - 1) : sql.len;
	for (LexKind kind = LEX_BLANK; kind != LEX_END && position;) {
		kind = lex_next(&lexer, &token);
		if (kind != LEX_END && (size_t)(token.ptr - sql.ptr) + token.len > at)
			return token;
	}
	return (Str){0};
}

static void take_columns(Arena *arena, Analysis *analysis, const Rows *rows)
{
	for (size_t i = 0; i < rows->columns; i++) {
		*vec_add(arena, &analysis->columns) = str_copy(arena, rows->names[i]);
		*vec_add(arena, &analysis->types) = rows->types[i];
	}
}

static void take_answer(Arena *arena, const Command *command)
{
	/* the analyses are the caller's, who has given them to be answered */
	Analysis *analysis = (Analysis *)(uintptr_t)command->subject;
	if (!analysis)
		return;
	analysis->is_answered |= command->state == COMMAND_DONE && !command->describe;
	if (command->state == COMMAND_DONE && command->describe)
		take_columns(arena, analysis, &command->rows);
	if (command->state != COMMAND_FAILED || command->describe)
		return;
	analysis->is_answered = true;
	analysis->sqlstate = str_copy(arena, command->failure->sqlstate);
	analysis->message = str_copy(arena, command->failure->message);
	analysis->culprit = word_at(analysis->sql, command->failure->position);
}

bool analyse_ask(Session *session, Analyses *analyses, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	if (!analyses->count)
		return true;
	clocked_start(&batch, CLOCK);
	for (size_t i = 0; i < analyses->count; i++)
		add_analysis(&batch, &analyses->items[i]);
	Deadline deadline = deadline_in(session->answer_limit_ms + BUDGET_MS);
	if (!batch_run(session->db, &batch, deadline, true, err))
		return false;
	for (size_t i = 0; i < batch.commands.count; i++)
		take_answer(session->arena, &batch.commands.items[i]);
	return !interrupt_pending();
}
