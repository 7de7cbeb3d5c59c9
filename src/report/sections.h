/* The parts that step summary and comment are made of, each a piece of Markdown that can be left
 * out as a whole. */
#ifndef REPORT_SECTIONS_H
#define REPORT_SECTIONS_H

#include "report/extras_text.h"
#include "report/report.h"

/* "### ✅ production: 3 migrations pushed" and the line's end. */
Str sections_verdict(Arena *arena, const Report *report, Str says);
/* The head of the table of migrations, and one row of it. */
Str sections_table(Arena *arena, const Report *report);
Str sections_row(Arena *arena, const Report *report, const Err *err, const PushRow *row);
/* The head and a row of the table of what goes along with them. */
#define PARTS_ALONG "| beside them | status | statements | ms |\n|---|---|--:|--:|\n"
Str sections_extras(Arena *arena, const ExtrasRow *row);
/* A fault under its title and, where it is in a file, a link to the line: what, where, what the
 * server adds, what to do. Each of these has a quarter of `max` bytes of its text. */
Str sections_fault(Arena *arena, const Report *report, const Fault *fault, size_t max);
/* What is applied and what is not, and what to do; empty if there is nothing to say. */
Str sections_after(Arena *arena, const Report *report, const Err *err);
/* The text of a migration, folded, of at most `max` bytes. */
Str sections_sql(Arena *arena, const Migration *migration, size_t max);

#endif
