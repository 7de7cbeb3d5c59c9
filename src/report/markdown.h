/* Foreign text in GitHub's Markdown: what comes from outside is shown as it is, and is never
 * markup, HTML, a mention, a reference or the end of its block. */
#ifndef REPORT_MARKDOWN_H
#define REPORT_MARKDOWN_H

#include "base/str.h"

/* One line of prose, at most `max` characters of `text`. Behind @ and # an invisible character
 * keeps GitHub from making a mention or a reference of it. */
Str markdown_text(Arena *arena, Str text, size_t max);
/* The same as code, for names that are copied: nothing invisible is added. */
Str markdown_code(Arena *arena, Str text, size_t max);
/* Several lines of prose, which wrap: at most `max` bytes of `text`, cut as markdown_head does. A
 * paragraph of its own, with the blank line that ends it; empty if `text` is. */
Str markdown_prose(Arena *arena, Str text, size_t max);
/* Advice, as hints have it: prose, and in lines that begin with two blanks what can be copied,
 * which become fenced blocks of the language. */
Str markdown_advice(Arena *arena, Str text, const char *language, size_t max);
/* A fenced block, with a fence that is longer than any run of backticks in it. `<!--` is broken up,
 * so that nothing in it can pass for the hidden mark of a comment. */
Str markdown_fence(Arena *arena, const char *language, Str text);
/* `text` up to `max` bytes, cut between lines, with a last line that says how much is missing. */
Str markdown_head(Arena *arena, Str text, size_t max);

/* Adds `unit` as a whole if the buffer's length stays within `limit`; false if it does not. */
bool markdown_add(Buf *buf, Str unit, size_t limit);

#endif
