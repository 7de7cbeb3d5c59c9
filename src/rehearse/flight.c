#include "rehearse/flight.h"

#include "server/history_table.h"
#include "server/purpose.h"
#include "server/transaction.h"
#include "sql/lex.h"

#include <string.h>

typedef struct Adding {
	Flight *flight;
	FileMark *mark;
	const RehearsedFile *file;
} Adding;

static size_t index_of(const RehearsedFile *file, const Statement *statement)
{
	return (size_t)(statement - file->script->statements);
}

/* The same statement with blanks in place of CONCURRENTLY: places in it stay what they are. */
static const Statement *without_concurrently(Arena *arena, const Statement *statement)
{
	Statement *plain = arena_new(arena, Statement);
	char *text = str_z(arena, statement->text);
	Lexer lexer = {.text = statement->text};
	Str token;
	*plain = *statement;
	for (LexKind kind; (kind = lex_next_word(&lexer, &token)) != LEX_END;)
		if (kind == LEX_WORD && lex_is(token, "CONCURRENTLY")) {
			memset(text + (token.ptr - statement->text.ptr), ' ', token.len);
			break;
		}
	plain->text = (Str){text, statement->text.len};
	plain->class = SQL_PLAIN;
	return plain;
}

static const Statement *choose(void *context, const Statement *statement)
{
	const Adding *adding = context;
	size_t index = index_of(adding->file, statement);
	const Effects *effects = &adding->file->effects[index];
	adding->mark->statements[index].first = adding->flight->batch.commands.count;
	if (effects->not_run)
		return NULL;
	return effects->substituted ? without_concurrently(adding->flight->batch.arena, statement)
				    : statement;
}

static void add_probe(void *context, Batch *batch, const Statement *statement)
{
	const Adding *adding = context;
	StatementMark *mark = &adding->mark->statements[index_of(adding->file, statement)];
	mark->probe = batch->commands.count;
	question_probe(batch, &adding->flight->probe);
}

/* What is deferred to the COMMIT is checked here, and deferred again for the next file. */
static void add_commit(Flight *flight)
{
	Batch *batch = &flight->batch;
	batch_add_literal(batch, "SET CONSTRAINTS ALL IMMEDIATE")->purpose = PURPOSE_COMMIT;
	question_defer(batch);
	question_check(batch, &flight->probe);
	batch_add_literal(batch, "RELEASE SAVEPOINT " FLIGHT_SAVEPOINT);
	batch_add_literal(batch, "SAVEPOINT " FLIGHT_SAVEPOINT);
}

void flight_add_file(Flight *flight, FileMark *mark, const RehearsedFile *file)
{
	Batch *batch = &flight->batch;
	const Script *script = file->script;
	const TransactionPart whole = {script, 0, script->count};
	Adding adding = {flight, mark, file};
	const TransactionHook hook = {choose, add_probe, &adding};
	mark->statements = arena_array(batch->arena, StatementMark, script->count + 1);
	for (size_t i = 0; i < script->count; i++)
		mark->statements[i] = (StatementMark){SIZE_MAX, SIZE_MAX};
	mark->first = batch->commands.count;
	session_reset(flight->session, batch);
	question_check(batch, &flight->probe);
	history_lock(batch, flight->history);
	mark->begun = batch->commands.count;
	question_probe(batch, &flight->probe);
	transaction_add_part(flight->session, batch, whole, &hook);
	history_record(flight->session, batch, script);
	add_commit(flight);
	mark->end = batch->commands.count;
}

void flight_add_rollback(Batch *batch)
{
	batch_add_literal(batch, "ROLLBACK")->sync = true;
	batch_add_literal(batch, "DEALLOCATE ALL");
}

/* It has as long as the rehearsal itself; if it fails, nothing else does. */
static void add_question(Flight *flight, const RehearseQuestion *question)
{
	Batch *batch = &flight->batch;
	flight->question = SIZE_MAX;
	if (!question)
		return;
	batch_add_literal(batch, "SELECT set_config('statement_timeout', '0', true)");
	flight->question = batch->commands.count;
	question->add(batch, question->context);
}

void flight_add_end(Flight *flight, const RehearseQuestion *question, Str highest)
{
	Batch *batch = &flight->batch;
	session_reset_role(flight->session, batch);
	batch_add_literal(batch,
		"SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), "
		"pg_catalog.set_config('jit', 'off', true)");
	flight->objects = batch->commands.count;
	question_objects(batch);
	flight->findings = batch->commands.count;
	question_findings(batch);
	flight->indexes = batch->commands.count;
	question_new_indexes(batch, highest);
	add_question(flight, question);
}
