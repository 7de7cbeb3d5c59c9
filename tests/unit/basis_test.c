/* detect/basis: paths-filter's decision table, and our own rows of it. */
#include "check.h"

#include "detect/basis.h"

#define ZERO "0000000000000000000000000000000000000000"
#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define C "cccccccccccccccccccccccccccccccccccccccc"
#define MAIN "refs/heads/main"
#define TOPIC "refs/heads/topic/x"
#define TAG "refs/tags/v1"

typedef struct Row {
	const char *label, *event, *git_ref, *before, *base, *ref;
	BasisKind kind;
	const char *expected_base, *expected_head;
} Row;

/* Default branch main, GITHUB_SHA C, a token. */
static const Row rows[] = {
	{"push to the default branch", "push", MAIN, A, "", "", BASIS_DIRECT, A, "main"},
	{"first push", "push", MAIN, ZERO, "", "", BASIS_ALL, "main", "main"},
	{"push to a branch", "push", TOPIC, A, "", "", BASIS_FORK, "main", "topic/x"},
	{"base is the branch", "push", TOPIC, A, "topic/x", "", BASIS_DIRECT, A, "topic/x"},
	{"base is the branch's ref", "push", TOPIC, A, TOPIC, "", BASIS_DIRECT, A, "topic/x"},
	{"new branch", "push", TOPIC, ZERO, "", "", BASIS_FORK, "main", "topic/x"},
	{"new branch as base", "push", TOPIC, ZERO, TOPIC, "", BASIS_FORK, "main", "topic/x"},
	{"push without before", "push", MAIN, "", "", "", BASIS_PARENT, "main", "main"},
	{"base is a SHA", "push", TOPIC, A, B, "", BASIS_DIRECT, B, "topic/x"},
	{"base is a short SHA", "push", MAIN, A, "bbbbbbb", "", BASIS_FORK, "bbbbbbb", "main"},
	{"base in upper case", "push", MAIN, A, "BBBBBBB", "", BASIS_FORK, "BBBBBBB", "main"},
	{"base is zero", "push", MAIN, A, ZERO, "", BASIS_FORK, "main", "main"},
	{"tag", "push", TAG, ZERO, "", "", BASIS_FORK, "main", "v1"},
	{"tag as its own base", "push", TAG, ZERO, "v1", "", BASIS_FORK, "main", "v1"},
	{"ref", "push", MAIN, A, "", TOPIC, BASIS_FORK, "main", "topic/x"},
	{"dispatch on the default branch", "workflow_dispatch", MAIN, "", "", "", BASIS_PARENT,
		"main", "main"},
	{"dispatch on a branch", "workflow_dispatch", TOPIC, "", "", "", BASIS_FORK, "main",
		"topic/x"},
	{"release", "release", TAG, "", "", "", BASIS_FORK, "main", "v1"},
	{"base HEAD", "push", MAIN, A, "HEAD", "", BASIS_LOCAL, "", ""},
	{"base HEAD on a pull request", "pull_request", "refs/pull/7/merge", "", "HEAD", "",
		BASIS_LOCAL, "", ""},
	{"no ref at all", "push", "", A, "", "", BASIS_FORK, "main", "HEAD"},
};

static BasisFacts facts_of(const Row *row)
{
	return (BasisFacts){.event = str_from(row->event),
		.is_pull = str_equal(str_from(row->event), STR("pull_request")),
		.base = str_from(row->base),
		.ref = str_from(row->ref),
		.has_token = true,
		.git_ref = str_from(row->git_ref),
		.sha = STR(C),
		.default_branch = STR("main"),
		.before = str_from(row->before)};
}

TEST(each_event_has_its_basis)
{
	ARENA_SCRATCH(arena);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Err warnings = {.arena = &arena}, err = {.arena = &arena};
		BasisFacts facts = facts_of(&rows[i]);
		Basis basis;
		check_that(rows[i].label, basis_choose(&facts, &basis, &warnings, &err));
		check_that(rows[i].label, basis.kind == rows[i].kind);
		check_row(rows[i].label, basis.base, str_from(rows[i].expected_base));
		check_row(rows[i].label, basis.head, str_from(rows[i].expected_head));
	}
}

TEST(the_runs_own_commit_is_the_head_unless_ref_says_otherwise)
{
	ARENA_SCRATCH(arena);
	Err warnings = {.arena = &arena}, err = {.arena = &arena};
	BasisFacts facts = facts_of(&rows[0]);
	Basis basis;
	assert_true(basis_choose(&facts, &basis, &warnings, &err));
	check_str(basis.head_sha, STR(C));
	facts.ref = STR("topic");
	assert_true(basis_choose(&facts, &basis, &warnings, &err));
	check_str(basis.head_sha, STR(""));
}

static BasisFacts pull_facts(void)
{
	return (BasisFacts){.event = STR("pull_request"),
		.is_pull = true,
		.has_token = true,
		.git_ref = STR("refs/pull/7/merge"),
		.sha = STR(C),
		.default_branch = STR("main"),
		.pull = 7,
		.pull_base = STR(A),
		.pull_head = STR(B)};
}

TEST(a_pull_request_is_listed_by_the_api)
{
	ARENA_SCRATCH(arena);
	Err warnings = {.arena = &arena}, err = {.arena = &arena};
	BasisFacts facts = pull_facts();
	Basis basis;
	facts.ref = STR("other");
	assert_true(basis_choose(&facts, &basis, &warnings, &err));
	assert_int_equal(basis.kind, BASIS_PULL);
	assert_int_equal(basis.pull, 7);
	check_str(basis.fork_base, STR(A));
	check_str(basis.fork_head, STR(B));
	assert_int_equal(warnings.count, 1);
}

