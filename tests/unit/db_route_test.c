/* wrap/db_route: which hosts get addresses, and what is left to libpq. */
#include "check.h"

#include "wrap/db_route.h"

TEST(what_needs_no_help_is_left_to_libpq)
{
	static const char *const hosts[] = {"", "127.0.0.1", "::1", "localhost", "LocalHost.",
		"x.localhost", "127.0.0.1,x.localhost", "/tmp", "@socket", "a.invalid,/tmp", "a b",
		"x%20y", "b\xC3\xBC.invalid"};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(hosts); i++) {
		DbRoute route = {0};
		Err err = {.arena = &scratch};
		check_that(
			hosts[i], db_route_find(&scratch, (DbHosts){str_from(hosts[i]), STR("1")},
					  deadline_in(2000), &route, &err));
		check_that(hosts[i], route.hops.count == 0 && err.count == 0);
	}
}

TEST(each_host_has_its_port)
{
	static const struct {
		const char *hosts, *ports, *found_hosts, *found_ports;
	} rows[] = {
		{"127.0.0.1,::1", "", "127.0.0.1,::1", "5432,5432"},
		{"127.0.0.1,::1", ",", "127.0.0.1,::1", "5432,5432"},
		{"127.0.0.1,::1", "7", "127.0.0.1,::1", "7,7"},
		{"127.0.0.1,::1", "7,8", "127.0.0.1,::1", "7,8"},
		{"127.0.0.1,::1", ",8", "127.0.0.1,::1", "5432,8"},
		{"nobody.invalid,127.0.0.1", "7,8", "127.0.0.1", "8"},
		{"127.0.0.1,::1", "7,8,9", "", ""},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		DbRoute route = {0};
		Err err = {.arena = &scratch};
		const DbHosts hosts = {str_from(rows[i].hosts), str_from(rows[i].ports)};
		assert_true(db_route_find(&scratch, hosts, deadline_in(5000), &route, &err));
		check_str(db_route_list(&scratch, &route, DB_COLUMN_HOST),
			str_from(rows[i].found_hosts));
		check_str(db_route_list(&scratch, &route, DB_COLUMN_ADDRESS),
			str_from(rows[i].found_hosts));
		check_str(db_route_list(&scratch, &route, DB_COLUMN_PORT),
			str_from(rows[i].found_ports));
	}
}

TEST(an_address_is_left_out_with_its_port)
{
	ARENA_SCRATCH(scratch);
	DbRoute route = {0};
	Err err = {.arena = &scratch};
	const DbHosts hosts = {STR("127.0.0.1,127.0.0.1,::1"), STR("1,2,1")};
	assert_true(db_route_find(&scratch, hosts, deadline_in(2000), &route, &err));
	db_route_drop(&route, STR("127.0.0.1"), STR("1"));
	check_str(db_route_list(&scratch, &route, DB_COLUMN_ADDRESS), STR("127.0.0.1,::1"));
	check_str(db_route_list(&scratch, &route, DB_COLUMN_PORT), STR("2,1"));
	db_route_drop(&route, STR("127.0.0.9"), STR("1"));
	assert_int_equal(route.hops.count, 2);
}

TEST(a_name_without_an_address_is_a_fault)
{
	ARENA_SCRATCH(scratch);
	DbRoute route = {0};
	Err err = {.arena = &scratch};
	const DbHosts hosts = {.names = STR("nobody.invalid")};
	assert_false(db_route_find(&scratch, hosts, deadline_in(5000), &route, &err));
	assert_int_equal(err_kind(&err), ERR_CONNECT);
	assert_true(str_contains(err.last->message,
		STR("could not translate host name \"nobody.invalid\" to address")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_needs_no_help_is_left_to_libpq),
		cmocka_unit_test(each_host_has_its_port),
		cmocka_unit_test(an_address_is_left_out_with_its_port),
		cmocka_unit_test(a_name_without_an_address_is_a_fault),
	};
	return cmocka_run_group_tests_name("db_route", tests, NULL, NULL);
}
