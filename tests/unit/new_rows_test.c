/* The rows of INSERT … VALUES, as far as they are constants. */
#include "check.h"

#include "sql/new_rows.h"

enum {
	LONG = 20000,
	LONGER = 40000
};

/* "e" for an expression, "d" for DEFAULT, "n" for NULL, a constant or what is computed as SQL; ";"
 * after each row. */
static Str told(Arena *arena, const NewRows *rows)
{
	Buf buf = buf_new(arena, LONG);
	for (size_t i = 0; i < rows->rows.count; i++) {
		const NewRow *row = &rows->rows.items[i];
		for (size_t j = 0; j < row->values.count; j++) {
			const NewValue *value = &row->values.items[j];
			static const char kinds[] = {
				[NEW_VALUE_EXPRESSION] = 'e',
				[NEW_VALUE_DEFAULT] = 'd',
				[NEW_VALUE_NULL] = 'n',
				[NEW_VALUE_CONSTANT] = '=',
				[NEW_VALUE_COMPUTED] = '~',
			};
			buf_format(&buf, "%s%c%.*s", j ? " " : "", kinds[value->kind],
				STR_ARG(value->sql));
		}
		buf_add(&buf, STR(";"));
	}
	return buf_str(&buf);
}

TEST(constants_are_told_from_what_is_known_when_it_runs)
{
	static const struct {
		const char *sql, *rows;
	} table[] = {
		{"insert into t values (1, -2.5, 'a''b', true, null, default)",
			"=1 =-2.5 ='a''b' =true n d;"},
		{"insert into t (a) values (1), (2)", "=1;=2;"},
		{"insert into t values ('1'::int, date '2026-01-01', null::text)",
			"='1'::int ='2026-01-01'::date n;"},
		{"insert into t values (1 + 1, now(), (select 1), current_date, $1)", "e e e e e;"},
		{"insert into t values ('x'::s.d, 't'::regclass, array[1], row(1), b'1')",
			"e e e e e;"},
		{"insert into t values (1) on conflict do nothing returning a", "=1;"},
	};
	ARENA_SCRATCH(arena);
	for (size_t i = 0; i < COUNT(table); i++) {
		NewRows rows;
		assert_int_equal(
			new_rows_read(&arena, str_from(table[i].sql), &rows), NEW_ROWS_READ);
		Str text = told(&arena, &rows);
		if (!str_equal(text, str_from(table[i].rows)))
			fail_msg("%s: %.*s", table[i].sql, STR_ARG(text));
	}
}

TEST(rows_of_a_table_are_told_with_it)
{
	static const struct {
		const char *sql, *table, *alias, *other, *condition, *rows;
	} table[] = {
		{"update t set a = b + 1, c = null, d = default where e > 0", "t", "t", "", "e > 0",
			"~b + 1 n d;"},
		{"update only s.t as x set a = 'v'", "t", "x", "", "", "='v';"},
		{"update t set a = o.b from other o where o.id = t.id", "t", "t", "o",
			"o.id = t.id", "~o.b;"},
		{"update t set (a, b) = (select 1, 2)", "t", "t", "", "", "e e;"},
		{"delete from t using u where u.a = t.a", "t", "t", "u", "u.a = t.a", ""},
		{"insert into t (a, b) select x, 1 from u where y", "u", "u", "", "y", "~x =1;"},
		{"create table k as select a, b as c from u x where a > 1", "u", "x", "", "a > 1",
			"~a ~b;"},
	};
	ARENA_SCRATCH(arena);
	for (size_t i = 0; i < COUNT(table); i++) {
		NewRows rows;
		assert_int_equal(
			new_rows_read(&arena, str_from(table[i].sql), &rows), NEW_ROWS_READ);
		const NewSource *source = &rows.source;
		Str text = told(&arena, &rows);
		bool same = str_equal(source->table.name.name, str_from(table[i].table)) &&
			    str_equal(source->table.alias, str_from(table[i].alias)) &&
			    str_equal(source->other.alias, str_from(table[i].other)) &&
			    str_equal(source->condition, str_from(table[i].condition)) &&
			    str_equal(text, str_from(table[i].rows));
		if (!same)
			fail_msg("%s: %.*s", table[i].sql, STR_ARG(text));
	}
}

TEST(other_statements_have_no_rows)
{
	static const char *const other[] = {"", "select 1",
		"insert into t select a from u group by a", "update t set a = 1 from u, v",
		"delete from t using u join v on true", "create table k as select 1 + 1 from u",
		"insert into t default values", "insert into t select 1",
		"insert into t (a, b) values (1)", "insert into t values (1), (1, 2)",
		"insert into t (a.b) values (1)", "with w as (select 1) insert into t values (1)",
		"insert into t values (1) limit 1", "insert into t values ((p).*)", "values (1)"};
	ARENA_SCRATCH(arena);
	NewRows rows;
	for (size_t i = 0; i < COUNT(other); i++)
		if (new_rows_read(&arena, str_from(other[i]), &rows) != NEW_ROWS_OTHER)
			fail_msg("%s", other[i]);
}

TEST(columns_and_overriding_are_read)
{
	ARENA_SCRATCH(arena);
	NewRows rows;
	Str sql = STR("insert into t (a, \"B c\") overriding user value values (1, 2)");
	assert_int_equal(new_rows_read(&arena, sql, &rows), NEW_ROWS_READ);
	assert_int_equal(rows.columns.count, 2);
	assert_true(str_equal(rows.columns.items[1], STR("B c")));
	assert_true(rows.overrides_user && !rows.overrides_system);
}

TEST(long_ones_are_left)
{
	ARENA_SCRATCH(arena);
	NewRows rows;
	Buf many = buf_new(&arena, LONG), text = buf_new(&arena, LONGER);
	buf_add(&many, STR("insert into t values (0)"));
	for (int i = 0; i < NEW_ROWS_MAX; i++)
		buf_format(&many, ", (%d)", i);
	assert_int_equal(new_rows_read(&arena, buf_str(&many), &rows), NEW_ROWS_TOO_LONG);
	buf_add(&text, STR("insert into t values ('"));
	for (int i = 0; i < LONG; i++)
		buf_add_char(&text, 'x');
	buf_add(&text, STR("')"));
	assert_int_equal(new_rows_read(&arena, buf_str(&text), &rows), NEW_ROWS_TOO_LONG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(constants_are_told_from_what_is_known_when_it_runs),
		cmocka_unit_test(rows_of_a_table_are_told_with_it),
		cmocka_unit_test(other_statements_have_no_rows),
		cmocka_unit_test(columns_and_overriding_are_read),
		cmocka_unit_test(long_ones_are_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
