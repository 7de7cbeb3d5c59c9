/* action/inputs: variables, durations, URLs, and that no form of a password stays unregistered. */
#include "check.h"

#include "action/inputs.h"

/* One reading of the inputs, from nothing but the variables given. */
typedef struct Reading {
	Arena *arena;
	Inputs inputs;
	Secrets secrets;
	Err err;
	bool ok;
} Reading;

static const char url_variable[] = "INPUT_DB-URL";
static const char good_url[] = "postgresql://app:tiger%40lily@db.example.com:6543/shop";

/* `variables`: pairs of name and value, ended by NULL. */
static Reading read_inputs_of(Arena *arena, const Event *event, const char *const *variables)
{
	static const Runner runner = {.is_github = true};
	static const CommandLine line = {.answer = COMMAND_RUN};
	Reading r = {.arena = arena,
		.inputs = {.runner = &runner, .line = &line},
		.secrets = {.arena = arena},
		.err = {.arena = arena}};
	char **before = environ, *none[] = {NULL};
	environ = none;
	for (; *variables; variables += 2)
		assert_int_equal(setenv(variables[0], variables[1], 1), 0);
	r.ok = inputs_read(arena, event, &r.inputs, &r.secrets, &r.err);
	/* the values are views into the environment */
	r.inputs.db_url = str_copy(arena, r.inputs.db_url);
	r.inputs.db_ca_cert = str_copy(arena, r.inputs.db_ca_cert);
	r.inputs.working_directory = str_copy(arena, r.inputs.working_directory);
	r.inputs.environment_name = str_copy(arena, r.inputs.environment_name);
	clearenv();
	environ = before;
	assert_int_equal(r.ok, r.err.count == 0);
	return r;
}

static Reading read_inputs(Arena *arena, const char *event, const char *const *variables)
{
	const Event started = {.name = str_from(event)};
	return read_inputs_of(arena, &started, variables);
}

#define READ(arena, event, ...) read_inputs(arena, event, (const char *const[]){__VA_ARGS__, NULL})

static Reading read_url(Arena *arena, const char *url)
{
	return READ(arena, "push", url_variable, url);
}

static bool is_registered(const Reading *r, const char *value)
{
	for (size_t i = 0; i < r->secrets.values.count; i++)
		if (str_equal(r->secrets.values.items[i], str_from(value)))
			return true;
	return false;
}

TEST(durations_have_a_unit)
{
	static const struct {
		const char *text;
		int64_t ms;
	} rows[] = {
		{"0", 0},
		{"0s", 0},
		{"00", 0},
		{"1ms", 1},
		{"500ms", 500},
		{"2s", 2000},
		{"5m", 300000},
		{"1h", 3600000},
		{"007s", 7000},
		{"596h", 2145600000},
		{"2147483s", 2147483000},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t ms = -1;
		check_that(rows[i].text, inputs_duration(str_from(rows[i].text), &ms));
		check_that(rows[i].text, ms == rows[i].ms);
	}
}

TEST(what_is_no_duration_is_refused)
{
	static const char *const rows[] = {"", "1", "10", "s", "ms", "-1s", "+1s", "1.5s", "1 s",
		" 1s", "1s ", "1S", "1sec", "1d", "0x1s", "1h30m", "597h", "2147484s", "999999999h",
		"1000000000ms", "99999999999999999999s", "\xD9\xA1s", "1\xC2\xA0s"};
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t ms;
		check_that(rows[i], !inputs_duration(str_from(rows[i]), &ms));
	}
	int64_t ms;
	assert_false(inputs_duration(STR("1s\0"), &ms));
	assert_false(inputs_duration((Str){0}, &ms));
}

TEST(nothing_but_a_url_gives_the_defaults)
{
	ARENA_SCRATCH(scratch);
	Reading r = read_url(&scratch, good_url);
	assert_true(r.ok && !r.inputs.unmasked && r.inputs.database_wanted);
	assert_int_equal(r.inputs.mode, MODE_PUSH);
	assert_int_equal(r.inputs.transaction, TRANSACTION_FILE);
	assert_int_equal(r.inputs.connect_timeout, 10000);
	assert_int_equal(r.inputs.statement_timeout, 0);
	assert_int_equal(r.inputs.lock_timeout, 2000);
	assert_true(r.inputs.summary && !r.inputs.include_all);
	check_str(r.inputs.working_directory, STR("."));
	check_str(r.inputs.environment_name, STR(""));
	check_str(r.inputs.db_ca_cert, STR(""));
	check_str(r.inputs.db_url, str_from(good_url));
}

