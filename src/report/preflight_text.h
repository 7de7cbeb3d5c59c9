/* The data preflight in reports: one line, a table, JSON. */
#ifndef REPORT_PREFLIGHT_TEXT_H
#define REPORT_PREFLIGHT_TEXT_H

#include "preflight/question.h"
#include "wrap/json.h"

/* "Data: 3 questions: 1 will fail, 1 without a counter-example at 18:57:03 UTC, 1 not proven";
 * empty if there are none. */
Str preflight_text_line(Arena *arena, const Questions *questions);
/* Markdown, folded: the line, and below it each question of `max` bytes at most. Empty as above. */
Str preflight_text_table(Arena *arena, const Questions *questions, size_t max);
/* Adds the list "preflight", of at most `max` items, if there are any. */
void preflight_text_json(Json *to, const Questions *questions, size_t max);

#endif
