/* The rows of INSERT … VALUES, as far as they are constants. */
#include "check.h"

#include "sql/inserted.h"

enum {
	LONG = 20000,
	LONGER = 40000
};

/* "e" for an expression, "d" for DEFAULT, "n" for NULL, a constant as SQL; ";" after each row. */
static Str told(Arena *arena, const Inserted *inserted)
{
	Buf buf = buf_new(arena, LONG);
	for (size_t i = 0; i < inserted->rows.count; i++) {
		const InsertedRow *row = &inserted->rows.items[i];
		for (size_t j = 0; j < row->values.count; j++) {
			const InsertedValue *value = &row->values.items[j];
			static const char kinds[] = {
				[INSERTED_EXPRESSION] = 'e',
				[INSERTED_DEFAULT] = 'd',
				[INSERTED_NULL] = 'n',
				[INSERTED_CONSTANT] = '=',
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
		Inserted inserted;
		assert_int_equal(
			inserted_read(&arena, str_from(table[i].sql), &inserted), INSERTED_READ);
		Str rows = told(&arena, &inserted);
		if (!str_equal(rows, str_from(table[i].rows)))
			fail_msg("%s: %.*s", table[i].sql, STR_ARG(rows));
	}
}

TEST(other_statements_have_no_rows)
{
	static const char *const other[] = {"", "select 1", "insert into t default values",
		"insert into t select 1", "insert into t (a, b) values (1)",
		"insert into t values (1), (1, 2)", "insert into t (a.b) values (1)",
		"with w as (select 1) insert into t values (1)", "insert into t values (1) limit 1",
		"insert into t values ((p).*)", "values (1)"};
	ARENA_SCRATCH(arena);
	Inserted inserted;
	for (size_t i = 0; i < COUNT(other); i++)
		if (inserted_read(&arena, str_from(other[i]), &inserted) != INSERTED_OTHER)
			fail_msg("%s", other[i]);
}

TEST(columns_and_overriding_are_read)
{
	ARENA_SCRATCH(arena);
	Inserted inserted;
	Str sql = STR("insert into t (a, \"B c\") overriding user value values (1, 2)");
	assert_int_equal(inserted_read(&arena, sql, &inserted), INSERTED_READ);
	assert_int_equal(inserted.columns.count, 2);
	assert_true(str_equal(inserted.columns.items[1], STR("B c")));
	assert_true(inserted.overrides_user && !inserted.overrides_system);
}

TEST(long_ones_are_left)
{
	ARENA_SCRATCH(arena);
	Inserted inserted;
	Buf rows = buf_new(&arena, LONG), text = buf_new(&arena, LONGER);
	buf_add(&rows, STR("insert into t values (0)"));
	for (int i = 0; i < INSERTED_ROWS_MAX; i++)
		buf_format(&rows, ", (%d)", i);
	assert_int_equal(inserted_read(&arena, buf_str(&rows), &inserted), INSERTED_TOO_LONG);
	buf_add(&text, STR("insert into t values ('"));
	for (int i = 0; i < LONG; i++)
		buf_add_char(&text, 'x');
	buf_add(&text, STR("')"));
	assert_int_equal(inserted_read(&arena, buf_str(&text), &inserted), INSERTED_TOO_LONG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(constants_are_told_from_what_is_known_when_it_runs),
		cmocka_unit_test(other_statements_have_no_rows),
		cmocka_unit_test(columns_and_overriding_are_read),
		cmocka_unit_test(long_ones_are_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
