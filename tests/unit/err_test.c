/* base/err and base/arena: faults in order, the first one's kind, memory. */
#include "check.h"

#include "base/err.h"
#include "base/vec.h"

TEST(the_first_fault_decides)
{
	ARENA_SCRATCH(scratch);
	Err err = {.arena = &scratch};
	assert_int_equal(err_kind(&err), ERR_NONE);
	assert_int_equal(err_exit_code(err_kind(&err)), 0);
	err_add(&err, ERR_SOURCE, "file %d", 1)->hint = STR("help");
	err_add(&err, ERR_INPUT, "two");
	assert_int_equal(err_kind(&err), ERR_SOURCE);
	assert_int_equal(err.count, 2);
	check_str(err.first->message, STR("file 1"));
	check_str(err.first->hint, STR("help"));
	assert_ptr_equal(err.first->next, err.last);
}

TEST(append_moves_all_faults_behind)
{
	ARENA_SCRATCH(scratch);
	Err err = {.arena = &scratch}, more = {.arena = &scratch}, none = {.arena = &scratch};
	err_append(&err, &none);
	assert_int_equal(err.count, 0);
	err_add(&more, ERR_SYNTAX, "one");
	err_add(&more, ERR_SYNTAX, "two");
	err_append(&err, &more);
	assert_int_equal(more.count, 0);
	assert_null(more.first);
	err_add(&more, ERR_INPUT, "three");
	err_append(&err, &more);
	static const char *const expected[] = {"one", "two", "three"};
	size_t i = 0;
	for (const Fault *fault = err.first; fault; fault = fault->next, i++)
		check_str(fault->message, str_from(expected[i]));
	assert_int_equal(i, 3);
	assert_int_equal(err.count, 3);
	check_str(err.last->message, STR("three"));
}

TEST(move_takes_one_out_wherever_it_is)
{
	for (size_t wanted = 0; wanted <= 3; wanted++) {
		ARENA_SCRATCH(scratch);
		Err err = {.arena = &scratch}, from = {.arena = &scratch};
		Fault elsewhere = {0}, *moved = &elsewhere;
		err_add(&err, ERR_INPUT, "before");
		for (size_t i = 0; i < 3; i++) {
			Fault *fault = err_add(&from, ERR_SYNTAX, "%zu", i);
			moved = i == wanted ? fault : moved;
		}
		err_move(&err, &from, moved);
		bool is_there = wanted < 3;
		assert_int_equal(err.count, is_there ? 2 : 1);
		assert_int_equal(from.count, is_there ? 2 : 3);
		assert_true(!is_there || err.last == moved);
		assert_null(err.last->next);
		size_t left = 0;
		for (const Fault *fault = from.first; fault; fault = fault->next, left++)
			assert_true(fault != moved && (fault->next || fault == from.last));
		assert_int_equal(left, from.count);
	}
}

TEST(every_kind_has_an_exit_code_and_a_title_of_its_own)
{
	static const ErrKind kinds[] = {
#define ERROR_KIND(name, code, next, title, meaning) ERR_##name,
#include "base/err.def"
#undef ERROR_KIND
	};
	for (size_t i = 0; i < COUNT(kinds); i++) {
		int code = err_exit_code(kinds[i]);
		assert_true(code > 1 && code <= 130);
		assert_true(err_title(kinds[i]).len > 0);
		for (size_t k = 0; k < i; k++)
			assert_int_not_equal(err_exit_code(kinds[k]), code);
	}
}

TEST(an_arena_gives_zeroed_aligned_memory_of_any_size)
{
	ARENA_SCRATCH(scratch);
	for (size_t size = 0; size < 300000; size = size * 2 + 1) {
		unsigned char *p = arena_alloc(&scratch, size);
		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xFF, size);
	}
	arena_release(&scratch);
	assert_null(scratch.blocks);
	assert_int_equal(*(char *)arena_alloc(&scratch, 1), 0);
}

TEST(a_vector_keeps_its_items_while_it_grows)
{
	ARENA_SCRATCH(scratch);
	VEC(size_t) numbers = {0};
	for (size_t i = 0; i < 1000; i++)
		*vec_add(&scratch, &numbers) = i;
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(numbers.items[i], i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_fault_decides),
		cmocka_unit_test(append_moves_all_faults_behind),
		cmocka_unit_test(move_takes_one_out_wherever_it_is),
		cmocka_unit_test(every_kind_has_an_exit_code_and_a_title_of_its_own),
		cmocka_unit_test(an_arena_gives_zeroed_aligned_memory_of_any_size),
		cmocka_unit_test(a_vector_keeps_its_items_while_it_grows),
	};
	return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
