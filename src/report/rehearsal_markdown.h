/* A rehearsal in step summary and comment: one line, what others would have waited for, a picture.
 */
#ifndef REPORT_REHEARSAL_MARKDOWN_H
#define REPORT_REHEARSAL_MARKDOWN_H

#include "effects/hold.h"

/* "customers (1.2 M rows, 96 MB): reads and writes wait from line 7 of FILE to its end, 0.08 s in
 * the rehearsal; anonymous requests give up after 3 s" */
Str rehearsal_hold_words(Arena *arena, const Rehearsal *rehearsal, const Hold *hold);
/* What came of it, in one line; empty if no rehearsal was asked for. */
Str rehearsal_markdown_line(Arena *arena, const Rehearsal *rehearsal);
/* Adds the line, which opens to the tables that are blocked and to the picture, as far as they fit
 * into `limit`. */
void rehearsal_markdown(Buf *buf, const Rehearsal *rehearsal, size_t limit);

#endif
