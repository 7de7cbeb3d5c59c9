#include "server/api_limits.h"

enum {
	API_WAIT_MS = 3000,
	COLUMNS = 3 /* role, setting, value */
};

Str api_limits_question(void)
{
	return STR("SELECT DISTINCT ON (r.rolname, c.part[1]) r.rolname, c.part[1], c.part[2] "
		   "FROM pg_catalog.pg_db_role_setting s "
		   "JOIN pg_catalog.pg_roles r ON r.oid = s.setrole, "
		   "pg_catalog.unnest(s.setconfig) AS setting, "
		   "pg_catalog.regexp_match(setting, '^(statement_timeout|lock_timeout)=(.*)$') "
		   "AS c(part) "
		   "WHERE r.rolname IN ('anon', 'authenticated', 'authenticator') "
		   "AND c.part IS NOT NULL AND s.setdatabase IN (0, (SELECT oid "
		   "FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())) "
		   "ORDER BY r.rolname, c.part[1], s.setdatabase DESC");
}

int64_t api_limits_parse(Str value)
{
	static const struct {
		Str unit;
		int64_t ms;
	} units[] = {{STR_INIT(""), 1}, {STR_INIT("ms"), 1}, {STR_INIT("s"), 1000},
		{STR_INIT("min"), 60000}, {STR_INIT("h"), 3600000}, {STR_INIT("d"), 86400000}};
	enum {
		DIGITS_MAX = 9
	};
	int64_t number = 0;
	size_t digits = 0;
	while (digits < value.len && digits < DIGITS_MAX && value.ptr[digits] >= '0' &&
		value.ptr[digits] <= '9')
		number = number * 10 + (value.ptr[digits++] - '0');
	Str unit = str_trim(str_skip(value, digits));
	for (size_t i = 0; digits && i < sizeof units / sizeof *units; i++)
		if (str_equal(unit, units[i].unit))
			return number * units[i].ms;
	return 0;
}

ApiWait api_limits_wait(Arena *arena, const Rows *rows)
{
	ApiWait patience = {.ms = API_WAIT_MS, .of = STR("what an API's reader puts up with")};
	bool found = false;
	for (size_t i = 0; i < rows->count; i++) {
		const Str *cells = &rows->cells[i * COLUMNS];
		int64_t ms = api_limits_parse(cells[2]);
		if (ms <= 0 || (found && ms >= patience.ms))
			continue;
		found = true;
		patience.ms = ms;
		patience.of = str_format(
			arena, "the %.*s of role %.*s", STR_ARG(cells[1]), STR_ARG(cells[0]));
	}
	return patience;
}

int64_t api_limits_statement(const Rows *rows, Str role)
{
	for (size_t i = 0; i < rows->count; i++) {
		const Str *cells = &rows->cells[i * COLUMNS];
		if (str_equal(cells[0], role) && str_equal(cells[1], STR("statement_timeout")))
			return api_limits_parse(cells[2]);
	}
	return 0;
}
