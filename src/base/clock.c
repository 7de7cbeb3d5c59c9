#define _DEFAULT_SOURCE /* clock_gettime, getrandom */
#include "base/clock.h"

#include <limits.h>
#include <sys/random.h>
#include <time.h>

int64_t clock_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_wall(void)
{
	return (int64_t)time(NULL);
}

double clock_jitter(void)
{
	uint32_t bits = 0;
	if (getrandom(&bits, sizeof bits, GRND_NONBLOCK) != sizeof bits)
		bits = (uint32_t)clock_us() * 2654435761u;
	return bits / 4294967296.0;
}

Deadline deadline_in(int64_t ms)
{
	return ms > 0 ? clock_us() + ms * 1000 : DEADLINE_NONE;
}

int deadline_left(Deadline deadline)
{
	if (deadline == DEADLINE_NONE)
		return -1;
	int64_t left = (deadline - clock_us() + 999) / 1000;
	return left <= 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}
