/* base/str_map: numbers by text. */
#include "check.h"

#include "base/str_map.h"

TEST(an_empty_map_holds_nothing)
{
	StrMap map = {0};
	assert_null(str_map_find(&map, STR("")));
	assert_null(str_map_find(&map, STR("a")));
}

TEST(a_new_key_has_no_number_yet_and_keeps_the_one_it_is_given)
{
	ARENA_SCRATCH(scratch);
	StrMap map = {0};
	size_t *at = str_map_at(&scratch, &map, STR("a"));
	assert_true(*at == SIZE_MAX);
	*at = 7;
	assert_int_equal(*str_map_at(&scratch, &map, STR("a")), 7);
	assert_int_equal(*str_map_find(&map, STR("a")), 7);
	assert_int_equal(map.count, 1);
}

TEST(the_empty_text_and_texts_with_nul_are_keys_like_others)
{
	ARENA_SCRATCH(scratch);
	StrMap map = {0};
	const Str keys[] = {{"", 0}, {"\0", 1}, {"a\0b", 3}, {"a\0c", 3}, {"a", 1}};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		*str_map_at(&scratch, &map, keys[i]) = i;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		assert_int_equal(*str_map_find(&map, keys[i]), i);
}

TEST(many_keys_are_all_found_and_each_is_near_its_place)
{
	enum {
		MANY = 100000
	};
	ARENA_SCRATCH(scratch);
	StrMap map = {0};
	size_t lost = 0, longest_run = 0, run = 0;
	for (size_t i = 0; i < MANY; i++)
		*str_map_at(&scratch, &map, str_format(&scratch, "%zu", 20240101000000 + i)) = i;
	assert_int_equal(map.count, MANY);
	for (size_t i = 0; i < MANY; i++) {
		const size_t *at =
			str_map_find(&map, str_format(&scratch, "%zu", 20240101000000 + i));
		lost += !at || *at != i;
	}
	assert_int_equal(lost, 0);
	assert_null(str_map_find(&map, STR("20240101100000")));
	for (size_t i = 0; i < map.capacity; i++) {
		run = map.slots[i].is_used ? run + 1 : 0;
		longest_run = run > longest_run ? run : longest_run;
	}
	assert_true(longest_run < 1000); /* no lookup passes more than such a run */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_map_holds_nothing),
		cmocka_unit_test(a_new_key_has_no_number_yet_and_keeps_the_one_it_is_given),
		cmocka_unit_test(the_empty_text_and_texts_with_nul_are_keys_like_others),
		cmocka_unit_test(many_keys_are_all_found_and_each_is_near_its_place),
	};
	return cmocka_run_group_tests_name("str_map", tests, NULL, NULL);
}
