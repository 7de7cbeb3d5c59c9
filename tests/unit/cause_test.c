/* base/sqlstate, base/cause and wrap/db_refusal: what a refusal means, by its SQLSTATE and by its
 * words. */
#include "check.h"

#include "base/sqlstate.h"
#include "wrap/db_refusal.h"

TEST(a_code_has_a_name_and_a_cause)
{
	assert_int_equal(sqlstate_read(STR("55P03")), SQLSTATE_LOCK_NOT_AVAILABLE);
	assert_int_equal(sqlstate_read(STR("22000")), SQLSTATE_OTHER);
	assert_int_equal(sqlstate_read((Str){0}), SQLSTATE_OTHER);
	assert_true(sqlstate_is(STR("42P01"), SQLSTATE_UNDEFINED_TABLE));
	assert_false(sqlstate_is((Str){0}, SQLSTATE_OTHER));
	assert_int_equal(sqlstate_cause(STR("40P01")), CAUSE_DEADLOCK);
	assert_int_equal(sqlstate_cause(STR("28006")), CAUSE_LOGIN);
	assert_int_equal(sqlstate_cause(STR("22012")), CAUSE_NONE);
	assert_true(cause_has(CAUSE_LOCK_TIMEOUT, CAUSE_IS_LOCK));
	assert_false(cause_has(CAUSE_STATEMENT_TIMEOUT, CAUSE_PASSES));
	assert_false(cause_has(CAUSE_NONE, CAUSE_PASSES));
	check_str(cause_hint(CAUSE_NONE), (Str){0});
}

TEST(who_has_cancelled_a_statement_is_told_apart)
{
	assert_int_equal(db_statement_cause(
				 STR("57014"), STR("canceling statement due to statement timeout")),
		CAUSE_STATEMENT_TIMEOUT);
	assert_int_equal(
		db_statement_cause(STR("57014"), STR("canceling statement due to user request")),
		CAUSE_CANCELED);
	assert_int_equal(db_statement_cause(STR("P0001"), STR("no statement timeout")), CAUSE_NONE);
}

TEST(a_login_fails_for_one_cause)
{
	static const struct {
		const char *message, *sqlstate;
		Cause cause;
	} rows[] = {
		{"password authentication failed for user \"u\"", "28P01", CAUSE_PASSWORD},
		{"Wrong password", "08P01", CAUSE_PASSWORD},
		{"SASL authentication failed", "08P01", CAUSE_PASSWORD},
		{"fe_sendauth: no password supplied", "", CAUSE_NO_PASSWORD},
		{"role \"u\" is not permitted to log in", "28000", CAUSE_LOGIN},
		{"no pg_hba.conf entry for host", "28000", CAUSE_HBA},
		{"database \"d\" does not exist", "3D000", CAUSE_NO_DATABASE},
		{"SSL error: certificate verify failed", "", CAUSE_CERTIFICATE},
		{"server certificate for \"a\" does not match host name \"b\"", "",
			CAUSE_CERTIFICATE_NAME},
		{"root certificate file \"x\" does not exist", "", CAUSE_AUTHORITIES},
		{"connection requires a valid client certificate", "28000", CAUSE_LOGIN},
		{"server does not support SSL, but SSL was required", "", CAUSE_NO_TLS},
		{"authentication method requirement \"scram-sha-256,md5\" failed", "",
			CAUSE_CLEAR_PASSWORD},
		{"could not translate host name \"x\" to address", "", CAUSE_HOST_UNKNOWN},
		{"connection to server failed: Connection refused", "", CAUSE_PORT_CLOSED},
		{"connection to server failed: Network is unreachable", "", CAUSE_UNREACHABLE},
		{"connection to server failed: Host is unreachable", "", CAUSE_NO_ROUTE},
		{"Connection refused", "XX000", CAUSE_NONE},
		{"(ECIRCUITBREAKER) too many", "XX000", CAUSE_BANNED},
		{"Tenant or user not found", "XX000", CAUSE_TENANT},
		{"sorry, too many clients already", "53300", CAUSE_CONNECTIONS},
		{"anything else", "", CAUSE_NONE},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		check_that(rows[i].message, db_connect_cause(str_from(rows[i].message),
						    str_from(rows[i].sqlstate)) == rows[i].cause);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_has_a_name_and_a_cause),
		cmocka_unit_test(who_has_cancelled_a_statement_is_told_apart),
		cmocka_unit_test(a_login_fails_for_one_cause),
	};
	return cmocka_run_group_tests_name("cause", tests, NULL, NULL);
}
