/* api/supabase_place: which hosts are whose. */
#include "check.h"

#include "api/supabase_place.h"

TEST(an_api_has_its_domains)
{
	static const struct {
		const char *url, *project, *pooler;
	} rows[] = {
		{"https://api.supabase.com", "supabase.co", "supabase.com"},
		{"https://API.Supabase.com:8443/", "supabase.co", "supabase.com"},
		{"https://api.supabase.green", "supabase.red", "supabase.green"},
		{"https://cloudapi.snap.com", "snapcloud.dev", "snapcloud.co"},
		{"https://api.example.org", "example.org", "example.org"},
		{"https://supabase.internal.example.org", "internal.example.org",
			"internal.example.org"},
		{"http://localhost:8080", "localhost", "localhost"},
		{"https://example.org", "example.org", "example.org"},
		{"http://127.0.0.1:8080", "127.0.0.1", "127.0.0.1"},
		{"nonsense", "", ""},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		SupabasePlace place = supabase_place(&scratch, str_from(rows[i].url));
		check_row(rows[i].url, place.project_domain, str_from(rows[i].project));
		check_row(rows[i].url, place.pooler_domain, str_from(rows[i].pooler));
	}
}

TEST(a_look_alike_is_not_in_the_domain)
{
	static const struct {
		const char *host, *domain;
		bool in;
	} rows[] = {
		{"aws-0-eu-central-1.pooler.supabase.com", "supabase.com", true},
		{"AWS-0.pooler.SUPABASE.com", "supabase.com", true},
		{"supabase.com", "supabase.com", true},
		{"evilsupabase.com", "supabase.com", false},
		{"supabase.com.evil.org", "supabase.com", false},
		{"supabase.com.", "supabase.com", false},
		{"a,supabase.com", "supabase.com", false},
		{"127.0.0.1,aws-0.pooler.supabase.com", "supabase.com", false},
		{"/tmp/x.supabase.com", "supabase.com", false},
		{"@x.supabase.com", "supabase.com", false},
		{"127.0.0.1 x.supabase.com", "supabase.com", false},
		{"host=x.supabase.com", "supabase.com", false},
		{"", "supabase.com", false},
		{"anything", "", false},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		check_that(rows[i].host, supabase_host_is_in(str_from(rows[i].host),
						 str_from(rows[i].domain)) == rows[i].in);
}

TEST(the_roots_sign_for_production_only)
{
	assert_true(supabase_host_is_rooted(STR("db.abcdefghijklmnopqrst.supabase.co")));
	assert_true(supabase_host_is_rooted(STR("aws-1-us-east-1.pooler.supabase.com")));
	assert_false(supabase_host_is_rooted(STR("db.abcdefghijklmnopqrst.supabase.red")));
	assert_false(supabase_host_is_rooted(STR("localhost")));
	assert_false(supabase_host_is_rooted((Str){0}));
}

TEST(the_transaction_port_is_known_at_its_hosts)
{
	assert_true(supabase_is_transaction_port(
		STR("aws-0-eu-central-1.pooler.supabase.com"), STR("6543")));
	assert_true(supabase_is_transaction_port(
		STR("db.abcdefghijklmnopqrst.supabase.co"), STR("6543")));
	assert_false(supabase_is_transaction_port(
		STR("aws-0-eu-central-1.pooler.supabase.com"), STR("5432")));
	assert_false(supabase_is_transaction_port(
		STR("aws-0-eu-central-1.pooler.supabase.com"), (Str){0}));
	assert_false(supabase_is_transaction_port(STR("db.example.org"), STR("6543")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_api_has_its_domains),
		cmocka_unit_test(a_look_alike_is_not_in_the_domain),
		cmocka_unit_test(the_roots_sign_for_production_only),
		cmocka_unit_test(the_transaction_port_is_known_at_its_hosts),
	};
	return cmocka_run_group_tests_name("supabase_place", tests, NULL, NULL);
}
