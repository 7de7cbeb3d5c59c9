/* SIGINT and SIGTERM as a flag, and a poll that a signal ends without a race.
 *
 * The runner cancels a step with SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL to the docker
 * client (the container would keep running). As PID 1 a process without handlers ignores both. The
 * first signal sets the flag and starts a last-resort timer: a program that has not ended by itself
 * after INTERRUPT_LIMIT_MS is ended with status 130. */
#ifndef BASE_INTERRUPT_H
#define BASE_INTERRUPT_H

#include "base/clock.h"

#include <stdbool.h>

enum {
	INTERRUPT_LIMIT_MS = 4800
}; /* the runner waits 7.5 s, our promise is 5 s */

/* Installs the handlers and ignores SIGPIPE. Call once, first thing. */
void interrupt_install(void);
/* Has a signal arrived? */
bool interrupt_pending(void);

typedef enum WaitResult {
	WAIT_READY,
	WAIT_TIMEOUT,
	WAIT_INTERRUPTED,
} WaitResult;

/* Waits for `events` on `fd` until the deadline. With `interruptible`, a signal (also one that came
 * before) ends the wait; without it, signals are left to be noticed later. fd -1 just waits. */
WaitResult interrupt_wait(int fd, short events, Deadline deadline, bool interruptible);

#endif
