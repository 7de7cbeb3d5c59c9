/* action/workflow: commands and files, read back as the runner reads them. */
#include "check.h"
#include "runner.h"

#include "action/workflow.h"
#include "base/file.h"

/* A workflow whose commands go into memory, with files in a folder of its own. */
typedef struct Bench {
	Arena *arena;
	Secrets secrets;
	Err err;
	Workflow workflow;
	Str folder;
} Bench;

static void bench_open(Bench *b, Arena *arena)
{
	*b = (Bench){.arena = arena, .secrets = {.arena = arena}, .err = {.arena = arena}};
	b->folder = check_folder(arena);
	b->workflow = (Workflow){
		.log = {.fd = check_capture(), .secrets = &b->secrets},
		.github = true,
		.output_file = str_from(check_path(arena, b->folder, "output")),
		.summary_file = str_from(check_path(arena, b->folder, "summary")),
	};
}

static void bench_close(Bench *b)
{
	close(b->workflow.log.fd);
	check_remove(b->arena, b->folder);
}

static Str bench_file(const Bench *b, Str path)
{
	Str content, reason;
	if (!file_read(b->arena, path, SIZE_MAX, &content, &reason))
		return (Str){0};
	return content;
}

/* The one command in the log. */
static RunnerCommand bench_command(const Bench *b)
{
	Str log = check_captured(b->arena, b->workflow.log.fd), line;
	RunnerCommand command = {0};
	assert_true(runner_next_line(&log, &line));
	assert_true(runner_parse_command(b->arena, line, &command));
	assert_int_equal(log.len, 0);
	return command;
}

TEST(masks_are_escaped_and_read_back)
{
	static const char *const values[] = {"tiger99", "per%cent", "over\nlines\r\nand more",
		"%0A%25", "::error::x", "##[error]x"};
	ARENA_SCRATCH(scratch);
	Bench b;
	bench_open(&b, &scratch);
	for (size_t i = 0; i < COUNT(values); i++)
		assert_true(secret_add(&b.secrets, str_from(values[i])));
	workflow_mask(&b.workflow);
	Str log = check_captured(&scratch, b.workflow.log.fd), line;
	for (size_t i = 0; i < COUNT(values); i++) {
		RunnerCommand command;
		assert_true(runner_next_line(&log, &line));
		assert_true(runner_parse_command(&scratch, line, &command));
		check_str(command.name, STR("add-mask"));
		check_str(command.data, str_from(values[i]));
	}
	assert_int_equal(log.len, 0);
	bench_close(&b);
}

TEST(outside_of_github_no_command_is_printed)
{
	ARENA_SCRATCH(scratch);
	Bench b;
	bench_open(&b, &scratch);
	b.workflow.github = false;
	secret_add(&b.secrets, STR("tiger99"));
	workflow_mask(&b.workflow);
	workflow_group(&b.workflow, "Title");
	workflow_group_end(&b.workflow);
	workflow_annotate(
		&b.workflow, &(Annotation){LEVEL_ERROR, STR("T"), STR("f"), 1, 1, 0, 0, STR("m")});
	check_str(check_captured(&scratch, b.workflow.log.fd), STR("Title\n"));
	bench_close(&b);
}

TEST(groups_are_commands)
{
	ARENA_SCRATCH(scratch);
	Bench b;
	bench_open(&b, &scratch);
	workflow_group(&b.workflow, "Dry run");
	workflow_group_end(&b.workflow);
	check_str(check_captured(&scratch, b.workflow.log.fd),
		STR("::group::Dry run\n::endgroup::\n"));
	bench_close(&b);
}