TEST(every_input_is_read_trimmed_with_hyphens_or_underscores)
{
	ARENA_SCRATCH(scratch);
	Reading r = READ(&scratch, "push", "INPUT_MODE", " dry-run\n", "INPUT_DB_URL", good_url,
		"INPUT_WORKING-DIRECTORY", "\tpackages/db ", "INPUT_INCLUDE-ALL", "True",
		"INPUT_TRANSACTION", "all", "INPUT_CONNECT_TIMEOUT", "1s",
		"INPUT_STATEMENT-TIMEOUT", "3m", "INPUT_LOCK-TIMEOUT", "0",
		"INPUT_ENVIRONMENT-NAME", "staging", "INPUT_SUMMARY", "FALSE");
	assert_true(r.ok);
	assert_int_equal(r.inputs.mode, MODE_DRY_RUN);
	assert_int_equal(r.inputs.transaction, TRANSACTION_ALL);
	assert_int_equal(r.inputs.connect_timeout, 1000);
	assert_int_equal(r.inputs.statement_timeout, 180000);
	assert_int_equal(r.inputs.lock_timeout, 0);
	assert_true(r.inputs.include_all && !r.inputs.summary);
	check_str(r.inputs.working_directory, STR("packages/db"));
	check_str(r.inputs.environment_name, STR("staging"));
	check_str(r.inputs.db_url, str_from(good_url));
}

TEST(the_runners_name_wins_over_the_shells)
{
	ARENA_SCRATCH(scratch);
	Reading r = READ(&scratch, "push", url_variable, good_url, "INPUT_LOCK-TIMEOUT", "1s",
		"INPUT_LOCK_TIMEOUT", "9s");
	assert_int_equal(r.inputs.lock_timeout, 1000);
}

TEST(empty_and_blank_values_are_the_default)
{
	ARENA_SCRATCH(scratch);
	Reading r = READ(&scratch, "push", url_variable, good_url, "INPUT_MODE", "",
		"INPUT_LOCK-TIMEOUT", " ", "INPUT_SUMMARY", "\n", "INPUT_WORKING-DIRECTORY", "");
	assert_true(r.ok && r.inputs.summary);
	assert_int_equal(r.inputs.mode, MODE_PUSH);
	assert_int_equal(r.inputs.lock_timeout, 2000);
	check_str(r.inputs.working_directory, STR("."));
}

TEST(every_fault_is_in_one_report)
{
	ARENA_SCRATCH(scratch);
	Reading r = READ(&scratch, "push", "INPUT_MODE", "Push", "INPUT_TRANSACTION", "none",
		"INPUT_INCLUDE-ALL", "yes", "INPUT_SUMMARY", "1", "INPUT_CONNECT-TIMEOUT", "10",
		"INPUT_STATEMENT-TIMEOUT", "never", "INPUT_LOCK-TIMEOUT", "-1s", "INPUT_DB-CA-CERT",
		"/nothing/here.pem", "INPUT_DB-URL", "mysql://h/d");
	static const char *const named[] = {"mode: 'Push'", "transaction: 'none'",
		"include-all: 'yes'", "summary: '1'", "connect-timeout: '10'",
		"statement-timeout: 'never'", "lock-timeout: '-1s'", "db-ca-cert:", "db-url:"};
	assert_int_equal(r.err.count, COUNT(named));
	for (size_t i = 0; i < COUNT(named); i++) {
		bool found = false;
		for (const Fault *fault = r.err.first; fault; fault = fault->next) {
			assert_int_equal(fault->kind, ERR_INPUT);
			found = found || str_starts(fault->message, str_from(named[i]));
		}
		check_that(named[i], found);
	}
}

TEST(a_wrong_value_is_shown_on_one_line_and_cut)
{
	ARENA_SCRATCH(scratch);
	char *value = str_z(&scratch,
		str_format(&scratch, "a\n\x1B%.*s", STR_ARG(check_repeat(&scratch, "x", 500))));
	Reading r = READ(&scratch, "push", url_variable, good_url, "INPUT_MODE", value);
	assert_int_equal(r.err.count, 1);
	check_contains(r.err.first->message, "mode: 'a\\n\\x1bxxx");
	check_contains(r.err.first->message, "is not one of push|dry-run");
	assert_true(r.err.first->message.len < 200);
}

