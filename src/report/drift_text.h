/* Two schemas side by side, as text: what differs, by kind, and what pending migrations may
 * explain. The differences that nothing explains are findings. */
#ifndef REPORT_DRIFT_TEXT_H
#define REPORT_DRIFT_TEXT_H

#include "report/report.h"
#include "wrap/json.h"

/* Without a name: "no drift: 431 objects are the same in the target and on staging". Of a
 * comparison that was made. */
Str drift_text_sentence(Arena *arena, const ReportDrift *drift);
/* For log and notices, a line: how many pending migrations lie between the two; empty: none. */
Str drift_text_pending(Arena *arena, const ReportDrift *drift);

/* The same after a push: what still differs, `known` of it as before. */
Str drift_text_after(Arena *arena, const ReportDrift *drift, size_t known);

/* For the outputs: the differences that nothing explains; their names as a JSON array, the first
 * REPORT_NAMES_MAX. */
size_t drift_text_count(const ReportDrift *drift);
Str drift_text_names(Arena *arena, const ReportDrift *drift);
/* Adds `drift`, if a comparison was made. */
void drift_text_json(Json *to, const ReportDrift *drift);

/* Markdown: a table of the kinds that differ; empty if none does. */
Str drift_text_counts(Arena *arena, const ReportDrift *drift);
/* Adds the differences that a pending migration explains, up to `limit` bytes of the buffer. How
 * many are left out. */
size_t drift_text_explained(Buf *buf, const ReportDrift *drift, size_t limit);

#endif