TEST(annotations_are_read_back_with_all_properties)
{
	static const struct {
		Level level;
		const char *name, *title, *file;
		size_t line, col;
		const char *message;
	} rows[] = {
		{LEVEL_ERROR, "error", "Migration failed", "supabase/migrations/1_a.sql", 3, 7,
			"no"},
		{LEVEL_WARNING, "warning", "T", "a,b:c%d.sql", 1, 0, "50% of a:b,c"},
		{LEVEL_NOTICE, "notice", "", "", 0, 0, "nothing but a message"},
		{LEVEL_ERROR, "error", "T", "", 0, 0, "two\nlines"},
		{LEVEL_ERROR, "error", "a: b, c", "f", 0, 0, "x ::error::y ##[error]z"},
		{LEVEL_ERROR, "error", "T", "f", 12345678, 1, "%0A is not a line end, %25 no sign"},
		{LEVEL_ERROR, "error", "T", "f", 1, 1, ""},
	};
	ARENA_SCRATCH(scratch);
	Bench b;
	bench_open(&b, &scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const Annotation annotation = {rows[i].level, str_from(rows[i].title),
			str_from(rows[i].file), rows[i].line, rows[i].col, 0, 0,
			str_from(rows[i].message)};
		workflow_annotate(&b.workflow, &annotation);
		RunnerCommand command = bench_command(&b);
		Str line = rows[i].line ? str_format(&scratch, "%zu", rows[i].line) : (Str){0};
		Str col = rows[i].col ? str_format(&scratch, "%zu", rows[i].col) : (Str){0};
		check_str(command.name, str_from(rows[i].name));
		check_str(command.data, str_from(rows[i].message));
		check_str(runner_property(&command, "title"), str_from(rows[i].title));
		check_str(runner_property(&command, "file"), str_from(rows[i].file));
		check_str(runner_property(&command, "line"), line);
		check_str(runner_property(&command, "col"), col);
	}
	bench_close(&b);
}

TEST(a_column_without_a_line_is_left_out)
{
	ARENA_SCRATCH(scratch);
	Bench b;
	bench_open(&b, &scratch);
	workflow_annotate(
		&b.workflow, &(Annotation){LEVEL_ERROR, STR("T"), STR("f"), 0, 5, 0, 0, STR("m")});
	RunnerCommand command = bench_command(&b);
	check_str(runner_property(&command, "col"), (Str){0});
	bench_close(&b);
}

TEST(foreign_bytes_cannot_leave_an_annotation)
{
	static const Str texts[] = {STR_INIT("a\r::set-output name=x::y"),
		STR_INIT("a\n::error::b"), STR_INIT("a\r\n##[error]b"), STR_INIT("\x1B[31m\0\x7F"),
		STR_INIT("\xFF\xC3"), STR_INIT("a,line=99::b")};
	ARENA_SCRATCH(scratch);
	Bench b;
	bench_open(&b, &scratch);
	for (size_t i = 0; i < COUNT(texts); i++) {
		Str text = check_exact(&scratch, texts[i]);
		workflow_annotate(
			&b.workflow, &(Annotation){LEVEL_ERROR, STR("T"), text, 1, 1, 0, 0, text});
		Str log = check_captured(&scratch, b.workflow.log.fd), rest = log, line;
		for (size_t k = 0; k + 1 < log.len; k++)
			assert_true((unsigned char)log.ptr[k] >= 0x20 && log.ptr[k] != 0x7F);
		assert_int_equal(str_utf8_invalid(log), log.len);
		assert_true(runner_next_line(&rest, &line) && !rest.len);
		RunnerCommand command;
		assert_true(runner_parse_command(&scratch, line, &command));
		check_str(command.name, STR("error"));
		check_str(runner_property(&command, "line"), STR("1"));
	}
	bench_close(&b);
}

TEST(tabs_of_a_message_are_blanks)
{
	ARENA_SCRATCH(scratch);
	Bench b;
	bench_open(&b, &scratch);
	workflow_annotate(&b.workflow, &(Annotation){LEVEL_ERROR, STR("T"), (Str){0}, 0, 0, 0, 0,
					       STR("refused\n\tis it up?")});
	check_str(bench_command(&b).data, STR("refused\n is it up?"));
	bench_close(&b);
}

