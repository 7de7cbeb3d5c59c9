/* Verify scripts as text: what was verified, and what came of each. */
#ifndef REPORT_VERIFY_TEXT_H
#define REPORT_VERIFY_TEXT_H

#include "report/report.h"
#include "wrap/json.h"

/* "3 verify scripts passed", "1 of 3 verify scripts failed"; empty if none was run. */
Str verify_text_words(Arena *arena, const Verify *verify);
/* For the log: "passed supabase/verify/always_rls.sql: 2 assertions, 1.5 ms". */
Str verify_text_line(Arena *arena, const VerifyRow *row);
/* Adds the table of those that were to be run: at most `max` rows, and as many as leave the buffer
 * at `upto` bytes. Nothing if there are none. */
void verify_text_table(Buf *buf, const Verify *verify, size_t max, size_t upto);
/* Adds `verify`, if there are any scripts. */
void verify_text_json(Json *to, const Verify *verify);

#endif
