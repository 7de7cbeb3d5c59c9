/* A time limit for many commands of one turn, looked at by the server's clock: what has been sent
 * cannot be held back. */
#ifndef SERVER_CLOCKED_H
#define SERVER_CLOCKED_H

#include "server/session.h"

/* Notes when the first of them began, under a name of the caller's ("promote.analysis"). */
void clocked_start(Batch *batch, const char *name);
/* SQL for the milliseconds that are left of `budget_ms` since then, as text; 1 if none are. */
Str clocked_rest(Arena *arena, const char *name, int64_t budget_ms, int64_t at_most_ms);

#endif