TEST(urls_that_libpq_reads_are_taken)
{
	static const char *const rows[] = {
		"postgres://u:secret99@h/d",
		"postgresql://u:secret99@h/d",
		"postgresql://u@h",
		"postgresql://h",
		"postgresql://h:5432",
		"postgresql://u:secret99@[2001:db8::1]:5432/d",
		"postgresql://u:secret99@[::1]/d",
		"postgresql://u:secret99@a:1,b:2,c/d?target_session_attrs=read-write",
		"postgresql://u:secret99@h:6543/d?sslmode=require&connect_timeout=5",
		"postgresql://u:secret99@h/d?application_name=a%20b",
		"postgresql:///d?host=h",
		"postgresql:///d?host=%2Fvar%2Frun",
		"  postgresql://u:secret99@h/d\n",
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Reading r = read_url(&scratch, rows[i]);
		check_that(rows[i], r.ok && !r.inputs.unmasked);
	}
}

TEST(what_is_no_url_is_refused_without_showing_it)
{
	static const struct {
		const char *url, *message;
	} rows[] = {
		{"secret99", "does not begin with"},
		{"mysql://u:secret99@h/d", "does not begin with"},
		{"POSTGRES://u:secret99@h/d", "does not begin with"},
		{"host=h password=secret99", "does not begin with"},
		{"\"postgresql://u:secret99@h/d\"", "does not begin with"},
		{"postgres:/u:secret99@h/d", "does not begin with"},
		{"postgresql://u:secret99%zz@h/d", "cannot be read"},
		{"postgresql://u:secret99%@h/d", "cannot be read"},
		{"postgresql://u:secret99%00@h/d", "cannot be read"},
		{"postgresql://u:secret99@[::1/d", "cannot be read"},
		{"postgresql://u:secret99@[]/d", "cannot be read"},
		{"postgresql://u:secret99@[::1]x/d", "cannot be read"},
		{"postgresql://u:secret99@h/d?secret99", "cannot be read"},
		{"postgresql://u:secret99@h/d?nonsense=secret99",
			"PostgreSQL knows no parameter 'nonsense'"},
		{"postgresql://u:secret99@/d", "names no host"},
		{"postgresql://", "names no host"},
		{"postgresql:///d?password=secret99", "names no host"},
		{"postgresql://u:secret99@h:port/d", "port"},
		{"postgresql://u:secret99@h:0/d", "port"},
		{"postgresql://u:secret99@h:65536/d", "port"},
		{"postgresql://u:secret99@h:99999999999999/d", "port"},
		{"postgresql://u:secret99@a:1,b:x/d", "port"},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Reading r = read_url(&scratch, rows[i].url);
		check_that(rows[i].url, r.err.count == 1);
		const Fault *fault = r.err.first;
		check_that(rows[i].url, str_contains(fault->message, str_from(rows[i].message)));
		check_that(rows[i].url, !str_contains(fault->message, STR("secret99")) &&
						!str_contains(fault->hint, STR("secret99")));
		check_that(rows[i].url, is_registered(&r, rows[i].url));
	}
}

TEST(every_form_of_a_password_is_registered)
{
	static const struct {
		const char *url, *forms[2];
	} rows[] = {
		{"postgresql://u:tiger99@h/d", {"tiger99"}},
		{"postgresql://u:ti%40ger%2F9@h/d", {"ti%40ger%2F9", "ti@ger/9"}},
		{"postgresql://u:%74iger@h/d", {"%74iger", "tiger"}},
		{"postgresql://u:tig:er99@h/d", {"tig:er99"}},
		{"postgresql://u:t%C3%A4ger@h/d", {"t%C3%A4ger", "t\xC3\xA4ger"}},
		{"postgresql://u@h/d?password=ti%40ger", {"ti%40ger", "ti@ger"}},
		{"postgresql://u@h/d?sslmode=require&password=tiger99", {"tiger99"}},
		{"postgresql://u:tiger99@a,b/d", {"tiger99"}},
		{"postgresql://u:tiger99@[::1]:5432/d", {"tiger99"}},
		/* those that were not percent-encoded, as the manual demands */
		{"postgresql://u:tig@er99@h/d", {"tig@er99"}},
		{"postgresql://u:tig/er99@h/d", {"tig/er99"}},
		{"postgresql://u:tig?er99@h/d", {"tig?er99"}},
		{"postgresql://u:tig#er99@h/d", {"tig#er99"}},
		{"postgresql://u:tiger%9@h/d", {"tiger%9"}},
		{"postgresql://u:@@@@@h/d", {"@@@@"}},
		{"mysql://u:tiger99@h/d", {"tiger99"}},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Reading r = read_url(&scratch, rows[i].url);
		check_that(rows[i].url, is_registered(&r, rows[i].url));
		for (size_t k = 0; k < 2 && rows[i].forms[k]; k++)
			check_that(rows[i].forms[k], is_registered(&r, rows[i].forms[k]));
	}
}

