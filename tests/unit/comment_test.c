/* report/comment: the mark, whose it is, and what a run has to say. */
#include "check.h"

#include "report/comment.h"

static Str body_of(Arena *arena, const Report *report, Str target)
{
	Err err = {.arena = arena};
	return comment_text(arena, report, &err, target, COMMENT_WRITE);
}

TEST(a_mark_is_read_back)
{
	static const char *const names[] = {"staging", "", "a--><b>", "--", "---->", "\"\\",
		"\xC3\xA4 \xE2\x82\xAC", "<!-- supabase-promote {} -->", "a\nb"};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(names); i++) {
		Report report = {.status = STATUS_PLANNED,
			.environment = str_from(names[i]),
			.run = {.id = STR("4711"), .sha = STR("abc")},
			.plan_digest = STR("f00")};
		CommentMark mark;
		Str body = body_of(&scratch, &report, STR("0123"));
		assert_true(comment_read_mark(&scratch, body, &mark));
		assert_true(comment_is_of(&mark, report.environment, STR("0123")));
		assert_false(comment_is_of(&mark, report.environment, STR("0124")));
		assert_false(comment_is_of(&mark, STR("other"), STR("0123")));
		check_str(mark.state, STR("planned"));
		check_str(mark.run, STR("4711"));
		check_str(mark.plan, STR("f00"));
		check_str(mark.head, STR("abc"));
	}
}

TEST(what_is_no_mark_is_refused)
{
	static const char *const bodies[] = {"", "x", COMMENT_MARK, COMMENT_MARK "-->",
		COMMENT_MARK " -->", COMMENT_MARK "{} -->", COMMENT_MARK "{\"v\":\"1\"} -->",
		COMMENT_MARK "{\"v\":2} -->", COMMENT_MARK "{\"v\":1}",
		COMMENT_MARK "{\"v\":1} --> x", " " COMMENT_MARK "{\"v\":1} -->x",
		"\n" COMMENT_MARK "{\"v\":1} -->"};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(bodies); i++) {
		CommentMark mark;
		assert_false(comment_read_mark(
			&scratch, check_exact(&scratch, str_from(bodies[i])), &mark));
	}
}

TEST(what_a_run_has_to_say_depends_on_what_is_said)
{
	static const struct {
		Status status;
		bool dry, compared;
		const char *before, *run; /* of the comment; NULL: there is none */
		CommentWish wish;
	} rows[] = {
		{STATUS_PLANNED, true, true, NULL, "", COMMENT_WRITE},
		{STATUS_PLANNED, true, true, "planned", "99", COMMENT_WRITE},
		{STATUS_PLANNED, true, true, "pushed", "99", COMMENT_WRITE},
		{STATUS_PLANNED, true, true, "pushed", "101", COMMENT_LEAVE},
		{STATUS_FAILED, true, true, "planned", "1000", COMMENT_LEAVE},
		{STATUS_FAILED, false, true, "planned", "1000", COMMENT_WRITE},
		{STATUS_PUSHED, false, true, "planned", "1000", COMMENT_WRITE},
		{STATUS_BLOCKED, false, true, NULL, "", COMMENT_WRITE},
		{STATUS_UP_TO_DATE, true, true, NULL, "", COMMENT_LEAVE},
		{STATUS_UP_TO_DATE, false, true, "pushed", "99", COMMENT_LEAVE},
		{STATUS_UP_TO_DATE, true, true, "planned", "99", COMMENT_OUTDATE},
		{STATUS_UP_TO_DATE, false, true, "failed", "99", COMMENT_OUTDATE},
		{STATUS_SKIPPED, true, true, "blocked", "99", COMMENT_OUTDATE},
		{STATUS_SKIPPED, true, true, "pushed", "99", COMMENT_LEAVE},
		{STATUS_SKIPPED, true, false, "planned", "99", COMMENT_LEAVE},
		{STATUS_SKIPPED, true, true, NULL, "", COMMENT_LEAVE},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		CommentMark before = {0};
		Report report = {.status = rows[i].status,
			.dry = rows[i].dry,
			.compared = rows[i].compared ? STR("a with b") : (Str){0},
			.run = {.id = STR("100")}};
		if (rows[i].before) {
			before.state = str_from(rows[i].before);
			before.run = str_from(rows[i].run);
		}
		assert_int_equal(
			comment_wish(&report, rows[i].before ? &before : NULL), rows[i].wish);
	}
}

TEST(line_ends_and_the_end_make_no_difference)
{
	assert_true(comment_is_same(STR("a\nb\n"), STR("a\r\nb")));
	assert_true(comment_is_same(STR(""), STR("\n")));
	assert_false(comment_is_same(STR("a\nb"), STR("a\nc")));
	assert_false(comment_is_same(STR("a"), STR("ab")));
	assert_false(comment_is_same(STR("ab"), STR("a")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mark_is_read_back),
		cmocka_unit_test(what_is_no_mark_is_refused),
		cmocka_unit_test(what_a_run_has_to_say_depends_on_what_is_said),
		cmocka_unit_test(line_ends_and_the_end_make_no_difference),
	};
	return cmocka_run_group_tests_name("comment", tests, NULL, NULL);
}