TEST(long_messages_are_cut_between_characters)
{
	ARENA_SCRATCH(scratch);
	Bench b;
	bench_open(&b, &scratch);
	workflow_annotate(&b.workflow, &(Annotation){LEVEL_ERROR, STR("T"), (Str){0}, 0, 0, 0, 0,
					       check_repeat(&scratch, "\xE2\x82\xAC", 100000)});
	RunnerCommand command = bench_command(&b);
	assert_true(str_utf8_count(command.data) <= 4096 && command.data.len > 3000);
	assert_int_equal(str_utf8_invalid(command.data), command.data.len);
	bench_close(&b);
}

TEST(secrets_do_not_reach_annotations_outputs_or_the_summary)
{
	ARENA_SCRATCH(scratch);
	Bench b;
	bench_open(&b, &scratch);
	secret_add(&b.secrets, STR("tiger99"));
	const Output outputs[] = {{"a", STR("the password is tiger99"), false}};
	workflow_annotate(&b.workflow,
		&(Annotation){LEVEL_ERROR, STR("T"), (Str){0}, 0, 0, 0, 0, STR("tiger99!")});
	assert_true(workflow_outputs(&b.workflow, outputs, 1, &b.err));
	assert_true(workflow_summary(&b.workflow, STR("# tiger99\n"), &b.err));
	RunnerCommand command = bench_command(&b);
	check_str(command.data, STR("***!"));
	check_str(bench_file(&b, b.workflow.summary_file), STR("# ***\n"));
	assert_false(str_contains(bench_file(&b, b.workflow.output_file), STR("tiger99")));
	bench_close(&b);
}

TEST(outputs_of_any_content_are_read_back)
{
	const Output outputs[] = {
		{"plain", STR("value"), false},
		{"empty", STR(""), false},
		{"lines", STR("one\ntwo\n\nfour\n"), false},
		{"line-end", STR("\n"), false},
		{"carriage-return", STR("a\r\nb\r"), false},
		{"forged", STR("x\nghadelimiter_0\nstatus=pushed\nstatus<<EOF\npushed\nEOF"),
			false},
		{"equals", STR("a=b<<c"), false},
		{"json", STR("[\"\\u001b\",\"\xC3\xA4\"]"), false},
		{"blank", STR("  \t "), false},
	};
	ARENA_SCRATCH(scratch);
	Bench b;
	bench_open(&b, &scratch);
	check_write(&scratch, b.folder, "output", STR("before=1\n"));
	assert_true(workflow_outputs(&b.workflow, outputs, COUNT(outputs), &b.err));
	assert_true(workflow_outputs(&b.workflow, outputs, COUNT(outputs), &b.err));
	Str file = bench_file(&b, b.workflow.output_file), name, value;
	bool valid;
	assert_true(runner_next_output(&file, &name, &value, &valid));
	check_str(name, STR("before"));
	for (size_t i = 0; i < 2 * COUNT(outputs); i++) {
		const Output *expected = &outputs[i % COUNT(outputs)];
		assert_true(runner_next_output(&file, &name, &value, &valid) && valid);
		check_str(name, str_from(expected->name));
		check_row(expected->name, value, expected->value);
	}
	assert_false(runner_next_output(&file, &name, &value, &valid));
	assert_true(valid);
	bench_close(&b);
}

TEST(every_output_has_a_delimiter_of_its_own)
{
	ARENA_SCRATCH(scratch);
	Bench b;
	bench_open(&b, &scratch);
	const Output outputs[] = {{"a", STR("1"), false}, {"b", STR("2"), false}};
	assert_true(workflow_outputs(&b.workflow, outputs, 2, &b.err));
	Str file = bench_file(&b, b.workflow.output_file), line, marks[2];
	for (size_t i = 0; i < 2; i++) {
		str_next(&file, '\n', &line);
		marks[i] = str_skip(line, sizeof "a<<" - 1);
		str_next(&file, '\n', &line);
		str_next(&file, '\n', &line);
		assert_true(marks[i].len >= 32);
	}
	assert_false(str_equal(marks[0], marks[1]));
	bench_close(&b);
}

