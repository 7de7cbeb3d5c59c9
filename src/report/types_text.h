/* The types of a run as text: a line for the log and the comment, a table and a patch for the
 * summary, JSON for the outputs. */
#ifndef REPORT_TYPES_TEXT_H
#define REPORT_TYPES_TEXT_H

#include "report/report.h"
#include "wrap/json.h"

/* "types.ts: current (public, 41 tables and views)" */
Str types_text_line(Arena *arena, const Report *report, const TypesResult *result);
/* Adds the lines, for Markdown. */
void types_text_lines(Buf *buf, const Report *report);
/* Adds the lines, a table, and what has to be pasted, folded; as much as leaves the buffer at
 * `upto` bytes. Nothing where types were not looked at. */
void types_text_markdown(Buf *buf, const Report *report, size_t upto);
/* Adds `types`, if they were looked at. */
void types_text_json(Json *to, const Report *report);

/* The outputs: the worst status, "off" where types were not looked at; how many differences, empty
 * there; and a JSON array of them. */
Str types_text_status(const Report *report);
Str types_text_count(Arena *arena, const Report *report);
Str types_text_report(Arena *arena, const Report *report);

#endif
