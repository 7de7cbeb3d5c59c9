#include "base/sqlstate.h"

static const struct {
	Str code;
	Cause cause;
} states[] = {
	[SQLSTATE_OTHER] = {{"", 0}, CAUSE_NONE},
#define SQLSTATE(name, code, cause) [SQLSTATE_##name] = {STR_INIT(code), CAUSE_##cause},
#include "base/sqlstate.def"
#undef SQLSTATE
};

static const struct {
	unsigned traits;
	Str hint;
} causes[] = {
	[CAUSE_NONE] = {0, {"", 0}},
#define CAUSE(name, traits, hint) [CAUSE_##name] = {traits, STR_INIT(hint)},
#include "base/cause.def"
#undef CAUSE
};

SqlState sqlstate_read(Str code)
{
	for (size_t i = SQLSTATE_OTHER + 1; i < sizeof states / sizeof *states; i++)
		if (str_equal(code, states[i].code))
			return (SqlState)i;
	return SQLSTATE_OTHER;
}

Cause sqlstate_cause(Str code)
{
	Cause cause = states[sqlstate_read(code)].cause;
	return cause == CAUSE_NONE && sqlstate_in_class(code, "28") ? CAUSE_LOGIN : cause;
}

bool sqlstate_is(Str code, SqlState state)
{
	return state != SQLSTATE_OTHER && str_equal(code, states[state].code);
}

bool sqlstate_in_class(Str code, const char *class)
{
	return str_starts(code, str_from(class));
}

bool cause_has(Cause cause, CauseTrait trait)
{
	return (causes[cause].traits & (unsigned)trait) != 0;
}

Str cause_hint(Cause cause)
{
	return causes[cause].hint;
}
