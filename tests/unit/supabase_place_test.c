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
		{"supabase.com.", "supabase.com", true},
		{"x.supabase.com.", "supabase.com", true},
		{"supabase.com..", "supabase.com", false},
		{".", "supabase.com", false},
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

TEST(a_list_is_rooted_if_one_of_it_is)
{
	assert_true(supabase_host_is_rooted(STR("localhost,db.abcdefghijklmnopqrst.supabase.co")));
	assert_true(supabase_host_is_rooted(STR("DB.abcdefghijklmnopqrst.Supabase.co.,localhost")));
	assert_false(supabase_host_is_rooted(STR("localhost,127.0.0.1")));
}

TEST(the_transaction_port_is_known_at_its_hosts)
{
#define POOLER "aws-0-eu-central-1.pooler.supabase.com"
#define OTHER "db.example.org"
	static const struct {
		const char *hosts, *ports, *found;
	} rows[] = {
		{POOLER, "6543", POOLER},
		{POOLER, "06543", POOLER},
		{POOLER ".", "6543", POOLER "."},
		{"db.abcdefghijklmnopqrst.supabase.co", "6543",
			"db.abcdefghijklmnopqrst.supabase.co"},
		{POOLER "," POOLER, "6543", POOLER},
		{OTHER "," POOLER, "6543", POOLER},
		{OTHER "," POOLER, "5432,6543", POOLER},
		{OTHER "," POOLER, ",6543", POOLER},
		{POOLER "," OTHER, "6543,", POOLER},
		{OTHER "," POOLER, "6543,5432", ""},
		{OTHER "," POOLER, "6543,", ""},
		{POOLER, "5432", ""},
		{POOLER, "", ""},
		{POOLER, "65430", ""},
		{OTHER, "6543", ""},
		{"", "6543", ""},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(rows[i].hosts,
			supabase_transaction_host(str_from(rows[i].hosts), str_from(rows[i].ports)),
			str_from(rows[i].found));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_api_has_its_domains),
		cmocka_unit_test(a_look_alike_is_not_in_the_domain),
		cmocka_unit_test(the_roots_sign_for_production_only),
		cmocka_unit_test(a_list_is_rooted_if_one_of_it_is),
		cmocka_unit_test(the_transaction_port_is_known_at_its_hosts),
	};
	return cmocka_run_group_tests_name("supabase_place", tests, NULL, NULL);
}
