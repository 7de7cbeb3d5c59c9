#include "wrap/db_refusal.h"

Cause db_statement_cause(Str sqlstate, Str message)
{
	Cause cause = sqlstate_cause(sqlstate);
	bool timed_out = cause == CAUSE_CANCELED && str_contains(message, STR("statement timeout"));
	return timed_out ? CAUSE_STATEMENT_TIMEOUT : cause;
}

/* What we refuse, and what does not answer, has no SQLSTATE; a password is refused with one. */
static bool fits(Cause cause, bool has_code)
{
	if (cause_has(cause, CAUSE_IS_PASSWORD))
		return has_code;
	return !has_code ||
	       !(cause_has(cause, CAUSE_IS_OURS) || cause_has(cause, CAUSE_IS_SILENCE));
}

Cause db_connect_cause(Str message, Str sqlstate)
{
	static const struct {
		Str part;
		Cause cause;
	} rows[] = {
#define CONNECT_CAUSE(part, cause) {STR_INIT(part), CAUSE_##cause},
#include "wrap/connect.def"
#undef CONNECT_CAUSE
	};
	if (sqlstate_is(sqlstate, SQLSTATE_INVALID_PASSWORD))
		return CAUSE_PASSWORD;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (str_contains(message, rows[i].part) && fits(rows[i].cause, sqlstate.len > 0))
			return rows[i].cause;
	return sqlstate_cause(sqlstate);
}

static bool is_code(Str s)
{
	enum {
		CODE_BYTES = 5
	};
	for (size_t i = 0; i < CODE_BYTES; i++)
		if (i >= s.len || !((s.ptr[i] >= '0' && s.ptr[i] <= '9') ||
					  (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z')))
			return false;
	return str_starts(str_skip(s, CODE_BYTES), STR(": "));
}

Str db_take_code(Arena *arena, Str text, Str *code)
{
	enum {
		CODE_AND_COLON = 7
	};
	Buf buf = buf_new(arena, text.len);
	Str line;
	while (str_next(&text, '\n', &line)) {
		if (str_starts(line, STR("LOCATION:  ")))
			continue;
		if (buf.len)
			buf_add_char(&buf, '\n');
		size_t i = 0;
		while (i < line.len && !(str_starts(str_skip(line, i), STR(":  ")) &&
					       is_code(str_skip(line, i + 3))))
			i++;
		buf_add(&buf, str_head(line, i + 3));
		if (i == line.len)
			continue;
		*code = str_copy(arena, str_head(str_skip(line, i + 3), 5));
		buf_add(&buf, str_skip(line, i + 3 + CODE_AND_COLON));
	}
	return buf_str(&buf);
}

/* Of the last fault, which db_open has added. */
static bool last_has(const Err *err, CauseTrait trait)
{
	return err->last && err->last->kind == ERR_CONNECT && cause_has(err->last->cause, trait);
}

bool db_is_login_refused(const Err *err)
{
	return last_has(err, CAUSE_IS_PASSWORD);
}

bool db_is_kept_out(const Err *err)
{
	return last_has(err, CAUSE_IS_LOGIN) ||
	       (err->last && sqlstate_in_class(err->last->sqlstate, "28"));
}

bool db_is_our_refusal(const Err *err)
{
	return last_has(err, CAUSE_IS_OURS);
}

bool db_is_unanswered(const Err *err)
{
	return last_has(err, CAUSE_IS_SILENCE);
}
