#include "report/guard_groups.h"

#include "check/finding.h"

/* To which group a row of guard.def belongs. */
static const struct {
	Str rule;
	size_t gate;
} rows[] = {
#define ROW(rule, gate) [GUARD_##rule] = {STR_INIT(#rule), GATE_##gate}
	ROW(MISSING, HISTORY),
	ROW(OUT_OF_ORDER, ORDER),
	ROW(OUT_OF_ORDER_LAST, ORDER),
	ROW(OUT_OF_ORDER_HALF, ORDER),
	ROW(ALREADY_AS, HISTORY),
	ROW(ALREADY_FILED, HISTORY),
	ROW(RECORDED_TWICE, HISTORY),
	ROW(SAME_CONTENT, HISTORY),
	ROW(HALF_CHANGED, HISTORY),
	ROW(HALF_ALONE, HISTORY),
	ROW(HALF_IN_DOUBT, HISTORY),
	ROW(HALF_IN_ALL, HISTORY),
	ROW(HALF_DONE, HISTORY),
	ROW(NOT_ON_STAGING, STAGING),
	ROW(CHANGED_SINCE_STAGING, STAGING),
	ROW(UNKNOWN_ON_STAGING, STAGING),
	ROW(STAGING_AHEAD, STAGING),
	ROW(EDITED, CONTENT),
	ROW(NOT_COMPARED, CONTENT),
	ROW(TOO_OLD, ORDER),
	ROW(TOO_MANY, SIZE),
	ROW(OTHER_PLAN, PLAN),
	ROW(PLAN_DONE, PLAN),
#undef ROW
};

static void count(const Err *err, GateResult result, Gate out[GATES])
{
	for (const Fault *fault = err->first; fault; fault = fault->next)
		for (size_t i = 0; fault->rule.len && i < sizeof rows / sizeof *rows; i++) {
			Gate *gate = &out[rows[i].gate];
			if (!str_equal(fault->rule, rows[i].rule))
				continue;
			gate->count++;
			gate->result = result > gate->result ? result : gate->result;
		}
}

bool gates_read(const Report *report, const Err *err, Gate out[GATES])
{
	const ReportGuards *asked = &report->guards;
	const Gate all[] = {
#define GATE(name, words, asked) {STR_INIT(words), (asked) ? GATE_PASSED : GATE_OFF, 0},
#include "report/guard_groups.def"
#undef GATE
	};
	for (size_t i = 0; i < GATES; i++)
		out[i] = all[i];
	count(err, GATE_REFUSED, out);
	count(&report->warnings, GATE_WARNED, out);
	return asked->checked;
}

Str gates_word(GateResult result)
{
	static const Str words[] = {[GATE_OFF] = STR_INIT("off"),
		[GATE_PASSED] = STR_INIT("passed"),
		[GATE_WARNED] = STR_INIT("warned"),
		[GATE_REFUSED] = STR_INIT("refused")};
	return words[result];
}

Str gates_line(Arena *arena, const Report *report, const Err *err)
{
	static const char *const marks[] = {[GATE_OFF] = "➖",
		[GATE_PASSED] = "✅",
		[GATE_WARNED] = "⚠️",
		[GATE_REFUSED] = "❌"};
	Gate gates[GATES];
	Buf buf = buf_new(arena, 1024);
	if (!gates_read(report, err, gates))
		return (Str){0};
	for (size_t i = 0; i < GATES; i++) {
		buf_format(&buf, "%s%s %.*s", i ? " · " : "", marks[gates[i].result],
			STR_ARG(gates[i].name));
		if (gates[i].count)
			buf_format(&buf, " (%zu)", gates[i].count);
		else if (gates[i].result == GATE_OFF)
			buf_add(&buf, STR(" (off)"));
	}
	return buf_str(&buf);
}
