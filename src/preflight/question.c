#include "preflight/question.h"

#include "base/sqlstate.h"

typedef struct Kind {
	Rule rule;
	Str sqlstate, name, sentence, remedy;
} Kind;

static const Kind kinds[] = {
#define PREFLIGHT(id, sqlstate, question, sentence, remedy)                                        \
	[QUESTION_##id] = {{STR_INIT(#id), GROUP_DATA, ERR_NEXT_CORRECT}, STR_INIT(sqlstate),      \
		STR_INIT(question), STR_INIT(sentence), STR_INIT(remedy)},
#include "preflight/preflight.def"
#undef PREFLIGHT
};

static const Str doubts[] = {
#define DOUBT(id, words) [DOUBT_##id] = STR_INIT(words),
#include "preflight/doubt.def"
#undef DOUBT
};

Str question_name(QuestionKind kind)
{
	return kinds[kind].name;
}

Str question_sqlstate(QuestionKind kind)
{
	return kinds[kind].sqlstate;
}

Str question_doubt(Doubt doubt)
{
	return doubts[doubt];
}

Str question_outlook(Outlook outlook)
{
	static const Str words[] = {
		[OUTLOOK_NOT_PROVEN] = STR_INIT("not proven"),
		[OUTLOOK_NO_COUNTER_EXAMPLE] = STR_INIT("no counter-example"),
		[OUTLOOK_WILL_FAIL] = STR_INIT("will fail"),
		[OUTLOOK_HOLDS_DATA] = STR_INIT("holds data"),
	};
	return words[outlook];
}

bool question_is_asked(const Question *question)
{
	return question->sql.select.len > 0;
}

Str question_whole(Arena *arena, Str sql)
{
	Buf buf = buf_new(arena, sql.len + 1);
	size_t len = sizeof QUESTION_SAMPLE - 1;
	for (size_t i = 0; i < sql.len; i++)
		if (str_starts(str_skip(sql, i), STR(QUESTION_SAMPLE)))
			i += len - 1;
		else
			buf_add_char(&buf, sql.ptr[i]);
	return buf_str(&buf);
}

/* Of each table that it begins with. */
static Str sampled(Arena *arena, Str from)
{
	static const Str clause = STR_INIT(" TABLESAMPLE SYSTEM (1)"),
			 mark = STR_INIT(QUESTION_SAMPLE);
	Buf buf = buf_new(arena, SIZE_MAX);
	bool found = false;
	for (size_t i = 0; i < from.len; i++) {
		bool is_mark = str_starts(str_skip(from, i), mark);
		if (is_mark)
			buf_add(&buf, clause);
		else
			buf_add_char(&buf, from.ptr[i]);
		i += is_mark ? mark.len - 1 : 0;
		found = found || is_mark;
	}
	if (!found)
		buf_add(&buf, clause);
	return buf_str(&buf);
}

Str question_sql(Arena *arena, const Question *question, bool is_sample)
{
	Str from = question->sql.from;
	const QuestionSql *sql = &question->sql;
	return str_from(str_z(arena,
		str_format(arena, "%.*s FROM %.*s %.*s", STR_ARG(sql->select),
			STR_ARG(is_sample ? sampled(arena, from) : from), STR_ARG(sql->rest))));
}

/* ---- answers ---- */

/* Errors that a value of a row is the doubt of. */
static bool is_about_values(Str sqlstate)
{
	return sqlstate_in_class(sqlstate, "22") || sqlstate_in_class(sqlstate, "23");
}

static Doubt doubt_of(const Question *question, Str sqlstate)
{
	if (sqlstate_is(sqlstate, SQLSTATE_QUERY_CANCELED))
		return DOUBT_TIMED_OUT;
	if (sqlstate_is(sqlstate, SQLSTATE_LOCK_NOT_AVAILABLE))
		return DOUBT_LOCKED;
	if (sqlstate_is(sqlstate, SQLSTATE_INSUFFICIENT_PRIVILEGE))
		return question->table->has_rls ? DOUBT_ROW_SECURITY : DOUBT_PRIVILEGE;
	return DOUBT_REFUSED;
}

