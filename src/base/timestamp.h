/* A moment, in seconds since 1970-01-01T00:00:00Z, as text in UTC. Reads no clock. */
#ifndef BASE_TIMESTAMP_H
#define BASE_TIMESTAMP_H

#include "base/str.h"

/* "20240131235959", as versions of migrations have it. */
Str timestamp_version(Arena *arena, int64_t seconds);
/* "2024-01-31 23:59:59 UTC" */
Str timestamp_text(Arena *arena, int64_t seconds);
/* "23:59:59" */
Str timestamp_time(Arena *arena, int64_t seconds);

#endif
