/* A rehearsal in words and as JSON. */
#ifndef REPORT_REHEARSAL_TEXT_H
#define REPORT_REHEARSAL_TEXT_H

#include "effects/rehearsal.h"
#include "wrap/json.h"

/* "rehearsed 3 of 4 files on the target, rolled back, 0.12 s; 1 was not: …" */
Str rehearsal_text_verdict(Arena *arena, const Rehearsal *rehearsal);
/* For a plan: ", and would pass, as rehearsed", ", 1 of 3 of them rehearsed"; empty if no rehearsal
 * was asked for. */
Str rehearsal_text_short(Arena *arena, const Rehearsal *rehearsal);
/* Adds `rehearsed`, `appeared`, `disappeared`, `security` and `rehearsal`; nothing if none was
 * asked for. */
void rehearsal_text_json(Json *to, const Rehearsal *rehearsal);

#endif
