/* A fault as text for people. */
#ifndef REPORT_FAULT_H
#define REPORT_FAULT_H

#include "base/err.h"

/* All of it, several lines: where and what, the excerpt with its caret, DETAIL, HINT, CONTEXT,
 * help. */
Str fault_text(Arena *arena, const Fault *fault);
/* The same without the place. */
Str fault_body(Arena *arena, const Fault *fault);
/* The short form of an annotation: what, DETAIL, HINT, help. */
Str fault_annotation(Arena *arena, const Fault *fault);

#endif
