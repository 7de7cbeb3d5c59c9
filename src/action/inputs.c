#define _GNU_SOURCE /* environ */
#include "action/inputs.h"

#include "action/event.h"
#include "action/given_url.h"
#include "action/input_names.h"
#include "base/file.h"
#include "wrap/crypto.h"

#include <stdlib.h>
#include <unistd.h>

enum {
	CA_CERT_MAX = 1 << 20
};

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static Str upper_case(Arena *arena, Str s)
{
	char *z = str_z(arena, s);
	for (size_t i = 0; i < s.len; i++)
		z[i] = upper(z[i]);
	return (Str){z, s.len};
}

/* Where values come from: the command line before the environment. */
typedef struct Reading {
	Arena *arena;
	const CommandLine *line;
} Reading;

/* The runner's name of an input's variable; `hyphen` is what its hyphens become. */
static const char *variable(Arena *arena, const char *id, char hyphen)
{
	Str name = str_format(arena, "INPUT_%s", id);
	char *z = str_z(arena, name);
	for (size_t i = 0; i < name.len; i++)
		z[i] = z[i] == '-' ? hyphen : upper(z[i]);
	return getenv(z);
}

/* As it is given, trimmed; empty if it is not. */
static Str given_value(const Reading *from, const char *id)
{
	const Str *argument = command_line_value(from->line, str_from(id));
	if (argument)
		return str_trim(*argument);
	const char *raw = variable(from->arena, id, '-');
	if (!raw)
		raw = variable(from->arena, id, '_');
	return str_trim(str_from(raw));
}

static Str value_of(const Reading *from, const char *id, const char *fallback)
{
	Str value = given_value(from, id), otherwise = str_from(fallback);
	bool is_expression = str_starts(otherwise, STR("${{"));
	return value.len || is_expression ? value : otherwise;
}

static void fault(Err *err, const char *id, Str value, const char *expected)
{
	Str shown = str_visible(err->arena, str_head(value, 80));
	err_add(err, ERR_INPUT, "%s: '%.*s' is not %s", id, STR_ARG(shown), expected);
}

static size_t read_choice(
	const Reading *from, const char *id, const char *fallback, const char *choices, Err *err)
{
	Str value = value_of(from, id, fallback), rest = str_from(choices), choice;
	for (size_t i = 0; str_next(&rest, '|', &choice); i++)
		if (str_equal(value, choice))
			return i;
	fault(err, id, value, str_z(err->arena, str_format(err->arena, "one of %s", choices)));
	return 0;
}

/* list-files is lower-cased by paths-filter. */
static size_t read_word(
	const Reading *from, const char *id, const char *fallback, const char *choices, Err *err)
{
	Str value = upper_case(from->arena, value_of(from, id, fallback)), rest = str_from(choices),
	    choice;
	for (size_t i = 0; str_next(&rest, '|', &choice); i++)
		if (str_equal(value, upper_case(from->arena, choice)))
			return i;
	return read_choice(from, id, fallback, choices, err);
}

/* The spellings that the runner's toolkit accepts (YAML 1.2, core schema). */
static bool read_flag(const Reading *from, const char *id, const char *fallback, Err *err)
{
	Str value = value_of(from, id, fallback);
	if (str_equal(value, STR("true")) || str_equal(value, STR("True")) ||
		str_equal(value, STR("TRUE")))
		return true;
	if (!str_equal(value, STR("false")) && !str_equal(value, STR("False")) &&
		!str_equal(value, STR("FALSE")))
		fault(err, id, value, "true or false");
	return false;
}

bool inputs_duration(Str text, int64_t *ms)
{
	static const struct {
		Str unit;
		int64_t ms;
	} units[] = {{STR_INIT("ms"), 1}, {STR_INIT("s"), 1000}, {STR_INIT("m"), 60000},
		{STR_INIT("h"), 3600000}};
	enum {
		DIGITS_MAX = 9
	};
	int64_t number = 0;
	size_t digits = 0;
	while (digits < text.len && digits <= DIGITS_MAX && text.ptr[digits] >= '0' &&
		text.ptr[digits] <= '9')
		number = number * 10 + (text.ptr[digits++] - '0');
	*ms = 0;
	if (digits == 0 || digits > DIGITS_MAX)
		return false;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (str_equal(str_skip(text, digits), units[i].unit)) {
			*ms = number * units[i].ms;
			return *ms <= INT32_MAX; /* PostgreSQL keeps its timeouts in an int */
		}
	return number == 0 && digits == text.len;
}

