#include "server/server_parse.h"

#include "base/interrupt.h"
#include "base/sqlstate.h"

#define PREFIX "PREPARE supabase_promote AS "

enum {
	QUESTIONS_MAX = 10000, /* in one turn */
	BYTES_A_MS = 100, /* of a slow line */
	NUMBERS_A_MAJOR = 10000 /* of server_version_num: 150018 */
};

/* How a statement is shown, so that its grammar is judged and nothing else: no name in it is looked
 * up, no table is locked, and the log of the server gets no error for one that is not there yet. */
typedef enum Way {
	WAY_ALONE, /* of this kind nothing but the grammar is looked at */
	WAY_PREPARED, /* as what a PREPARE would prepare */
	WAY_PAIRED, /* followed by a second one, which is refused, without a place, in the end */
} Way;

static bool makes_table_of_query(Str rest)
{
	static const Str kinds[] = {STR_INIT("table"), STR_INIT("temp"), STR_INIT("temporary"),
		STR_INIT("unlogged"), STR_INIT("global"), STR_INIT("local"),
		STR_INIT("materialized")};
	ARENA_SCRATCH(scratch);
	Str word = sql_word(&scratch, &rest);
	return STR_IS_AMONG(word, kinds);
}

static Way way_of(Str text)
{
	static const struct {
		Str word;
		Way way;
	} table[] = {
		{STR_INIT(""), WAY_PREPARED}, /* a parenthesis */
		{STR_INIT("select"), WAY_PREPARED},
		{STR_INIT("insert"), WAY_PREPARED},
		{STR_INIT("update"), WAY_PREPARED},
		{STR_INIT("delete"), WAY_PREPARED},
		{STR_INIT("merge"), WAY_PREPARED},
		{STR_INIT("with"), WAY_PREPARED},
		{STR_INIT("values"), WAY_PREPARED},
		{STR_INIT("table"), WAY_PREPARED},
		{STR_INIT("explain"), WAY_PAIRED},
		{STR_INIT("declare"), WAY_PAIRED},
		{STR_INIT("call"), WAY_PAIRED},
	};
	ARENA_SCRATCH(scratch);
	Str word = sql_word(&scratch, &text);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_equal(word, table[i].word))
			return table[i].way;
	return str_equal(word, STR("create")) && makes_table_of_query(text) ? WAY_PAIRED
									    : WAY_ALONE;
}

typedef struct Question {
	const Script *script;
	Statement *statement;
	Way way;
} Question;

static Str shown(Arena *arena, const Question *question)
{
	Str text = question->statement->text;
	switch (question->way) {
	case WAY_ALONE:
		return text;
	case WAY_PREPARED:
		text = str_format(arena, PREFIX "%.*s", STR_ARG(text));
		break;
	case WAY_PAIRED:
		text = str_format(arena, "%.*s\n;SELECT 1", STR_ARG(text));
		break;
	}
	return str_from(str_z(arena, text));
}

/* A newer server is asked about what our grammar refuses, an older one about everything. */
static bool is_asked(const Statement *statement, bool is_older)
{
	return statement->refusal ||
	       (is_older && statement->examined && statement->class != SQL_EMPTY);
}

/* Goes on at statement `*next`, for as many questions as one turn holds. */
static void add_questions(Batch *batch, const Script *script, bool is_older, size_t *next)
{
	for (; *next < script->count && batch->commands.count < QUESTIONS_MAX; (*next)++) {
		Statement *statement = &script->statements[*next];
		if (!is_asked(statement, is_older))
			continue;
		Question *question = arena_new(batch->arena, Question);
		*question = (Question){script, statement, way_of(statement->text)};
		Command *command = batch_add(batch, shown(batch->arena, question));
		command->subject = question;
		command->parse_only = true;
		command->sync = true;
	}
}

/* What our grammar knows and does not allow, the server's may know, too. */
static bool is_of_grammar(const Statement *statement, Str sqlstate)
{
	return sqlstate_is(sqlstate, SQLSTATE_SYNTAX_ERROR) ||
	       (statement->is_by_rule && sqlstate_is(sqlstate, SQLSTATE_FEATURE_NOT_SUPPORTED));
}

/* Any other answer means that it was parsed. */
static bool is_refused(const Command *command)
{
	const Question *question = command->subject;
	return command->state == COMMAND_FAILED &&
	       is_of_grammar(question->statement, command->failure->sqlstate) &&
	       (question->way != WAY_PAIRED || command->failure->position);
}

static void accept(const Session *session, const Question *question)
{
	const Fault *refusal = question->statement->refusal;
	if (refusal)
		log_line(session->log,
			"%.*s:%zu:%zu: %.*s; the server accepts it, so this is no error",
			STR_ARG(question->script->migration->file), refusal->line, refusal->col,
			STR_ARG(refusal->message));
	question->statement->refusal = NULL;
}

static void refuse(const Session *session, const Question *question, const ServerMessage *message)
{
	static const size_t before = sizeof PREFIX - 1;
	size_t position = message->position;
	if (question->statement->refusal)
		return;
	if (question->way == WAY_PREPARED)
		position = position > before ? position - before : 0;
	Fault *fault = script_refuse(
		session->arena, question->script, question->statement, position, message->message);
	fault->sqlstate = str_copy(session->arena, message->sqlstate);
	fault->hint = str_format(session->arena,
		"newer servers accept it; this one, PostgreSQL %.*s, does not",
		STR_ARG(db_server_version_text(session->arena, session->db)));
}

static bool run_parse(Session *session, Batch *batch, Err *err)
{
	size_t bytes = 0;
	for (size_t i = 0; i < batch->commands.count; i++)
		bytes += batch->commands.items[i].sql.len;
	Deadline deadline = deadline_in(session->answer_limit_ms + (int64_t)bytes / BYTES_A_MS);
	if (!batch->commands.count)
		return true;
	if (!batch_run(session->db, batch, deadline, true, err))
		return false;
	for (size_t i = 0; i < batch->commands.count; i++) {
		const Command *command = &batch->commands.items[i];
		if (is_refused(command))
			refuse(session, command->subject, command->failure);
		else
			accept(session, command->subject);
	}
	return true;
}

bool server_parse(Session *session, Script *scripts, size_t count, Err *err)
{
	int ours = sql_library_version_num() / NUMBERS_A_MAJOR;
	bool is_older = db_server_version(session->db) / NUMBERS_A_MAJOR < ours;
	for (size_t i = 0, statement = 0; i < count && !interrupt_pending();) {
		ARENA_SCRATCH(scratch);
		Batch batch = {.arena = &scratch};
		while (i < count && batch.commands.count < QUESTIONS_MAX) {
			add_questions(&batch, &scripts[i], is_older, &statement);
			if (statement < scripts[i].count)
				break;
			i++;
			statement = 0;
		}
		if (!run_parse(session, &batch, err))
			return false;
	}
	return true;
}
