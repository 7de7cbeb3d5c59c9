/* Two texts side by side, short: what a person needs to see that they differ, and where. Pure. */
#ifndef PLAN_DIFF_H
#define PLAN_DIFF_H

#include "base/str.h"

/* Lines with "-" (before only), "+" (after only) or a blank in front (one around each change); at
 * most about twenty, and a last line that says how many more there are. Line ends count as LF. */
Str diff_lines(Arena *arena, Str before, Str after);

#endif
