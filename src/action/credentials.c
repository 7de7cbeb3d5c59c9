#include "action/credentials.h"

#include "wrap/http_text.h"

#include <string.h>

bool credentials_suffice(const Credentials *given)
{
	return given->db_url.len || (given->project_ref.len && given->access_token.len);
}

bool credentials_keep(const Credentials *given, Secrets *secrets)
{
	secret_add_forms(secrets, given->access_token);
	return !given->db_password.len || secret_add_forms(secrets, given->db_password);
}

static bool consists_of(Str s, const char *allowed)
{
	for (size_t i = 0; i < s.len; i++)
		if (!s.ptr[i] || !strchr(allowed, s.ptr[i]))
			return false;
	return true;
}

/* ^[a-z]{20}$: the CLI's rule, and the API description's. */
static bool is_project_ref(Str s)
{
	return s.len == 20 && consists_of(s, "abcdefghijklmnopqrstuvwxyz");
}

/* ^sbp_(oauth_|v0_)?[a-f0-9]{40}$: the CLI's rule. */
static bool is_access_token(Str s)
{
	static const Str marks[] = {STR_INIT("oauth_"), STR_INIT("v0_")};
	if (!str_starts(s, STR("sbp_")))
		return false;
	s = str_skip(s, 4);
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_starts(s, marks[i])) {
			s = str_skip(s, marks[i].len);
			break;
		}
	return s.len == 40 && consists_of(s, "0123456789abcdef");
}

/* https, or http to this machine: the token travels with every request. */
static bool is_api_url(Str text)
{
	HttpUrl url;
	return http_url(text, &url) && (url.encrypted || http_is_loopback(url.host)) &&
	       !str_contains(text, STR("?")) && !str_contains(text, STR("#"));
}

/* The values are not shown: what is in the wrong input may be a secret. */
static void check_formats(const Credentials *given, Err *err)
{
	if (given->project_ref.len && !is_project_ref(given->project_ref))
		err_add(err, ERR_INPUT, "project-ref: it is not a project's reference")->hint =
			STR("it has 20 lower-case letters, such as abcdefghijklmnopqrst: "
			    "Project settings, General; a preview branch has its own");
	if (given->access_token.len && !is_access_token(given->access_token))
		err_add(err, ERR_INPUT, "access-token: it is not a Supabase access token")->hint =
			STR("it is sbp_ and 40 hexadecimal digits in lower case; the keys of a "
			    "project (anon, service_role, sb_secret_…) are something else");
	if (!is_api_url(given->api_url))
		err_add(err, ERR_INPUT, "api-url: it is not an https:// URL")->hint =
			STR("without user, query and fragment; http:// is for this machine only");
}

void credentials_check(const Credentials *given, Err *err)
{
	check_formats(given, err);
	if (given->project_ref.len && given->db_url.len)
		err_add(err, ERR_INPUT, "project-ref: db-url is given, too")->hint =
			STR("exactly one of the two names the target");
	if (given->db_password.len && given->db_url.len)
		err_add(err, ERR_INPUT, "db-password: it belongs to project-ref")->hint =
			STR("db-url holds its password itself");
	if (given->ssl_mode == SSL_MODE_REQUIRE && given->db_ca_cert.len)
		err_add(err, ERR_INPUT,
			"db-ssl-mode: require verifies nobody, and db-ca-cert is given")
			->hint = STR("take one of the two away");
}

void credentials_check_staging(const Credentials *given, Err *err)
{
	if (given->project_ref.len && !is_project_ref(given->project_ref))
		err_add(err, ERR_INPUT, "staging-project-ref: it is not a project's reference")
			->hint = STR("it has 20 lower-case letters, such as abcdefghijklmnopqrst");
	if (given->project_ref.len && given->db_url.len)
		err_add(err, ERR_INPUT, "staging-project-ref: staging-db-url is given, too")->hint =
			STR("exactly one of the two names the staging database");
	if (given->project_ref.len && !given->access_token.len)
		err_add(err, ERR_INPUT, "access-token: staging-project-ref needs it");
	if (given->db_password.len && !given->project_ref.len && !given->db_url.len)
		err_add(err, ERR_INPUT, "staging-db-password: no staging database is named")->hint =
			STR("give staging-project-ref or staging-db-url, too");
}

void credentials_add_missing(const Credentials *given, bool in_workflow, Err *err)
{
	Str hint = in_workflow ? STR("is the secret set for this repository and environment?")
			       : STR("for the database of `supabase start` that is "
				     "--db-url=postgresql://postgres:postgres@127.0.0.1:54322/"
				     "postgres; for a project --project-ref=…, with its token in "
				     "INPUT_ACCESS_TOKEN");
	if (given->project_ref.len)
		err_add(err, ERR_INPUT, "access-token: it is missing or empty")->hint = hint;
	else if (given->access_token.len || given->db_password.len)
		err_add(err, ERR_INPUT, "project-ref: it is missing or empty")->hint = hint;
	else
		err_add(err, ERR_INPUT,
			"project-ref and db-url: both are missing or empty, "
			"and one of them names the target")
			->hint = hint;
}
