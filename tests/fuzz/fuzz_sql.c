/* sql_examine on any bytes: findings hold together, and comments before a statement change none. */
#include "fuzz.h"

#include "sql/sql.h"

static void check_finding(Str statement, SqlOutcome outcome, const SqlFinding *finding)
{
	bool named = finding->class == SQL_NO_BLOCK || finding->class == SQL_CONTROL ||
		     finding->class == SQL_COPY;
	require(outcome == SQL_VALID || outcome == SQL_INVALID || outcome == SQL_NOT_EXAMINED);
	require(!named || finding->kind != STATEMENT_OTHER);
	require((finding->message.len > 0) == (outcome == SQL_INVALID));
	require(outcome == SQL_VALID || finding->class == SQL_PLAIN ||
		finding->class == SQL_CONTROL || finding->class == SQL_COPY);
	if (outcome == SQL_INVALID && str_utf8_invalid(statement) == statement.len)
		require(finding->position <= str_utf8_count(statement) + 1);
}

static void check_same(Arena *arena, const char *before, Str statement, SqlOutcome outcome,
	const SqlFinding *finding)
{
	SqlFinding again;
	Str text = str_format(arena, "%s%.*s", before, STR_ARG(statement));
	SqlOutcome same = sql_examine(arena, text, &again);
	require(same == outcome);
	require(again.class == finding->class);
	require(again.kind == finding->kind);
}

static void check_words(Arena *arena, Str rest)
{
	Str word;
	const char *at = rest.ptr;
	do {
		Str whole = rest;
		word = sql_word(arena, &rest);
		require_view(whole, &at, rest);
		at = rest.ptr;
	} while (word.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA_SCRATCH(scratch);
	SqlFinding finding;
	Str statement = fuzz_text(&scratch, data, size);
	SqlOutcome outcome = sql_examine(&scratch, statement, &finding);
	check_finding(statement, outcome, &finding);
	check_words(&scratch, statement);
	if (memchr(data, 0, size))
		return 0;
	check_same(&scratch, "-- c\n", statement, outcome, &finding);
	check_same(&scratch, " /* a /* b */ c */\n\t", statement, outcome, &finding);
	return 0;
}
