/* A fault as text for people. */
#ifndef REPORT_FAULT_H
#define REPORT_FAULT_H

#include "base/err.h"

/* All of it, several lines: where and what, the excerpt with its caret, DETAIL, HINT, CONTEXT,
 * help. */
Str fault_text(Arena *arena, const Fault *fault);
/* Message and SQLSTATE. */
Str fault_what(Arena *arena, const Fault *fault);
/* What else the server said: DETAIL, HINT, CONTEXT, a line each; may be empty. */
Str fault_server(Arena *arena, const Fault *fault);
/* The short form of an annotation: what, DETAIL, HINT, help. */
Str fault_annotation(Arena *arena, const Fault *fault);

/* Do both ask for the same, word for word? For saying it once: what it says decides nothing. */
bool fault_asks_the_same(const Fault *a, const Fault *b);

#endif
