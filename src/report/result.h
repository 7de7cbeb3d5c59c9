/* The run as one compact JSON document: the output `report`. */
#ifndef REPORT_RESULT_H
#define REPORT_RESULT_H

#include "report/report.h"

Str result_json(Arena *arena, const Report *report, const Err *err);

#endif