static int64_t read_duration(const Reading *from, const char *id, const char *fallback, Err *err)
{
	Str value = value_of(from, id, fallback);
	int64_t ms = 0;
	if (!inputs_duration(value, &ms))
		fault(err, id, value, "a duration such as 500ms, 2s, 5m, 1h or 0");
	return ms;
}

static size_t read_number(const Reading *from, const char *id, const char *fallback, Err *err)
{
	enum {
		DIGITS_MAX = 6
	};
	Str value = value_of(from, id, fallback);
	size_t number = 0, digits = 0;
	while (digits < value.len && value.ptr[digits] >= '0' && value.ptr[digits] <= '9')
		number = number * 10 + (size_t)(value.ptr[digits++] - '0');
	if (digits == value.len && digits > 0 && digits <= DIGITS_MAX)
		return number;
	fault(err, id, value, "a number from 0 to 999999");
	return 0;
}

/* The URL as it is connected to; empty if none is given. */
static Str take_url(Arena *arena, GivenUrl url, Inputs *inputs, Secrets *secrets, Err *err)
{
	Str ignored = given_url_ignored(arena, &url);
	if (!url.text.len)
		return url.text;
	bool is_kept = given_url_keep(&url, secrets);
	inputs->unmasked |= !is_kept && !given_url_is_here(&url);
	given_url_check(&url, inputs->db_ca_cert, err);
	if (ignored.len)
		*vec_add(arena, &inputs->notes) = ignored;
	return url.parameters.clean;
}

/* What is true of the target's credentials is true of these, by their own names. */
static void check_staging(Arena *arena, Inputs *inputs, Secrets *secrets, Err *err)
{
	const GivenUrl given = given_url_read(arena, "staging-db-url", inputs->staging_db_url);
	Str url = take_url(arena, given, inputs, secrets, err);
	inputs->staging = (Credentials){inputs->staging_project_ref, inputs->access_token,
		inputs->staging_db_password, url, inputs->db_ca_cert, inputs->api_url,
		(SslMode)inputs->db_ssl_mode};
	inputs->unmasked |= !credentials_keep(&inputs->staging, secrets);
	credentials_check_staging(&inputs->staging, err);
	if (inputs->staging_project_ref.len &&
		str_equal(inputs->staging_project_ref, inputs->project_ref))
		err_add(err, ERR_INPUT, "staging-project-ref: it is the target itself")->hint =
			STR("in the job that pushes to staging, leave it out");
	if (url.len && str_equal(url, inputs->credentials.db_url))
		err_add(err, ERR_INPUT, "staging-db-url: it is the target itself")->hint =
			STR("in the job that pushes to staging, leave it out");
}

static void check_scratch(Arena *arena, Inputs *inputs, Secrets *secrets, Err *err)
{
	enum {
		SCRATCH = 2 /* of the input's choices */
	};
	const GivenUrl given = given_url_read(arena, "rehearsal-db-url", inputs->rehearsal_db_url);
	Str url = take_url(arena, given, inputs, secrets, err);
	inputs->scratch = (Credentials){.db_url = url, .api_url = inputs->api_url};
	if (inputs->rehearse == SCRATCH && !url.len)
		err_add(err, ERR_INPUT, "rehearsal-db-url: it is missing or empty")->hint =
			STR("rehearse: scratch needs a server that may be thrown away");
	if (url.len && (str_equal(url, inputs->credentials.db_url) ||
			       str_equal(url, inputs->staging.db_url)))
		err_add(err, ERR_INPUT, "rehearsal-db-url: it is the target itself, or staging")
			->hint = STR("rehearse: target rehearses on the target, and rolls back");
}

/* A digest is compared as it was printed. */
static void check_expect_plan(const Inputs *inputs, Err *err)
{
	enum {
		DIGITS = 64
	};
	Str plan = inputs->expect_plan;
	size_t digits = 0;
	while (digits < plan.len && ((plan.ptr[digits] >= '0' && plan.ptr[digits] <= '9') ||
					    (plan.ptr[digits] >= 'a' && plan.ptr[digits] <= 'f')))
		digits++;
	if (plan.len && (digits != plan.len || digits != DIGITS))
		fault(err, "expect-plan", plan, "a plan digest: 64 digits of 0-9 and a-f");
}

