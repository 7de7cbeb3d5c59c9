/* Where is what, as text: plan/overview as a table for the log and for Markdown, and as JSON. What
 * nobody has to do anything about is counted; of it the newest versions alone are shown. */
#ifndef REPORT_OVERVIEW_TEXT_H
#define REPORT_OVERVIEW_TEXT_H

#include "base/log.h"
#include "report/report.h"
#include "wrap/json.h"

/* "2 pending, 1 version needs a look" or, where nothing is, an empty Str. */
Str overview_text_words(Arena *arena, const Report *report);
void overview_text_log(const Log *log, const Report *report);
/* Adds the table: at most `max` rows, and as many as leave the buffer at `upto` bytes; and how much
 * that leaves out. Nothing without an overview. */
void overview_text_table(Buf *buf, const Report *report, size_t max, size_t upto);
/* Adds `overview`, if there is one. */
void overview_text_json(Json *to, const Report *report);

#endif
