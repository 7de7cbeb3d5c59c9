#define _GNU_SOURCE /* ppoll */
#include "base/interrupt.h"

#include "base/task.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static atomic_int pending; /* a task looks, too, and signals are the first way's */

static void on_signal(int number)
{
	int error = errno;
	(void)number;
	if (!pending) {
		const long limit_us = INTERRUPT_LIMIT_MS * 1000L;
		struct itimerval limit = {.it_value = {limit_us / 1000000, limit_us % 1000000}};
		setitimer(ITIMER_REAL, &limit, NULL);
	}
	pending = 1;
	errno = error;
}

static void on_limit(int number)
{
	(void)number;
	static const char message[] = "supabase-promote: cancelled, and not done in time\n";
	ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
	(void)ignored;
	_exit(130);
}

static void handle(int number, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

void interrupt_install(void)
{
	handle(SIGPIPE, SIG_IGN);
	handle(SIGALRM, on_limit);
	handle(SIGINT, on_signal);
	handle(SIGTERM, on_signal);
}

bool interrupt_pending(void)
{
	return pending != 0 || task_is_cancelled();
}

/* One ppoll; the signals are let in during it only, so that none slips in between test and wait. */
static int poll_once(struct pollfd *fd, Deadline deadline, bool interruptible)
{
	sigset_t ours, before;
	sigemptyset(&ours);
	sigaddset(&ours, SIGINT);
	sigaddset(&ours, SIGTERM);
	sigprocmask(SIG_BLOCK, &ours, &before);

	int left = deadline_left(deadline);
	struct timespec time = {left / 1000, (long)(left % 1000) * 1000000};
	int ready = -1;
	errno = EINTR;
	if (!interruptible || !interrupt_pending())
		ready = ppoll(fd, fd->fd >= 0, left < 0 ? NULL : &time, &before);
	int error = errno;
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = error;
	return ready;
}

/* Until when one ppoll waits: a signal does not wake a task. */
static Deadline step_of(Deadline deadline)
{
	enum {
		STEP_MS = 50
	};
	Deadline step = task_is_here() ? deadline_in(STEP_MS) : deadline;
	return step < deadline ? step : deadline;
}

WaitResult interrupt_wait(int fd, short events, Deadline deadline, bool interruptible)
{
	for (;;) {
		struct pollfd poll = {.fd = fd, .events = events};
		Deadline step = step_of(deadline);
		task_rest_begin();
		int ready = poll_once(&poll, step, interruptible);
		int error = errno;
		task_rest_end();
		if (ready > 0)
			return WAIT_READY;
		if (ready == 0 && step == deadline)
			return WAIT_TIMEOUT;
		if (ready < 0 && error != EINTR)
			return WAIT_READY; /* the caller's read or write names the error */
		if (interruptible && interrupt_pending())
			return WAIT_INTERRUPTED;
	}
}
