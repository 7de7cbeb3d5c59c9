/* A repair of the history as text: what each line comes to, and the text of what was to be shown.
 */
#ifndef REPORT_REPAIR_TEXT_H
#define REPORT_REPAIR_TEXT_H

#include "plan/repair.h"
#include "wrap/json.h"

/* "2 versions would be repaired; nothing was changed", or what was done. */
Str repair_text_words(Arena *arena, const Repair *repair);
/* For the log: "applied 20240101000000: record (no push runs its file any more)". */
Str repair_text_line(Arena *arena, const RepairRow *row);
/* Adds the table, and each text that was to be shown, as a whole, while it leaves the buffer below
 * `upto` bytes. Nothing without a repair. */
void repair_text_section(Buf *buf, const Repair *repair, size_t upto);
/* Adds `repair`, if there is one. */
void repair_text_json(Json *to, const Repair *repair);

#endif