TEST(outputs_above_the_runners_limit_are_an_error)
{
	ARENA_SCRATCH(scratch);
	Bench b;
	bench_open(&b, &scratch);
	const Output outputs[] = {{"a", check_repeat(&scratch, "x", 1 << 20), false}};
	assert_false(workflow_outputs(&b.workflow, outputs, 1, &b.err));
	assert_int_equal(err_kind(&b.err), ERR_RUNNER);
	check_str(bench_file(&b, b.workflow.output_file), (Str){0});
	bench_close(&b);
}

TEST(files_that_are_not_named_are_not_written_and_bad_ones_are_an_error)
{
	ARENA_SCRATCH(scratch);
	Bench b;
	bench_open(&b, &scratch);
	const Output outputs[] = {{"a", STR("1"), false}};
	b.workflow.output_file = b.workflow.summary_file = (Str){0};
	assert_true(workflow_outputs(&b.workflow, outputs, 1, &b.err));
	assert_true(workflow_summary(&b.workflow, STR("x"), &b.err));
	b.workflow.output_file = b.workflow.summary_file = b.folder;
	assert_false(workflow_outputs(&b.workflow, outputs, 1, &b.err));
	assert_false(workflow_summary(&b.workflow, STR("x"), &b.err));
	assert_int_equal(b.err.count, 2);
	assert_int_equal(err_kind(&b.err), ERR_RUNNER);
	check_contains(b.err.first->message, "GITHUB_OUTPUT");
	check_contains(b.err.last->message, "GITHUB_STEP_SUMMARY");
	bench_close(&b);
}

TEST(the_environment_says_where_we_are)
{
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	setenv("GITHUB_ACTIONS", "true", 1);
	setenv("GITHUB_OUTPUT", "/o", 1);
	setenv("GITHUB_STEP_SUMMARY", "/s", 1);
	Runner runner = runner_read(&scratch);
	Workflow inside = workflow_new(&runner, &secrets);
	assert_true(inside.github);
	assert_int_equal(inside.log.fd, STDOUT_FILENO);
	check_str(inside.output_file, STR("/o"));
	check_str(inside.summary_file, STR("/s"));
	setenv("GITHUB_ACTIONS", "1", 1);
	unsetenv("GITHUB_OUTPUT");
	unsetenv("GITHUB_STEP_SUMMARY");
	runner = runner_read(&scratch);
	Workflow outside = workflow_new(&runner, &secrets);
	assert_false(outside.github || outside.output_file.len || outside.summary_file.len);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(masks_are_escaped_and_read_back),
		cmocka_unit_test(outside_of_github_no_command_is_printed),
		cmocka_unit_test(groups_are_commands),
		cmocka_unit_test(annotations_are_read_back_with_all_properties),
		cmocka_unit_test(a_column_without_a_line_is_left_out),
		cmocka_unit_test(foreign_bytes_cannot_leave_an_annotation),
		cmocka_unit_test(tabs_of_a_message_are_blanks),
		cmocka_unit_test(long_messages_are_cut_between_characters),
		cmocka_unit_test(secrets_do_not_reach_annotations_outputs_or_the_summary),
		cmocka_unit_test(outputs_of_any_content_are_read_back),
		cmocka_unit_test(every_output_has_a_delimiter_of_its_own),
		cmocka_unit_test(outputs_above_the_runners_limit_are_an_error),
		cmocka_unit_test(
			files_that_are_not_named_are_not_written_and_bad_ones_are_an_error),
		cmocka_unit_test(the_environment_says_where_we_are),
	};
	return cmocka_run_group_tests_name("workflow", tests, NULL, NULL);
}