/* libpq would look the rest of such a password up as a host, and show it. */
TEST(a_password_that_is_not_percent_encoded_is_not_taken_for_a_host)
{
	static const char *const rows[] = {"postgresql://u:tig@er99@h/d",
		"postgresql://u:tig/er99@h/d", "postgresql://u:1234/er99@h/d",
		"postgresql://u:a@b@c@h:5432/d"};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Reading r = read_url(&scratch, rows[i]);
		check_that(rows[i], !r.ok);
	}
}

TEST(a_password_that_cannot_be_masked_is_told)
{
	static const struct {
		const char *url;
		bool unmasked;
	} rows[] = {
		{"postgresql://u:abc@h/d", true},
		{"postgresql://u:postgres@h/d", true},
		{"postgresql://u:%61bc@h/d", true},
		{"postgresql://u@h/d?password=abc", true},
		{"postgresql://u:tiger99@h/d", false},
		{"postgresql://u@h/d", false},
		{"postgresql://u:@h/d", false},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Reading r = read_url(&scratch, rows[i].url);
		check_that(rows[i].url, r.inputs.unmasked == rows[i].unmasked);
	}
}

static const char pem[] = "-----BEGIN CERTIFICATE-----\n"
			  "MIIBaDCCAQ+gAwIBAgIUXcmq1nDqV8x5e4g2kqA0e7P6n1QwCgYIKoZIzj0EAwIw\n"
			  "-----END CERTIFICATE-----\n";

