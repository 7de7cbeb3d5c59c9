/* inputs_duration on any bytes, and inputs_read with variables of any content, one a line: its
 * faults show no secret, and what it accepts is in range. */
#define _GNU_SOURCE /* setenv */
#include "fuzz.h"

#include "action/inputs.h"

static void check_duration(Str text)
{
	int64_t ms = -1;
	bool valid = inputs_duration(text, &ms);
	require(!valid || (ms >= 0 && ms <= INT32_MAX));
	require(!valid || (text.ptr[0] >= '0' && text.ptr[0] <= '9'));
}

static void set_variables(Arena *arena, Str data)
{
	static const char *const names[] = {"INPUT_DB-URL", "INPUT_MODE", "INPUT_DB-CA-CERT",
		"INPUT_WORKING-DIRECTORY", "INPUT_INCLUDE-ALL", "INPUT_TRANSACTION",
		"INPUT_CONNECT-TIMEOUT", "INPUT_STATEMENT_TIMEOUT", "INPUT_LOCK-TIMEOUT",
		"INPUT_ENVIRONMENT-NAME", "INPUT_SUMMARY"};
	Str value;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_next(&data, '\n', &value))
			require(setenv(names[i], str_z(arena, value), 1) == 0);
		else
			unsetenv(names[i]);
	}
}

static void check_inputs(const Inputs *inputs)
{
	require(inputs->mode <= MODE_DRY_RUN && inputs->transaction <= TRANSACTION_ALL);
	require(inputs->connect_timeout >= 0 && inputs->statement_timeout >= 0);
	require(inputs->lock_timeout >= 0);
	require(str_starts(inputs->db_url, STR("postgres")) || !inputs->database_wanted);
}

/* A value that our own words do not hold by chance. */
static bool is_telling(Str secret)
{
	return secret.len >= 12 && str_contains(secret, STR("@")) &&
	       !str_contains(secret, STR(" "));
}

/* Faults about the URL quote nothing of it; others quote their own value, which the log redacts. */
static void check_faults(Arena *arena, const Secrets *secrets, const Err *err)
{
	for (const Fault *fault = err->first; fault; fault = fault->next) {
		require(fault->kind == ERR_INPUT && fault->message.len);
		Str shown = str_format(
			arena, "%.*s %.*s", STR_ARG(fault->message), STR_ARG(fault->hint));
		require(str_visible(arena, shown).len == shown.len ||
			str_utf8_invalid(shown) < shown.len);
		if (!str_starts(fault->message, STR("db-url: ")))
			continue;
		for (size_t i = 0; i < secrets->values.count; i++)
			require(!is_telling(secrets->values.items[i]) ||
				!str_contains(shown, secrets->values.items[i]));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const events[] = {"push", "pull_request", "pull_request_target", ""};
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	Err err = {.arena = &scratch};
	const Runner runner = {.is_github = size % 2};
	const CommandLine line = {.answer = COMMAND_RUN};
	Inputs inputs = {.runner = &runner, .line = &line};
	Str text = fuzz_text(&scratch, data, size);
	check_duration(text);
	set_variables(&scratch, str_skip(text, 1));
	const Event event = {.name = str_from(events[size ? data[0] % 4 : 0])};
	bool ok = inputs_read(&scratch, &event, &inputs, &secrets, &err);
	require(ok == (err.count == 0));
	if (ok)
		check_inputs(&inputs);
	check_faults(&scratch, &secrets, &err);
	return 0;
}
