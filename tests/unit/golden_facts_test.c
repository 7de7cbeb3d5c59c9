/* sql/facts by golden tests: each statement of a @FILE, then what it does. */
#include "golden.h"
#include "leaks.h"

#include "sql/script.h"

static void add_word(Buf *out, const char *name, Str value)
{
	if (value.len)
		buf_format(out, " %s=%.*s", name, STR_ARG(value));
}

static void add_names(Buf *out, const char *name, Names names)
{
	for (size_t i = 0; i < names.count; i++)
		buf_format(out, "%s%.*s", i ? "," : "", STR_ARG(names.items[i]));
	(void)name;
}

static void add_list(Buf *out, const char *name, Names names)
{
	if (!names.count)
		return;
	buf_format(out, " %s=", name);
	add_names(out, name, names);
}

static void add_object(Buf *out, const char *before, ObjectName object)
{
	if (object.name.len)
		buf_format(out, "%s%.*s%s%.*s", before, STR_ARG(object.schema),
			object.schema.len ? "." : "", STR_ARG(object.name));
}

static void add_options(Buf *out, ActionOptions options)
{
#define ACTION_OPTION(name)                                                                        \
	if (options.name)                                                                          \
		buf_add(out, STR(" " #name));
#include "sql/action_option.def"
#undef ACTION_OPTION
}

static void add_values(Buf *out, ValueKinds values)
{
	if (values.count)
		buf_add(out, STR(" values="));
	for (size_t i = 0; i < values.count; i++)
		buf_format(out, "%s%.*s", i ? "," : "", STR_ARG(facts_value_name(values.items[i])));
}

/* Those that are named; an expression's element is in parentheses. */
static void add_classes(Buf *out, IndexElements elements)
{
	for (size_t i = 0; i < elements.count; i++) {
		ObjectName name = elements.items[i].operator_class;
		const char *before = elements.items[i].is_expression ? " (class)=" : " class=";
		add_object(out, before, name);
	}
}

static void add_action(Buf *out, const Script *script, const Statement *statement, const Action *a)
{
	Str kind = facts_action_name(a->kind), object = facts_object_name(a->object_kind);
	Place place = script_place(script, statement->text.ptr + a->offset);
	buf_format(out, "%zu:%zu %s%.*s%s%.*s", place.line, place.col, a->in_function ? "(" : "",
		STR_ARG(kind), object.len ? " " : "", STR_ARG(object));
	add_object(out, " ", a->object);
	add_word(out, "name", a->name);
	add_word(out, "new", a->new_name);
	add_object(out, " other=", a->other);
	add_word(out, "arguments", a->arguments);
	add_word(out, "type", a->type);
	add_word(out, "expression", a->expression);
	add_list(out, "columns", a->columns);
	add_list(out, "others", a->other_columns);
	add_values(out, a->values);
	add_list(out, "keys", a->keys);
	add_classes(out, a->elements);
	add_word(out, "language", a->language);
	add_options(out, a->options);
	buf_add(out, a->in_function ? STR(")\n") : STR("\n"));
}

static void add_uses(Buf *out, const Facts *facts)
{
	static const char *const words[] = {
		[USE_TABLE] = "table", [USE_FUNCTION] = "function", [USE_TYPE] = "type"};
	for (size_t i = 0; i < facts->uses.count; i++) {
		const Use *use = &facts->uses.items[i];
		buf_format(
			out, "  %s %s", use->in_function ? "body uses" : "uses", words[use->kind]);
		add_object(out, " ", use->name);
		buf_add(out, STR("\n"));
	}
}

static void add_gaps(Buf *out, const char *what, unsigned gaps)
{
	static const struct {
		FactsGap gap;
		const char *name;
	} names[] = {{GAP_NOT_PARSED, "not parsed"}, {GAP_DYNAMIC, "dynamic"},
		{GAP_LANGUAGE, "language"}, {GAP_BODY, "body"}, {GAP_CALL, "call"},
		{GAP_ROWS, "rows"}};
	for (size_t i = 0; i < COUNT(names); i++)
		if (gaps & names[i].gap)
			buf_format(out, "  %s: %s\n", what, names[i].name);
}

static void run(Arena *arena, const Blocks *blocks, Buf *out)
{
	assert_int_equal(blocks->count, 1);
	Migration migration = {.file = blocks->items[0].args, .path = blocks->items[0].args};
	migration.text = str_copy(arena, blocks->items[0].text);
	Err err = {.arena = arena};
	Script script;
	script_read(arena, &migration, &script, &err);
	for (size_t i = 0; i < script.count; i++) {
		const Statement *statement = &script.statements[i];
		const Facts *facts = statement->facts;
		for (size_t j = 0; j < facts->actions.count; j++)
			add_action(out, &script, statement, &facts->actions.items[j]);
		add_uses(out, facts);
		add_gaps(out, "gap", facts->gaps);
		add_gaps(out, "gap in its body", facts->function_gaps);
		if (facts->ends_transaction)
			buf_add(out, STR("  ends the transaction\n"));
		if (facts->body_refusal.len) {
			Place place = script_place(
				&script, statement->text.ptr + facts->body_refusal_offset);
			buf_format(out, "  body %zu:%zu: %.*s\n", place.line, place.col,
				STR_ARG(facts->body_refusal));
		}
	}
}

TEST(every_statement_has_the_facts_that_are_expected)
{
	golden_run("facts", run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_statement_has_the_facts_that_are_expected)};
	return cmocka_run_group_tests_name("golden_facts", tests, NULL, NULL);
}
