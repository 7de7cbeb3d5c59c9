/* The Markdown of our own reports as text for a terminal: tables get columns, marks and entities
 * are resolved, what is folded is shown. No Markdown of others comes here: what is foreign in a
 * report has been escaped, and is text again. */
#ifndef REPORT_PLAIN_TEXT_H
#define REPORT_PLAIN_TEXT_H

#include "base/str.h"

Str plain_text(Arena *arena, Str markdown);

#endif