static void take_number(Question *question, int64_t number)
{
	question->number = number;
	question->outlook = number ? OUTLOOK_HOLDS_DATA : OUTLOOK_NO_COUNTER_EXAMPLE;
	question->doubt = DOUBT_NONE;
}

static void take_failure(Question *question, Str sqlstate)
{
	bool is_own = str_equal(sqlstate, kinds[question->kind].sqlstate);
	bool is_data =
		(is_about_values(sqlstate) && !question->is_counted && !question->is_precise) ||
		(is_own && question->is_precise);
	question->outlook = is_data ? OUTLOOK_WILL_FAIL : OUTLOOK_NOT_PROVEN;
	question->doubt = is_data ? DOUBT_NONE : doubt_of(question, sqlstate);
	question->sqlstate = is_data ? sqlstate : (Str){0};
}

void question_answer(Question *question, const Answer *answer)
{
	question->at = answer->at;
	if (answer->sqlstate.len) {
		take_failure(question, answer->sqlstate);
	} else if (question->is_counted) {
		take_number(question, answer->number);
	} else if (answer->rows && !question->is_raised) {
		question->outlook = OUTLOOK_WILL_FAIL;
		question->doubt = DOUBT_NONE;
		question->sqlstate = kinds[question->kind].sqlstate;
	} else {
		question->doubt = answer->is_sample ? DOUBT_TOO_LARGE : question->otherwise;
		question->outlook = question->doubt == DOUBT_NONE ? OUTLOOK_NO_COUNTER_EXAMPLE
								  : OUTLOOK_NOT_PROVEN;
	}
}

Str question_number(Arena *arena, const Question *question)
{
	enum {
		MILLION = 1000 * 1000
	};
	bool is_exact = question->outlook != OUTLOOK_NOT_PROVEN;
	const char *about = is_exact ? "" : "about ";
	const char *what = question->columns.len ? "value" : "row";
	const char *many = question->number == 1 ? "" : "s";
	if (!question->is_counted || question->number < 0)
		return (Str){0};
	if (!is_exact && question->number >= MILLION)
		return str_format(
			arena, "about %.1f million %ss", (double)question->number / MILLION, what);
	return str_format(arena, "%s%lld %s%s", about, (long long)question->number, what, many);
}

/* ---- in words ---- */

static Str value_of(const Question *question, Str word)
{
	const struct {
		Str word, value;
	} values[] = {
		{STR_INIT("table"), question->object},
		{STR_INIT("columns"), question->columns},
		{STR_INIT("other"), question->other},
		{STR_INIT("type"), question->type},
	};
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		if (str_equal(values[i].word, word))
			return values[i].value;
	return (Str){0};
}

static Str expand(Arena *arena, Str template, const Question *question)
{
	enum {
		TEXT_MAX = 8 * 1024
	};
	Buf buf = buf_new(arena, TEXT_MAX);
	Str part;
	for (bool is_word = false; str_next(&template, is_word ? '}' : '{', &part);
		is_word = !is_word)
		buf_add(&buf, is_word ? value_of(question, part) : part);
	return buf_str(&buf);
}

static void add_fault(const Question *question, Err *err)
{
	const Kind *kind = &kinds[question->kind];
	Fault *fault = err_add(
		err, ERR_BLOCKED, "%.*s", STR_ARG(expand(err->arena, kind->sentence, question)));
	fault->rule = &kind->rule;
	fault->certainty = CERTAINTY_PROVEN;
	fault->object = question->object;
	fault->sqlstate = str_copy(err->arena, question->sqlstate);
	fault->hint = expand(err->arena, kind->remedy, question);
	script_locate(err->arena, question->script, question->statement, question->position, fault);
}

void question_add_faults(const Questions *questions, Err *err)
{
	for (size_t i = 0; i < questions->count; i++)
		if (questions->items[i].outlook == OUTLOOK_WILL_FAIL)
			add_fault(&questions->items[i], err);
}
