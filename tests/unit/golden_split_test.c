/* sql/split by golden tests: @TEXT is a file, the expectation its
 * statements. */
#include "golden.h"

#include "sql/split.h"

static void run(Arena *arena, const Blocks *blocks, Buf *out)
{
	assert_int_equal(blocks->count, 1);
	Pieces pieces = {0};
	split_text(arena, check_exact(arena, blocks->items[0].text), &pieces);
	for (size_t i = 0; i < pieces.count; i++)
		golden_add_lines(out, str_format(arena, "%zu", i + 1), pieces.items[i]);
	if (!pieces.count)
		buf_add(out, STR("no statement\n"));
}

TEST(every_text_is_cut_as_expected)
{
	golden_run("split", run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_text_is_cut_as_expected)};
	return cmocka_run_group_tests_name("golden_split", tests, NULL, NULL);
}
