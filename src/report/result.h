/* The run as one compact JSON document: the output `report`. */
#ifndef REPORT_RESULT_H
#define REPORT_RESULT_H

#include "base/secret.h"
#include "report/report.h"

/* Without `secrets` (may be NULL) in the texts of others; the program's own words, numbers,
 * versions and digests are what they are. */
Str result_json(Arena *arena, const Report *report, const Err *err, const Secrets *secrets);

#endif
