#define _GNU_SOURCE /* pthread_sigmask, sigfillset */
#include "base/task.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

enum {
	STACK_BYTES = 1024 * 1024 /* libcrypto's needs; musl's default is an eighth of it */
};

struct Task {
	TaskFn *run;
	void *context;
	pthread_t thread;
	bool started;
	atomic_bool cancelled; /* is looked at during waits, too */
};

/* Who holds it runs. The first way holds it from its first task on, but for its waits. */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static bool takes_turns;
static _Thread_local const Task *here;

static void *run_task(void *context)
{
	Task *task = context;
	here = task;
	pthread_mutex_lock(&turn);
	task->run(task->context);
	pthread_mutex_unlock(&turn);
	return NULL;
}

static bool start_thread(Task *task)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	sigfillset(&all);
	pthread_attr_init(&attributes);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	bool started = pthread_attr_setstacksize(&attributes, STACK_BYTES) == 0 &&
		       pthread_create(&task->thread, &attributes, run_task, task) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return started;
}

Task *task_start(Arena *arena, TaskFn *run, void *context)
{
	Task *task = arena_new(arena, Task);
	task->run = run;
	task->context = context;
	if (!takes_turns)
		pthread_mutex_lock(&turn);
	takes_turns = true;
	task->started = start_thread(task);
	return task;
}

void task_end(Task *task)
{
	if (!task->started && !task->cancelled)
		task->run(task->context);
	if (!task->started)
		return;
	task_rest_begin();
	pthread_join(task->thread, NULL);
	task_rest_end();
}

void task_cancel(Task *task)
{
	task->cancelled = true;
}

bool task_is_here(void)
{
	return here != NULL;
}

bool task_is_cancelled(void)
{
	return here && here->cancelled;
}

void task_rest_begin(void)
{
	if (takes_turns)
		pthread_mutex_unlock(&turn);
}

void task_rest_end(void)
{
	if (takes_turns)
		pthread_mutex_lock(&turn);
}
