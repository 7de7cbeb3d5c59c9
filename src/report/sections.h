/* The parts that step summary and comment are made of, each a piece of Markdown that can be left
 * out as a whole. */
#ifndef REPORT_SECTIONS_H
#define REPORT_SECTIONS_H

#include "report/extras_text.h"
#include "report/report.h"

/* "### ✅ production: 3 migrations pushed" and the line's end. */
Str sections_verdict(Arena *arena, const Report *report, Str says);
typedef struct SectionRows {
	size_t max; /* rows */
	size_t upto; /* bytes that the buffer may have after them */
} SectionRows;
/* Adds the table of migrations. The row at which a run has stopped is always among those shown, and
 * those after it that were not run are folded where they are many. How many rows are shown. */
size_t sections_rows(Buf *buf, const Report *report, const Err *err, const SectionRows *limits);
/* The head and a row of the table of what goes along with them. */
#define PARTS_ALONG "| beside them | status | statements | ms |\n|---|---|--:|--:|\n"
Str sections_extras(Arena *arena, const ExtrasRow *row);
/* "[file:3:6](…)", without the link outside of GitHub; empty if it is in no file. */
Str sections_place(Arena *arena, const Report *report, const Fault *fault);
/* A fault under its title and, where it is in a file, a link to the line: what, where, what the
 * server adds, what to do. Each of these has a quarter of `max` bytes of its text. `errors`: the
 * run's, if it is one of them: what all of them ask for is left to sections_after. NULL: a warning.
 */
Str sections_fault(
	Arena *arena, const Report *report, const Err *errors, const Fault *fault, size_t max);
/* What is applied and what is not, and what to do; empty if there is nothing to say. */
Str sections_after(Arena *arena, const Report *report, const Err *err);
/* The text of a migration, folded, of at most `max` bytes. */
Str sections_sql(Arena *arena, const Migration *migration, size_t max);

#endif
