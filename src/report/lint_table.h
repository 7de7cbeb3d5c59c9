/* What lint has found, in the step summary: a table in the order of files and lines, and folded
 * advice. */
#ifndef REPORT_LINT_TABLE_H
#define REPORT_LINT_TABLE_H

#include "report/report.h"

/* Is it one of those findings? */
bool lint_table_has(const Fault *fault);
/* Adds errors, warnings and notes of lint, as long as the buffer's length stays within `upto`;
 * advice for warnings and notes: an error has its own above. Nothing if there are none. */
void lint_table_add(Buf *buf, const Report *report, const Err *err, size_t upto);

#endif