TEST(a_certificate_that_is_none_is_refused)
{
	ARENA_SCRATCH(scratch);
	Str folder = check_folder(&scratch);
	check_write(&scratch, folder, "key.pem",
		STR("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
	check_write(&scratch, folder, "empty.pem", STR(""));
	check_write(&scratch, folder, "broken.pem", str_from(pem));
	const char *const rows[] = {
		check_path(&scratch, folder, "key.pem"),
		check_path(&scratch, folder, "empty.pem"),
		check_path(&scratch, folder, "broken.pem"),
		check_path(&scratch, folder, "nothing.pem"),
		folder.ptr,
		"-----BEGIN CERTIFICATE-----",
		pem,
		"text",
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		Reading r =
			READ(&scratch, "push", url_variable, good_url, "INPUT_DB-CA-CERT", rows[i]);
		check_that(rows[i], r.err.count == 1);
		check_that(rows[i], str_starts(r.err.first->message, STR("db-ca-cert: ")));
	}
	check_remove(&scratch, folder);
}

TEST(events_decide_what_is_allowed)
{
	enum {
		OK,
		REFUSED,
		UNREAD
	};
	static const struct {
		const char *event, *mode;
		bool with_url;
		int result;
	} rows[] = {
		{"push", "push", true, OK},
		{"push", "push", false, REFUSED},
		{"push", "dry-run", true, OK},
		{"push", "dry-run", false, REFUSED},
		{"", "push", true, OK},
		{"", "dry-run", false, REFUSED},
		{"schedule", "push", true, OK},
		{"workflow_dispatch", "push", false, REFUSED},
		{"pull_request", "push", true, REFUSED},
		{"pull_request", "push", false, REFUSED},
		{"pull_request", "dry-run", true, OK},
		{"pull_request", "dry-run", false, UNREAD}, /* its repository was deleted */
		{"pull_request_target", "push", true, REFUSED},
		{"pull_request_target", "dry-run", true, UNREAD},
		{"pull_request_target", "dry-run", false, UNREAD},
		{"merge_group", "push", true, REFUSED},
		{"merge_group", "dry-run", true, OK},
		{"merge_group", "dry-run", false, REFUSED},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *label = str_format(&scratch, "%s, %s, %s", rows[i].event, rows[i].mode,
			rows[i].with_url ? "a URL" : "no URL")
					    .ptr;
		Reading r = READ(&scratch, rows[i].event, "INPUT_MODE", rows[i].mode, url_variable,
			rows[i].with_url ? good_url : " ");
		check_that(label, r.ok == (rows[i].result != REFUSED));
		check_that(label, !r.ok || r.inputs.database_wanted == (rows[i].result == OK));
	}
}

TEST(a_pull_request_goes_without_a_database_only_where_it_gets_no_secrets)
{
	static const struct {
		const char *repository, *actor;
		bool ok;
	} rows[] = {
		{"acme/shop", "alice", false},
		{"fork/shop", "alice", true},
		{"", "alice", true},
		{"acme/shop", "dependabot[bot]", true},
	};
	static const char *const inputs[] = {"INPUT_MODE", "dry-run", "INPUT_PROJECT-REF",
		"abcdefghijklmnopqrst", "INPUT_STAGING-GUARD", "error", NULL};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const Event event = {.name = STR("pull_request"),
			.repository = STR("acme/shop"),
			.pull_repository = str_from(rows[i].repository),
			.actor = str_from(rows[i].actor)};
		Reading r = read_inputs_of(&scratch, &event, inputs);
		check_that(rows[i].repository, r.ok == rows[i].ok);
		check_that(rows[i].repository, !r.ok || !r.inputs.database_wanted);
	}
}

TEST(a_staging_guard_that_was_asked_for_needs_a_staging_database)
{
	static const struct {
		const char *level, *staging;
		bool ok;
	} rows[] = {
		{"", "", true},
		{"auto", "", true},
		{"off", "", true},
		{"error", "", false},
		{"warn", " ", false},
		{"error", "postgresql://app@staging.example.com/shop", true},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Reading r = READ(&scratch, "push", url_variable, good_url, "INPUT_STAGING-GUARD",
			rows[i].level, "INPUT_STAGING-DB-URL", rows[i].staging);
		check_that(rows[i].level, r.ok == rows[i].ok);
	}
}

TEST(secrets_are_registered_also_when_the_run_is_refused)
{
	ARENA_SCRATCH(scratch);
	Reading r = READ(
		&scratch, "pull_request_target", "INPUT_MODE", "nonsense", url_variable, good_url);
	assert_false(r.ok);
	assert_true(is_registered(&r, good_url) && is_registered(&r, "tiger%40lily") &&
		    is_registered(&r, "tiger@lily"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(durations_have_a_unit),
		cmocka_unit_test(what_is_no_duration_is_refused),
		cmocka_unit_test(nothing_but_a_url_gives_the_defaults),
		cmocka_unit_test(every_input_is_read_trimmed_with_hyphens_or_underscores),
		cmocka_unit_test(the_runners_name_wins_over_the_shells),
		cmocka_unit_test(empty_and_blank_values_are_the_default),
		cmocka_unit_test(every_fault_is_in_one_report),
		cmocka_unit_test(a_wrong_value_is_shown_on_one_line_and_cut),
		cmocka_unit_test(urls_that_libpq_reads_are_taken),
		cmocka_unit_test(what_is_no_url_is_refused_without_showing_it),
		cmocka_unit_test(every_form_of_a_password_is_registered),
		cmocka_unit_test(a_password_that_is_not_percent_encoded_is_not_taken_for_a_host),
		cmocka_unit_test(a_password_that_cannot_be_masked_is_told),
		cmocka_unit_test(a_certificate_that_is_none_is_refused),
		cmocka_unit_test(events_decide_what_is_allowed),
		cmocka_unit_test(
			a_pull_request_goes_without_a_database_only_where_it_gets_no_secrets),
		cmocka_unit_test(a_staging_guard_that_was_asked_for_needs_a_staging_database),
		cmocka_unit_test(secrets_are_registered_also_when_the_run_is_refused),
	};
	return cmocka_run_group_tests_name("inputs", tests, NULL, NULL);
}
