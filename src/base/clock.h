/* Time that only goes forward, and the wall clock for time stamps. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Microseconds since some point in the past (CLOCK_MONOTONIC). */
int64_t clock_us(void);
/* A number from 0 to below 1 that another run does not get: for waits that must not keep step. */
double clock_jitter(void);
/* Seconds since 1970-01-01T00:00:00Z. */
int64_t clock_wall(void);

/* A point in time, as clock_us tells it; DEADLINE_NONE never comes. */
typedef int64_t Deadline;
#define DEADLINE_NONE INT64_MAX
#define DEADLINE_PAST 0 /* has come: look, and do not wait */

/* `ms` milliseconds from now; 0 or less is DEADLINE_NONE. */
Deadline deadline_in(int64_t ms);
/* Milliseconds left, rounded up, for poll(2): 0 when it has passed, -1 for DEADLINE_NONE. */
int deadline_left(Deadline deadline);

#endif
