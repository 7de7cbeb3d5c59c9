/* Trying again what could not get a lock, or was in a deadlock: how long to wait, and how to say
 * so. What is tried again has left nothing behind: that is the caller's to know. */
#ifndef MIGRATE_AGAIN_H
#define MIGRATE_AGAIN_H

#include "migrate/errand.h"

/* The pause after a failed try, of which there have been `tries` before it, in milliseconds: longer
 * and longer, up to half a minute, and never in step with another run. */
int64_t again_pause_ms(size_t tries);

/* After ERRAND_FAILED at `failed` (may be NULL): true if it was for a lock and lock-retries allows
 * another try; it is rolled back then, the log says so, and the pause is over, or a signal has
 * come, which the next try sees. `what`: a file's name, for example. */
bool again_errand(Session *session, Str what, const Command *failed, size_t *tries);

/* Adds to a fault's message how often it was tried, if it was more than once. */
void again_tell(Arena *arena, Fault *fault, size_t tries);

#endif
