/* base/clock: deadlines as poll(2) wants them; base/timestamp. */
#include "check.h"

#include "base/clock.h"
#include "base/timestamp.h"

#include <limits.h>

TEST(the_clock_goes_forward)
{
	int64_t before = clock_us();
	for (int i = 0; i < 1000; i++) {
		int64_t now = clock_us();
		assert_true(now >= before);
		before = now;
	}
	assert_true(clock_wall() > 1700000000);
}

TEST(no_time_is_no_deadline)
{
	assert_true(deadline_in(0) == DEADLINE_NONE);
	assert_true(deadline_in(-5) == DEADLINE_NONE);
	assert_int_equal(deadline_left(DEADLINE_NONE), -1);
}

TEST(what_is_left_is_rounded_up_and_never_negative)
{
	assert_int_equal(deadline_left(clock_us() - 1), 0);
	assert_int_equal(deadline_left(clock_us() - 60000000), 0);
	assert_int_equal(deadline_left(0), 0);
	/* 1 us less than 10 s: at once it is still 10000 ms; a slow machine may see less */
	int left = deadline_left(clock_us() + 9999999);
	assert_true(left <= 10000 && left > 5000);
	left = deadline_left(deadline_in(10000));
	assert_true(left <= 10000 && left > 5000);
}

TEST(a_far_deadline_fits_an_int)
{
	assert_int_equal(deadline_left(deadline_in(INT64_C(1) << 40)), INT_MAX);
	assert_int_equal(deadline_left(DEADLINE_NONE - 1), INT_MAX);
}

TEST(a_moment_is_written_in_utc)
{
	ARENA_SCRATCH(scratch);
	const int64_t moment = 1709251199; /* a leap day's last second */
	assert_true(str_equal(timestamp_version(&scratch, moment), STR("20240229235959")));
	assert_true(str_equal(timestamp_text(&scratch, moment), STR("2024-02-29 23:59:59 UTC")));
	assert_true(str_equal(timestamp_time(&scratch, moment), STR("23:59:59")));
	assert_true(str_equal(timestamp_version(&scratch, 0), STR("19700101000000")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_clock_goes_forward),
		cmocka_unit_test(no_time_is_no_deadline),
		cmocka_unit_test(what_is_left_is_rounded_up_and_never_negative),
		cmocka_unit_test(a_far_deadline_fits_an_int),
		cmocka_unit_test(a_moment_is_written_in_utc),
	};
	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
