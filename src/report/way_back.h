/* The way back: to what moment the project's database can be taken back after a push, with which
 * call, and what that costs. Filled by stage/way_back; pure. */
#ifndef REPORT_WAY_BACK_H
#define REPORT_WAY_BACK_H

#include "base/str.h"
#include "wrap/json.h"

typedef enum WayBackKind {
#define WAY_BACK(name, word) WAY_BACK_##name,
#include "report/way_back.def"
#undef WAY_BACK
} WayBackKind;

typedef struct WayBack {
	WayBackKind kind;
	Str project; /* its reference, for the call */
	Str api_url;
	Str name; /* of the restore point */
	int64_t moment; /* before the push, in seconds since 1970 */
	Str backup; /* when the newest backup was made, as the API has it; empty: none is known */
	Str reason; /* why there is no restore point; empty if there is one */
} WayBack;

/* Is it one that loses nothing of what was there before the push? */
bool way_back_is_exact(const WayBack *way);
/* "restore point push-…, made at 2026-11-29 10:15:34 UTC"; empty if nobody has asked. */
Str way_back_words(Arena *arena, const WayBack *way);
/* Adds words, cost and call as a section; nothing if nobody has asked. */
void way_back_section(Buf *buf, const WayBack *way);
/* Adds `way_back`, if somebody has asked. */
void way_back_json(Json *to, const WayBack *way);

#endif
