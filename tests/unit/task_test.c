/* Two ways through the program: one runs at a time, and one's wait is the other's turn. */
#include "check.h"

#include "base/interrupt.h"
#include "base/task.h"

typedef struct Steps {
	char text[16];
	size_t count;
	bool is_running, has_overlapped;
} Steps;

static void wait_ms(int64_t ms)
{
	interrupt_wait(-1, 0, deadline_in(ms), true);
}

static void add_step(Steps *steps, char who)
{
	steps->has_overlapped |= steps->is_running;
	steps->is_running = true;
	steps->text[steps->count++] = who;
	steps->is_running = false;
}

static void other_way(void *context)
{
	Steps *steps = context;
	assert_true(task_is_here());
	add_step(steps, 'b');
	wait_ms(20);
	add_step(steps, 'b');
	wait_ms(20);
	add_step(steps, 'b');
}

TEST(one_goes_on_while_the_other_one_waits)
{
	Arena arena = {0};
	Steps steps = {0};
	Task *task = task_start(&arena, other_way, &steps);
	add_step(&steps, 'a');
	wait_ms(200);
	add_step(&steps, 'a');
	task_end(task);
	assert_string_equal(steps.text, "abbba");
	assert_false(steps.has_overlapped);
	assert_false(task_is_here());
	arena_release(&arena);
}

TEST(the_end_waits_for_it)
{
	Arena arena = {0};
	Steps steps = {0};
	Task *task = task_start(&arena, other_way, &steps);
	task_end(task);
	assert_string_equal(steps.text, "bbb");
	arena_release(&arena);
}

static void wait_long(void *context)
{
	enum {
		LONG_MS = 60 * 1000
	};
	WaitResult *result = context;
	*result = interrupt_wait(-1, 0, deadline_in(LONG_MS), true);
}

TEST(one_that_is_cancelled_ends_its_waits_and_nobody_elses)
{
	Arena arena = {0};
	WaitResult result = WAIT_READY;
	Task *task = task_start(&arena, wait_long, &result);
	wait_ms(10);
	task_cancel(task);
	assert_false(interrupt_pending());
	task_end(task);
	assert_int_equal(result, WAIT_INTERRUPTED);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_goes_on_while_the_other_one_waits),
		cmocka_unit_test(the_end_waits_for_it),
		cmocka_unit_test(one_that_is_cancelled_ends_its_waits_and_nobody_elses),
	};
	return cmocka_run_group_tests_name("task", tests, NULL, NULL);
}
