/* The step summary: Markdown for the run's page. The verdict is its first line, so that no cut
 * loses it; the platform drops a summary above 1 MiB whole, so lists are cut long before. */
#ifndef REPORT_SUMMARY_H
#define REPORT_SUMMARY_H

#include "report/report.h"

Str summary_markdown(Arena *arena, const Report *report, const Err *err);
/* The same as text for a terminal, without the files' own text: who reads it has the files. */
Str summary_text(Arena *arena, const Report *report, const Err *err);

#endif
