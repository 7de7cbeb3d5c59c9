/* The guards in one line: what was looked at before the push, and what came of it. */
#ifndef REPORT_GUARD_GROUPS_H
#define REPORT_GUARD_GROUPS_H

#include "report/report.h"

typedef enum GateResult {
	GATE_OFF, /* not asked for */
	GATE_PASSED,
	GATE_WARNED,
	GATE_REFUSED,
} GateResult;

typedef struct Gate {
	Str name;
	GateResult result;
	size_t count; /* findings */
} Gate;

enum {
#define GATE(name, words, asked) GATE_##name,
#include "report/guard_groups.def"
#undef GATE
	GATES
};

/* Fills in all of them; false if the run did not come to the guards. */
bool gates_read(const Report *report, const Err *err, Gate out[GATES]);
/* "✅ history · ⚠️ staging (1) · ➖ size"; empty if they were not checked. */
Str gates_line(Arena *arena, const Report *report, const Err *err);
/* "passed", "warned", "refused", "off". */
Str gates_word(GateResult result);

#endif