TEST(a_base_counts_on_a_pull_request_too)
{
	ARENA_SCRATCH(arena);
	Err warnings = {.arena = &arena}, err = {.arena = &arena};
	BasisFacts facts = pull_facts();
	Basis basis;
	facts.base = STR("staging");
	assert_true(basis_choose(&facts, &basis, &warnings, &err));
	assert_int_equal(basis.kind, BASIS_FORK);
	check_str(basis.base, STR("staging"));
	check_str(basis.head, STR(B));
	facts.base = STR(C);
	assert_true(basis_choose(&facts, &basis, &warnings, &err));
	assert_int_equal(basis.kind, BASIS_DIRECT);
}

TEST(without_a_token_the_clone_has_to_tell)
{
	ARENA_SCRATCH(arena);
	Err warnings = {.arena = &arena}, err = {.arena = &arena};
	BasisFacts facts = pull_facts();
	Basis basis;
	facts.has_token = false;
	assert_true(basis_choose(&facts, &basis, &warnings, &err));
	assert_int_equal(basis.kind, BASIS_DIRECT);
	check_str(basis.base, STR(A));
	check_str(basis.head, STR("HEAD"));
	facts.is_merge = true;
	assert_true(basis_choose(&facts, &basis, &warnings, &err));
	assert_int_equal(basis.kind, BASIS_PARENT);
	check_str(basis.head, STR("HEAD"));
	facts.event = STR("pull_request_target");
	assert_false(basis_choose(&facts, &basis, &warnings, &err));
	assert_int_equal(err_kind(&err), ERR_INPUT);
}

TEST(a_payload_without_a_pull_request_is_said)
{
	ARENA_SCRATCH(arena);
	Err warnings = {.arena = &arena}, err = {.arena = &arena};
	const BasisFacts facts = {.event = STR("pull_request"), .is_pull = true};
	Basis basis;
	assert_false(basis_choose(&facts, &basis, &warnings, &err));
	check_contains(err.first->message, "names no pull request");
}

TEST(what_is_checked_out_is_compared)
{
	ARENA_SCRATCH(arena);
	Err warnings = {.arena = &arena}, err = {.arena = &arena};
	BasisFacts facts = facts_of(&rows[0]);
	Basis basis;
	facts.checked_out = STR(B);
	facts.event = STR("workflow_run");
	facts.before = STR("");
	assert_true(basis_choose(&facts, &basis, &warnings, &err));
	assert_int_equal(basis.kind, BASIS_FORK);
	assert_true(basis.or_parent);
	check_str(basis.base, STR("main"));
	check_str(basis.head_sha, STR(B));
	facts.ref = STR("topic");
	assert_true(basis_choose(&facts, &basis, &warnings, &err));
	check_str(basis.head, STR("topic"));
	check_str(basis.head_sha, STR(""));
}

TEST(a_merge_group_brings_its_commits)
{
	ARENA_SCRATCH(arena);
	Err warnings = {.arena = &arena}, err = {.arena = &arena};
	BasisFacts facts = {.event = STR("merge_group"),
		.git_ref = STR("refs/heads/gh-readonly-queue/main/pr-7"),
		.default_branch = STR("main"),
		.group_base = STR(A),
		.group_head = STR(B)};
	Basis basis;
	assert_true(basis_choose(&facts, &basis, &warnings, &err));
	assert_int_equal(basis.kind, BASIS_DIRECT);
	check_str(basis.base, STR(A));
	check_str(basis.head, STR(B));
	facts.base = STR("release");
	assert_true(basis_choose(&facts, &basis, &warnings, &err));
	assert_int_equal(basis.kind, BASIS_FORK);
}

TEST(a_deleted_branch_changes_nothing)
{
	ARENA_SCRATCH(arena);
	Err warnings = {.arena = &arena}, err = {.arena = &arena};
	BasisFacts facts = {.event = STR("push"), .git_ref = STR(TOPIC), .deleted = true};
	Basis basis;
	assert_true(basis_choose(&facts, &basis, &warnings, &err));
	assert_int_equal(basis.kind, BASIS_NOTHING);
}

TEST(without_a_default_branch_there_is_nothing_to_compare_with)
{
	ARENA_SCRATCH(arena);
	Err warnings = {.arena = &arena}, err = {.arena = &arena};
	BasisFacts facts = {.event = STR("push"), .git_ref = STR(MAIN), .before = STR(A)};
	Basis basis;
	assert_false(basis_choose(&facts, &basis, &warnings, &err));
	assert_int_equal(err_kind(&err), ERR_DETECT);
	check_contains(err.first->hint, "base");
	facts.event = STR("schedule"); /* runs for the default branch, and names no repository */
	facts.before = STR("");
	Err none = {.arena = &arena};
	assert_true(basis_choose(&facts, &basis, &warnings, &none));
	assert_int_equal(basis.kind, BASIS_PARENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_event_has_its_basis),
		cmocka_unit_test(the_runs_own_commit_is_the_head_unless_ref_says_otherwise),
		cmocka_unit_test(a_pull_request_is_listed_by_the_api),
		cmocka_unit_test(a_base_counts_on_a_pull_request_too),
		cmocka_unit_test(without_a_token_the_clone_has_to_tell),
		cmocka_unit_test(a_payload_without_a_pull_request_is_said),
		cmocka_unit_test(what_is_checked_out_is_compared),
		cmocka_unit_test(a_merge_group_brings_its_commits),
		cmocka_unit_test(a_deleted_branch_changes_nothing),
		cmocka_unit_test(without_a_default_branch_there_is_nothing_to_compare_with),
	};
	return cmocka_run_group_tests_name("basis", tests, NULL, NULL);
}
