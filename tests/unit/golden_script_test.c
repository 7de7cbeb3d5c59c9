/* sql/script by golden tests: @FILE NAME is a migration, the expectation how it is run. */
#include "golden.h"

#include "sql/script.h"

static const char *class_word(SqlClass class)
{
	static const char *const words[] = {
		[SQL_PLAIN] = "plain",
		[SQL_EMPTY] = "comments",
		[SQL_NO_BLOCK] = "alone",
		[SQL_BEGIN] = "begin",
		[SQL_BEGIN_WITH_OPTIONS] = "begin with options",
		[SQL_COMMIT] = "commit",
		[SQL_CONTROL] = "control",
		[SQL_COPY] = "copy",
	};
	return words[class];
}

static void add_faults(Buf *out, const char *kind, const Err *err)
{
	for (const Fault *fault = err->first; fault; fault = fault->next) {
		buf_format(out, "%s %.*s:%zu:%zu: %.*s\n%.*s", kind, STR_ARG(fault->file),
			fault->line, fault->col, STR_ARG(fault->message), STR_ARG(fault->excerpt));
		if (fault->hint.len)
			buf_format(out, "help: %.*s\n", STR_ARG(fault->hint));
	}
}

static void run(Arena *arena, const Blocks *blocks, Buf *out)
{
	static const char *const modes[] = {
		[SCRIPT_ATOMIC] = "atomic",
		[SCRIPT_SEGMENTS] = "segments",
		[SCRIPT_AS_WRITTEN] = "as written",
		[SCRIPT_AUTOCOMMIT] = "autocommit",
	};
	assert_int_equal(blocks->count, 1);
	Migration migration = {.file = blocks->items[0].args, .path = blocks->items[0].args};
	assert_true(source_name(migration.file, &migration.version, &migration.title));
	migration.text = str_copy(arena, blocks->items[0].text);
	Err syntax = {.arena = arena}, err = {.arena = arena};
	Script script;
	script_read(arena, &migration, &script, &err);
	script_add_refusals(&script, &syntax);

	Str reason = script_reason(arena, &script);
	buf_format(out, "%s", modes[script.mode]);
	if (reason.len)
		buf_format(out, ": %.*s", STR_ARG(reason));
	if (script.has_begin)
		buf_format(
			out, ", its own %zu to %zu", script.own_begin + 1, script.own_commit + 1);
	buf_add(out, STR("\n"));
	for (size_t i = 0; i < script.count; i++) {
		const Statement *statement = &script.statements[i];
		Place place = script_place(&script, script_point(statement, 0));
		bool named = statement->class == SQL_NO_BLOCK || statement->class == SQL_CONTROL ||
			     statement->class == SQL_COPY;
		Str name = named ? script_statement_name(statement) : (Str){0};
		buf_format(out, "%zu %zu:%zu %s%s%.*s%s\n", i + 1, place.line, place.col,
			class_word(statement->class), named ? ", " : "", STR_ARG(name),
			statement->examined ? "" : ", not examined");
	}
	add_faults(out, "syntax", &syntax);
	add_faults(out, "error", &err);
}

TEST(every_file_is_run_as_expected)
{
	golden_run("script", run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_file_is_run_as_expected)};
	return cmocka_run_group_tests_name("golden_script", tests, NULL, NULL);
}
