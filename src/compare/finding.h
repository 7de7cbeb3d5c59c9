/* What compare has found, as findings for a report. Pure. */
#ifndef COMPARE_FINDING_H
#define COMPARE_FINDING_H

#include "base/rule.h"
#include "compare/compare.h"
#include "compare/reference.h"

/* A fault of this kind for each difference that no pending migration explains and that was not
 * known, the first thousand; the others are counted in one more. */
void compare_find(const Comparison *comparison, CompareReference reference, ErrKind kind, Err *err);

#endif
