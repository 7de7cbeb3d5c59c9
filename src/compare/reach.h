/* Which differences the statements of a migration may explain: those of objects that they touch,
 * as far as the facts of sql/facts say so. What a migration does by dynamic SQL, by cascade or in
 * the definitions of other objects (a renamed table in a view) is not seen. Pure. */
#ifndef COMPARE_REACH_H
#define COMPARE_REACH_H

#include "compare/compare.h"
#include "sql/script.h"

/* Puts the script's file down as the reason of each difference that it may explain and that no
 * earlier one has explained. */
void reach_explain(const Script *script, Comparison *comparison);
/* Does a statement of it do something that the facts do not show? */
bool reach_has_gap(const Script *script);

#endif
