/* The next steps after a run that did not end well. */
#ifndef REPORT_NEXT_STEPS_H
#define REPORT_NEXT_STEPS_H

#include "report/report.h"

/* All of them, as advice (markdown_advice): prose, and commands in lines that begin with two
 * blanks. Empty only if nothing went wrong. */
Str next_steps_advice(Arena *arena, const Report *report, const Err *err);
/* Does the first finding carry a remedy, and no other one a different one? It is said once then,
 * among the next steps. */
bool next_steps_has_one_remedy(const Err *err);
/* The help of the first fault: its own or, where it has none, the first step in words. */
Str next_steps_help(Arena *arena, const Report *report, const Err *err);

#endif
