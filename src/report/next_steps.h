/* The next steps after a run that did not end well, as commands for a shell. */
#ifndef REPORT_NEXT_STEPS_H
#define REPORT_NEXT_STEPS_H

#include "report/report.h"

/* Commands with comments, several lines; empty if there is nothing general to say (what a rule asks
 * for is in its own help). */
Str next_steps_commands(Arena *arena, const Report *report, const Err *err);
/* The help of the first fault: its own or, where it has none, the first step in words. */
Str next_steps_help(Arena *arena, const Report *report, const Err *err);

#endif