/* A person repairs a history, and looks at what that comes to. */
static void check_repair(const Inputs *inputs, Err *err)
{
	bool repairs = inputs->mode == MODE_REPAIR;
	if (repairs && !str_equal(inputs->event->name, STR("workflow_dispatch")))
		err_add(err, ERR_INPUT, "mode: repair runs by workflow_dispatch alone")->hint =
			STR("give it a workflow of its own, with `on: workflow_dispatch`");
	if (!repairs && inputs->repair.len)
		err_add(err, ERR_INPUT, "repair: it needs mode: repair");
}

/* What can never be there is a mistake of the workflow, and no refusal of a push. */
static void check_restore_point(const Inputs *inputs, Err *err)
{
	if (inputs->restore_point != RESTORE_POINT_REQUIRE || inputs->project_ref.len ||
		!inputs->db_url.len)
		return;
	err_add(err, ERR_INPUT,
		"restore-point: require needs project-ref: a database that db-url names has no "
		"restore point that this program can make")
		->hint = STR("take a backup in a step before this one, or leave restore-point out");
}

static void check_ca_cert(Arena *arena, Str ca_cert, Err *err)
{
	Str content = ca_cert, reason;
	bool is_text = str_contains(ca_cert, STR("-----BEGIN"));
	if (!ca_cert.len)
		return;
	if (!is_text && !file_read(arena, ca_cert, CA_CERT_MAX, &content, &reason))
		err_add(err, ERR_INPUT, "db-ca-cert: neither PEM text nor a readable file: %.*s",
			STR_ARG(reason));
	else if (crypto_count_certificates(content) == 0)
		err_add(err, ERR_INPUT, "db-ca-cert: there is no PEM certificate in it");
}

/* A proposal is not pushed, and a fork's head gets no push of anybody's. */
static void refuse_push(const Event *event, Err *err)
{
	Str name = event->name;
	bool is_run = str_equal(name, STR("workflow_run"));
	bool is_comment = str_equal(name, STR("issue_comment"));
	err_add(err, ERR_INPUT, "mode: push is refused on %.*s%s", STR_ARG(name),
		is_run       ? " of a fork's run"
		: is_comment ? " of a pull request"
			     : "")
		->hint =
		is_run ? STR("give the job `if: github.event.workflow_run.head_repository."
			     "full_name == github.repository`")
		       : STR("use mode: dry-run here, and push when the change is merged; with "
			     "rehearse: scratch and rehearsal-db-url the migrations really run, on "
			     "a throw-away server");
}

bool inputs_ask_drift(const Inputs *inputs)
{
	return inputs->drift == LEVEL_OF_ERROR || inputs->drift == LEVEL_OF_WARN;
}

bool inputs_writes(const Inputs *inputs)
{
	return inputs->mode == MODE_PUSH ||
	       (inputs->mode == MODE_REPAIR && inputs->expect_plan.len);
}

/* A pull request (or merge group) that is compared with staging alone. Elsewhere, or with any trace
 * of a target, the target has been forgotten. */
static bool is_promotion(const Event *event, const Inputs *inputs)
{
	bool proposes = event_is_pull(event->name) || str_equal(event->name, STR("merge_group"));
	return inputs->mode == MODE_DRY_RUN && proposes && !inputs->project_ref.len &&
	       !inputs->db_url.len && !inputs->db_password.len && !inputs->expect_plan.len &&
	       inputs->staging_guard != LEVEL_OF_OFF && credentials_suffice(&inputs->staging);
}

/* What an event allows: a pull request's SQL is not trusted yet, and some events would run a fork's
 * with the base branch's secrets. Where there are secrets, one that is missing is a mistake: a
 * check that compares nothing would pass for ever. */
static void check_event(const Event *event, Inputs *inputs, Err *err)
{
	Str name = event->name;
	bool lends = event_lends_secrets(event);
	bool proposal = lends || event_is_pull(name) || str_equal(name, STR("merge_group"));
	inputs->database_wanted = inputs->mode != MODE_DETECT;
	if (inputs->mode == MODE_DETECT)
		return;
	bool suffices = credentials_suffice(&inputs->credentials);
	if (inputs_writes(inputs) && proposal)
		refuse_push(event, err);
	else if (!lends && is_promotion(event, inputs))
		inputs->promotes = true;
	else if (lends || (!inputs_writes(inputs) && !suffices && !event_has_secrets(event)))
		inputs->database_wanted = false;
	else if (!suffices)
		credentials_add_missing(&inputs->credentials, inputs->runner->is_github, err);
}

