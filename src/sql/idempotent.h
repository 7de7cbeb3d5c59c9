/* Does a statement leave the same when it is run twice as when it is run once? Told by its facts,
 * and never of one that might not: IF NOT EXISTS, IF EXISTS, OR REPLACE, grants, comments,
 * settings, notifications. */
#ifndef SQL_IDEMPOTENT_H
#define SQL_IDEMPOTENT_H

#include "sql/facts.h"

bool idempotent_facts(const Facts *facts);

#endif
