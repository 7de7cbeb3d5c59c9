/* A second way through the program, which continues while the first one waits: two databases are
 * opened in the time of the slower one.
 *
 * Only one of the two runs at any moment. They change places where one waits for the network
 * (task_rest_begin … task_rest_end), and nowhere else: what they share needs no locks, but what was
 * read before a wait may have changed after it. Signals are the first way's; the other one sees
 * them by interrupt_pending. */
#ifndef BASE_TASK_H
#define BASE_TASK_H

#include "base/arena.h"

#include <stdbool.h>

typedef struct Task Task;
typedef void TaskFn(void *context);

/* Begins at the caller's next wait. Where the system gives no thread, task_end runs it, unless it
 * was cancelled. Lives in the arena; task_end must be called. One task does not start another. */
Task *task_start(Arena *arena, TaskFn *run, void *context);
/* Waits until it has ended. */
void task_end(Task *task);
/* From now on interrupt_pending is true for it: it ends soon. */
void task_cancel(Task *task);

/* Is this a task, and not the first way? */
bool task_is_here(void);
/* Is it one that was cancelled? */
bool task_is_cancelled(void);

/* Around what waits. */
void task_rest_begin(void);
void task_rest_end(void);

#endif
