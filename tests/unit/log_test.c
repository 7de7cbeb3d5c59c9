/* base/log: no text of others can command the runner. The oracle: runner.h. */
#include "check.h"
#include "runner.h"

#include "base/log.h"

#include <fcntl.h>

/* Texts that have forged commands in logs of others. */
static const Str hostile[] = {
	STR_INIT("::error::forged"),
	STR_INIT("  \t::set-output name=a::b"),
	STR_INIT("\xC2\xA0::error::behind a no-break space"),
	STR_INIT("\xE2\x80\x83::error::behind an em space"),
	STR_INIT("\xE1\x9A\x80\xE2\x80\x80 \xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF::stop-commands::x"),
	STR_INIT("\xE2\x81\x9F\xE3\x80\x80\xEF\xBB\xBF\xC2\x85::add-mask::e"),
	STR_INIT("text\r::error::behind a lone CR"),
	STR_INIT("text\r\n::error::behind CRLF"),
	STR_INIT("text\n\n::error::behind an empty line"),
	STR_INIT("text\n\r::error::behind LF CR"),
	STR_INIT("##[error]version one"),
	STR_INIT("in the middle ##[group]of a line"),
	STR_INIT("####[error]many"),
	STR_INIT("##[##[error]"),
	STR_INIT("#\x01#\x02[error]with control characters between"),
	STR_INIT("##\x1B[error]"),
	STR_INIT("\x01::error::behind a control character"),
	STR_INIT(":\x7F:error::around a control character"),
	STR_INIT("\x1B[31mred\x1B[0m\a\b"),
	STR_INIT("\0::error::behind NUL"),
	STR_INIT("\xFF::error::behind an invalid byte"),
	STR_INIT("#\xFF#[error]"),
	STR_INIT("\xED\xA0\x80 surrogate"),
	STR_INIT("::"),
	STR_INIT("##["),
	STR_INIT(""),
	STR_INIT("\n"),
	STR_INIT("\r\r\n\n"),
};

TEST(harmless_text_stays_as_it_is)
{
	static const char *const texts[] = {"", "plain", "a::b", ": :error", "#[x]", "# #[x]",
		"tab\there", "gr\xC3\xBC\xC3\x9F 1 \xE2\x82\xAC", "SELECT a::text"};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(texts); i++)
		check_str(log_harmless(&scratch, str_from(texts[i])), str_from(texts[i]));
}

TEST(harmless_lines_command_nothing)
{
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(hostile); i++) {
		Str text = check_exact(&scratch, hostile[i]), line;
		while (runner_next_line(&text, &line)) {
			Str clean = log_harmless(&scratch, line);
			check_that(str_z(&scratch, str_visible(&scratch, line)),
				!runner_sees_command(clean));
		}
	}
}

TEST(foreign_text_commands_nothing_and_every_line_is_marked)
{
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	Log log = {.fd = check_capture(), .secrets = &secrets};
	for (size_t i = 0; i < COUNT(hostile); i++) {
		log_foreign(&log, check_exact(&scratch, hostile[i]));
		Str written = check_captured(&scratch, log.fd), all = written, line;
		const char *label = str_z(&scratch, str_visible(&scratch, hostile[i]));
		check_that(label, runner_log_is_safe(written) && written.len);
		while (runner_next_line(&all, &line))
			check_that(label, str_starts(line, STR("| ")));
	}
	close(log.fd);
}

TEST(our_lines_command_nothing_whatever_they_hold)
{
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	Log log = {.fd = check_capture(), .secrets = &secrets};
	for (size_t i = 0; i < COUNT(hostile); i++) {
		log_line(&log, "%.*s", STR_ARG(hostile[i]));
		log_line(&log, "file %.*s is skipped", STR_ARG(hostile[i]));
		Str written = check_captured(&scratch, log.fd);
		check_that(str_z(&scratch, str_visible(&scratch, hostile[i])),
			runner_log_is_safe(written));
	}
	close(log.fd);
}

TEST(lines_are_split_and_written_one_by_one)
{
	static const struct {
		const char *text, *written;
	} rows[] = {
		{"one", "| one\n"},
		{"one\ntwo", "| one\n| two\n"},
		{"one\r\ntwo\rthree\n", "| one\n| two\n| three\n"},
		{"", "| \n"},
		{"a\n\nb", "| a\n| \n| b\n"},
		{"a\tb\x01", "| a\tb\n"},
		{"bad \xFF byte", "| bad \xEF\xBF\xBD byte\n"},
		{"x ##[error]y", "| x ##\\[error]y\n"},
		{"the password is hunter2\nhunter2", "| the password is ***\n| ***\n"},
		{"over two lines: tiger\nlily", "| over two lines: ***\n"},
	};
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	secret_add(&secrets, STR("hunter2"));
	secret_add(&secrets, STR("tiger\nlily"));
	Log log = {.fd = check_capture(), .secrets = &secrets};
	for (size_t i = 0; i < COUNT(rows); i++) {
		log_foreign(&log, check_exact(&scratch, str_from(rows[i].text)));
		check_row(
			rows[i].text, check_captured(&scratch, log.fd), str_from(rows[i].written));
	}
	close(log.fd);
}

TEST(our_own_lines_get_a_mark_only_where_they_would_command)
{
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	Log log = {.fd = check_capture(), .secrets = &secrets};
	log_line(&log, "%s %d", "plain", 1);
	log_line(&log, "%s", "::error::x");
	log_raw(&log, STR("::group::ours"));
	check_str(check_captured(&scratch, log.fd), STR("plain 1\n| ::error::x\n::group::ours\n"));
	close(log.fd);
}

TEST(a_very_long_line_is_cut_and_the_next_one_is_not_lost)
{
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	Log log = {.fd = check_capture(), .secrets = &secrets};
	Str text =
		str_format(&scratch, "%s\nnext", check_repeat(&scratch, "0123456789", 20000).ptr);
	log_foreign(&log, text);
	Str written = check_captured(&scratch, log.fd);
	assert_true(written.len < 70000 && runner_log_is_safe(written));
	assert_true(str_ends(written, STR("\n| next\n")));
	close(log.fd);
}

TEST(a_log_that_cannot_be_written_stops_nothing)
{
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	Log log = {.fd = -1, .secrets = &secrets};
	log_line(&log, "nobody reads this");
	log_foreign(&log, STR("nor this"));
}

TEST(each_line_is_one_write)
{
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	int ends[2];
	char got[64];
	assert_int_equal(pipe2(ends, O_DIRECT /* a read returns one write */), 0);
	Log log = {.fd = ends[1], .secrets = &secrets};
	log_line(&log, "one\ntwo");
	assert_int_equal(read(ends[0], got, sizeof got), 4);
	assert_int_equal(read(ends[0], got, sizeof got), 4);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harmless_text_stays_as_it_is),
		cmocka_unit_test(harmless_lines_command_nothing),
		cmocka_unit_test(foreign_text_commands_nothing_and_every_line_is_marked),
		cmocka_unit_test(our_lines_command_nothing_whatever_they_hold),
		cmocka_unit_test(lines_are_split_and_written_one_by_one),
		cmocka_unit_test(our_own_lines_get_a_mark_only_where_they_would_command),
		cmocka_unit_test(a_very_long_line_is_cut_and_the_next_one_is_not_lost),
		cmocka_unit_test(a_log_that_cannot_be_written_stops_nothing),
		cmocka_unit_test(each_line_is_one_write),
	};
	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
