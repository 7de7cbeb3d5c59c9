/* What compare has found, as findings for a report. Pure. */
#ifndef COMPARE_FINDING_H
#define COMPARE_FINDING_H

#include "base/rule.h"
#include "compare/compare.h"

/* A fault of this kind for each difference that no pending migration explains and that was not
 * known, the first thousand; the others are counted in one more. `reference`: where the other side
 * is, "on staging". */
void compare_find(const Comparison *comparison, Str reference, ErrKind kind, Err *err);

#endif
