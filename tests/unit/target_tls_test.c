/* target_tls: who has to prove what, case by case. */
#include "check.h"

#include "target/tls.h"

#define CA "the team's CA"
#define ROOTS "Supabase's roots"
#define BUNDLE "/etc/ssl/certs/ca-certificates.crt"

typedef struct Row {
	const char *label;
	TlsCase what;
	DbTls tls;
	const char *ca_cert;
	bool unverified;
} Row;

#define GIVEN(...)                                                                                 \
	{                                                                                          \
		__VA_ARGS__                                                                        \
	}

static const Row rows[] = {
	{"a plain URL is left alone", GIVEN(.roots = STR_INIT(ROOTS)), DB_TLS_OF_URL, "", false},
	{"a CA wants all", GIVEN(.ca_cert = STR_INIT(CA)), DB_TLS_VERIFY_FULL, CA, false},
	{"also for a project",
		GIVEN(.ca_cert = STR_INIT(CA), .project = true, .rooted = true,
			.roots = STR_INIT(ROOTS)),
		DB_TLS_VERIFY_FULL, CA, false},
	{"a project with roots", GIVEN(.project = true, .rooted = true, .roots = STR_INIT(ROOTS)),
		DB_TLS_VERIFY_FULL, ROOTS, false},
	{"a project without roots", GIVEN(.project = true, .rooted = true), DB_TLS_REQUIRE, "",
		true},
	{"a project elsewhere", GIVEN(.project = true, .roots = STR_INIT(ROOTS)), DB_TLS_REQUIRE,
		"", true},
	{"Supabase's URL with roots", GIVEN(.rooted = true, .roots = STR_INIT(ROOTS)),
		DB_TLS_VERIFY_FULL, ROOTS, false},
	{"Supabase's URL without roots", GIVEN(.rooted = true), DB_TLS_REQUIRE, "", true},
	{"sslmode=require is no wish for less",
		GIVEN(.rooted = true, .roots = STR_INIT(ROOTS), .url_mode = STR_INIT("require")),
		DB_TLS_VERIFY_FULL, ROOTS, false},
	{"sslmode=prefer neither",
		GIVEN(.rooted = true, .roots = STR_INIT(ROOTS), .url_mode = STR_INIT("prefer")),
		DB_TLS_VERIFY_FULL, ROOTS, false},
	{"sslmode=verify-ca is one",
		GIVEN(.rooted = true, .roots = STR_INIT(ROOTS), .url_mode = STR_INIT("verify-ca")),
		DB_TLS_VERIFY_CA, ROOTS, false},
	{"sslmode=disable is one, too",
		GIVEN(.rooted = true, .roots = STR_INIT(ROOTS), .url_mode = STR_INIT("disable")),
		DB_TLS_OF_URL, "", false},
	{"sslmode=verify-full fails closed without roots",
		GIVEN(.rooted = true, .url_mode = STR_INIT("verify-full")), DB_TLS_OF_URL, "",
		false},
	{"a URL's own authority",
		GIVEN(.rooted = true, .roots = STR_INIT(ROOTS), .url_roots = STR_INIT("mine.pem")),
		DB_TLS_VERIFY_FULL, "mine.pem", false},
	{"a URL's own authority, and no roots",
		GIVEN(.rooted = true, .url_mode = STR_INIT("require"),
			.url_roots = STR_INIT("mine.pem")),
		DB_TLS_VERIFY_FULL, "mine.pem", false},
	{"a URL's own authority, and its own wish",
		GIVEN(.rooted = true, .roots = STR_INIT(ROOTS), .url_mode = STR_INIT("verify-ca"),
			.url_roots = STR_INIT("mine.pem")),
		DB_TLS_VERIFY_CA, "mine.pem", false},
	{"db-ssl-mode with a URL's own authority",
		GIVEN(.mode = SSL_MODE_VERIFY_FULL, .url_roots = STR_INIT("mine.pem")),
		DB_TLS_VERIFY_FULL, "mine.pem", false},
	{"db-ca-cert before it",
		GIVEN(.mode = SSL_MODE_VERIFY_FULL, .ca_cert = STR_INIT(CA),
			.url_roots = STR_INIT("mine.pem")),
		DB_TLS_VERIFY_FULL, CA, false},
	{"require is a choice",
		GIVEN(.mode = SSL_MODE_REQUIRE, .project = true, .rooted = true,
			.roots = STR_INIT(ROOTS)),
		DB_TLS_REQUIRE, "", false},
	{"verify-ca with the roots",
		GIVEN(.mode = SSL_MODE_VERIFY_CA, .project = true, .rooted = true,
			.roots = STR_INIT(ROOTS)),
		DB_TLS_VERIFY_CA, ROOTS, false},
	{"verify-ca with a CA", GIVEN(.mode = SSL_MODE_VERIFY_CA, .ca_cert = STR_INIT(CA)),
		DB_TLS_VERIFY_CA, CA, false},
	{"verify-full elsewhere", GIVEN(.mode = SSL_MODE_VERIFY_FULL, .roots = STR_INIT(ROOTS)),
		DB_TLS_VERIFY_FULL, BUNDLE, false},
};

TEST(each_case_is_decided)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		TlsChoice choice = target_tls(&rows[i].what);
		check_that(rows[i].label, choice.tls == rows[i].tls);
		check_row(rows[i].label, choice.ca_cert, str_from(rows[i].ca_cert));
		check_that(rows[i].label, choice.unverified == rows[i].unverified);
	}
}

int main(void)
{
	unsetenv("SSL_CERT_FILE");
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_case_is_decided)};
	return cmocka_run_group_tests_name("target_tls", tests, NULL, NULL);
}
