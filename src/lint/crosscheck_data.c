/* What the data have answered beside what a rehearsal of the same plan has seen. */
#include "base/sqlstate.h"
#include "lint/crosscheck.h"

enum {
	NOTES_MAX = 24
};

static const RehearsedFile *file_of(const Rehearsal *rehearsal, const Script *script)
{
	for (size_t i = 0; i < rehearsal->count; i++)
		if (rehearsal->files[i].script == script)
			return &rehearsal->files[i];
	return NULL;
}

/* NULL if it was not seen on the rows that the question is about. */
static const Effects *seen(const Question *question, const Rehearsal *rehearsal)
{
	const RehearsedFile *file = file_of(rehearsal, question->script);
	if (!file || file->not_run || file->after_failed)
		return NULL;
	const Effects *effects = &file->effects[question->statement - question->script->statements];
	return (effects->ran || effects->error) && !effects->substituted ? effects : NULL;
}

/* Does the SQLSTATE mean that a row has been in the way of what was asked? */
static bool is_of(const Question *question, Str sqlstate)
{
	return question->is_raised ? sqlstate_in_class(sqlstate, "22")
				   : str_equal(question_sqlstate(question->kind), sqlstate);
}

/* Of several questions about one statement, another one may have an open answer. */
static bool is_explained(const Questions *questions, const Question *question, Str sqlstate)
{
	for (size_t i = 0; i < questions->count; i++) {
		const Question *other = &questions->items[i];
		if (other->statement == question->statement && is_of(other, sqlstate) &&
			other->outlook != OUTLOOK_NO_COUNTER_EXAMPLE)
			return true;
	}
	return false;
}

static Str contradiction(
	Arena *arena, const Questions *questions, const Question *question, const Effects *effects)
{
	if (question->outlook == OUTLOOK_WILL_FAIL && effects->ran)
		return str_format(arena,
			"the data of %.*s were expected to make it fail with SQLSTATE %.*s, and it "
			"has run",
			STR_ARG(question->object), STR_ARG(question->sqlstate));
	bool fails = effects->error && !question->is_one_of_many &&
		     is_of(question, effects->error->sqlstate) &&
		     !is_explained(questions, question, effects->error->sqlstate);
	if (question->outlook == OUTLOOK_NO_COUNTER_EXAMPLE && fails)
		return str_format(arena,
			"%.*s had no counter-example (%.*s), and it has failed with SQLSTATE %.*s",
			STR_ARG(question->object), STR_ARG(question_name(question->kind)),
			STR_ARG(effects->error->sqlstate));
	return (Str){0};
}

Crosscheck crosscheck_answers(const Questions *questions, const Rehearsal *rehearsal, Err *notes)
{
	ARENA_SCRATCH(scratch);
	Crosscheck counts = {0};
	const Statement *last = NULL;
	for (size_t i = 0; i < questions->count; i++) {
		const Question *question = &questions->items[i];
		const Effects *effects = seen(question, rehearsal);
		if (!effects || question->is_counted || question->outlook == OUTLOOK_NOT_PROVEN)
			continue;
		Str words = contradiction(&scratch, questions, question, effects);
		counts.compared++;
		counts.contradicted += words.len > 0;
		if (words.len && question->statement != last && counts.contradicted <= NOTES_MAX)
			crosscheck_note(question->script, question->statement, words, notes);
		last = words.len ? question->statement : last;
	}
	return counts;
}
