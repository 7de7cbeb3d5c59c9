/* What came of a run, and what one that did not end well has left in the database. */
#ifndef REPORT_VERDICT_H
#define REPORT_VERDICT_H

#include "report/report.h"

/* Has this run written anything that stays, or may it have? */
bool verdict_is_written(const Report *report, const Err *err);
/* Is it not known what has become of something that was running? */
bool verdict_is_unknown(const Report *report, const Err *err);

/* Without a name: "2 migrations pushed". Of a run that has failed or was blocked: where or why it
 * has stopped, and what is applied. */
Str verdict_sentence(Arena *arena, const Report *report, const Err *err);
/* The same with one, in log and summary. */
Str verdict_line(Arena *arena, const Report *report, const Err *err);
/* What is in the database; empty if the run was about none (mode detect). */
Str verdict_state(Arena *arena, const Report *report, const Err *err);
/* For the log, where it happens: "failed 20240103000000_c.sql in line 3, rolled back, 1.5 ms", and
 * in a second line what was not run. Empty if nothing was running. */
Str verdict_stop(Arena *arena, const Report *report, const Err *err);

#endif
