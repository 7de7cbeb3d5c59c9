/* script_read on any bytes: its modes fit the statements, and every place can be shown. */
#include "fuzz.h"

#include "sql/script.h"

static bool is_control(SqlClass class)
{
	return class == SQL_BEGIN || class == SQL_BEGIN_WITH_OPTIONS || class == SQL_COMMIT ||
	       class == SQL_CONTROL;
}

static size_t count_class(const Script *script, bool (*is)(SqlClass))
{
	size_t count = 0;
	for (size_t i = 0; i < script->count; i++)
		count += is(script->statements[i].class);
	return count;
}

static bool is_alone(SqlClass class)
{
	return class == SQL_NO_BLOCK;
}

static void check_mode(Arena *arena, const Script *script)
{
	size_t control = count_class(script, is_control), alone = count_class(script, is_alone);
	Str reason = script_reason(arena, script);
	switch (script->mode) {
	case SCRIPT_ATOMIC:
		require(control == (script->has_begin ? 2 : 0) && alone == 0 && !reason.len);
		break;
	case SCRIPT_SEGMENTS:
		require(control == 0 && alone > 0 && reason.len);
		require(script->statements[script->culprit].class == SQL_NO_BLOCK);
		break;
	case SCRIPT_AS_WRITTEN:
		require(control > 0 && reason.len);
		require(script->culprit < script->count);
		break;
	case SCRIPT_AUTOCOMMIT:
		require(str_starts(script->migration->text, STR("-- pg-delta: ")) && reason.len);
		break;
	}
	if (script->has_begin) {
		require(script->own_begin < script->own_commit);
		require(script->own_commit < script->count);
		require(script->statements[script->own_commit].class == SQL_COMMIT);
	}
}

/* A place lies in the file; its excerpt ends with a caret below a short line. */
static void check_place(
	Arena *arena, const Script *script, const Statement *statement, size_t position)
{
	Str text = statement->text, line, excerpt;
	const char *point = script_point(statement, position);
	require(point >= text.ptr && point <= text.ptr + text.len);
	Place place = script_place(script, point);
	require(place.line >= 1 && place.col >= 1);
	excerpt = script_excerpt(arena, script, statement, position);
	require(str_ends(excerpt, STR("^\n")));
	size_t lines = 0;
	for (excerpt.len--; str_next(&excerpt, '\n', &line); lines++)
		require(str_utf8_count(line) <= 200);
	require(lines >= 2 && lines <= 6);
}

static void check_faults(const Err *err, ErrKind kind, size_t max)
{
	require(err->count <= max);
	for (const Fault *fault = err->first; fault; fault = fault->next)
		require(fault->kind == kind && fault->message.len && fault->line && fault->col &&
			fault->excerpt.len);
}

/* Offsets lie in the statement, and what cannot be read is said. */
static void check_facts(const Statement *statement)
{
	const Facts *facts = statement->facts;
	require(facts != NULL);
	require(facts->body_refusal_offset <= statement->text.len);
	require(statement->examined || facts->gaps);
	for (size_t i = 0; i < facts->actions.count; i++)
		require(facts->actions.items[i].kind != ACTION_NONE &&
			facts->actions.items[i].offset < statement->text.len);
	for (size_t i = 0; i < facts->uses.count; i++)
		require(facts->uses.items[i].offset < statement->text.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA_SCRATCH(scratch);
	Script script;
	Err syntax = {.arena = &scratch}, err = {.arena = &scratch};
	Str whole = {(const char *)data, size};
	Migration migration = {.file = STR("1_a.sql"), .path = STR("1_a.sql"), .version = STR("1")};
	migration.text = str_copy(&scratch, whole);
	script_read(&scratch, &migration, &script, &err);
	script_add_refusals(&script, &syntax);

	check_mode(&scratch, &script);
	check_faults(&syntax, ERR_SYNTAX, 5);
	check_faults(&err, ERR_SYNTAX, 2); /* a COPY, and a transaction that is left prepared */
	const char *at = migration.text.ptr;
	for (size_t i = 0; i < script.count && i < 20; i++) {
		const Statement *statement = &script.statements[i];
		require_view(migration.text, &at, statement->text);
		check_facts(statement);
		check_place(&scratch, &script, statement, 0);
		check_place(&scratch, &script, statement, 1);
		check_place(&scratch, &script, statement, 1 + i * 50);
		check_place(&scratch, &script, statement, SIZE_MAX);
	}
	return 0;
}