/* A comparison is with something, and with one thing. */
static void check_compare(const Inputs *inputs, Err *err)
{
	const Credentials *staging = &inputs->staging;
	bool has_staging = staging->project_ref.len || staging->db_url.len;
	bool has_scratch = inputs->scratch.db_url.len > 0;
	if (!inputs->database_wanted || inputs->mode != MODE_COMPARE || has_staging != has_scratch)
		return;
	if (has_staging)
		err_add(err, ERR_INPUT,
			"mode: compare: it compares with staging or, with rehearsal-db-url, with "
			"what the repository's migrations make, and not with both")
			->hint = STR("make two steps of it");
	else
		err_add(err, ERR_INPUT,
			"mode: compare: it needs staging-project-ref or staging-db-url, or "
			"rehearsal-db-url, and all are missing or empty")
			->hint = STR("is the secret set for this repository and environment?");
}

static void check_drift(const Inputs *inputs, Err *err)
{
	const Credentials *staging = &inputs->staging;
	bool asked = inputs->drift == LEVEL_OF_ERROR || inputs->drift == LEVEL_OF_WARN;
	if (!asked || !inputs->database_wanted || inputs->mode == MODE_COMPARE ||
		staging->project_ref.len || staging->db_url.len)
		return;
	err_add(err, ERR_INPUT,
		"drift: it needs staging-project-ref or staging-db-url, and both are missing or "
		"empty")
		->hint = STR("is the secret set for this repository and environment?");
}

/* A guard that was asked for does not switch itself off because a secret is missing. */
static void check_staging_guard(const Inputs *inputs, Err *err)
{
	const Credentials *staging = &inputs->staging;
	bool wanted =
		inputs->staging_guard == LEVEL_OF_ERROR || inputs->staging_guard == LEVEL_OF_WARN;
	if (!wanted || !inputs->database_wanted || staging->project_ref.len || staging->db_url.len)
		return;
	err_add(err, ERR_INPUT,
		"staging-guard: it needs staging-project-ref or staging-db-url, "
		"and both are missing or empty")
		->hint = STR("is the secret set for this repository and environment?");
}

bool inputs_read(Arena *arena, const Event *event, Inputs *out, Secrets *secrets, Err *err)
{
	size_t before = err->count;
	const Reading from = {arena, out->line};
#define INPUT_CHOICE(field, id, fallback, choices, description)                                    \
	out->field = read_choice(&from, id, fallback, choices, err);
#define INPUT_WORD(field, id, fallback, choices, description)                                      \
	out->field = read_word(&from, id, fallback, choices, err);
#define INPUT_TEXT(field, id, fallback, description) out->field = value_of(&from, id, fallback);
#define INPUT_FLAG(field, id, fallback, description)                                               \
	out->field = read_flag(&from, id, fallback, err);
#define INPUT_NUMBER(field, id, fallback, description)                                             \
	out->field = read_number(&from, id, fallback, err);
#define INPUT_DURATION(field, id, fallback, description)                                           \
	out->field = read_duration(&from, id, fallback, err);
#include "action/inputs.def"
#undef INPUT_CHOICE
#undef INPUT_WORD
#undef INPUT_TEXT
#undef INPUT_FLAG
#undef INPUT_NUMBER
#undef INPUT_DURATION
	if (!out->runner->is_github && !given_value(&from, "mode").len)
		out->mode = MODE_DRY_RUN; /* a person names a push */
	const GivenUrl given = given_url_read(arena, "db-url", out->db_url);
	out->event = event;
	Str url = take_url(arena, given, out, secrets, err);
	if (out->token.len)
		secret_add_token(secrets, out->token);
	out->credentials = (Credentials){out->project_ref, out->access_token, out->db_password, url,
		out->db_ca_cert, out->api_url, (SslMode)out->db_ssl_mode};
	out->unmasked |= !credentials_keep(&out->credentials, secrets);
	credentials_check(&out->credentials, err);
	check_staging(arena, out, secrets, err);
	check_scratch(arena, out, secrets, err);
	check_expect_plan(out, err);
	check_repair(out, err);
	check_restore_point(out, err);
	check_ca_cert(arena, out->db_ca_cert, err);
	check_event(event, out, err);
	check_staging_guard(out, err);
	check_compare(out, err);
	check_drift(out, err);
	input_names_check(environ, err);
	return err->count == before;
}
