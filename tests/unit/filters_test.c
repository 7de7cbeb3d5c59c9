/* detect/filters: documents with the rules, errors and warnings that they make, and who is in. */
#include "golden.h"

#include "detect/filters.h"
#include "detect/filter_surprises.h"

static const char *const OUTPUTS[] = {"changed", "changes", "status", "pending-count"};

static void add_faults(Arena *arena, Buf *out, const char *label, const Err *faults)
{
	for (const Fault *fault = faults->first; fault; fault = fault->next) {
		Str place = {0};
		assert_int_equal(fault->kind, ERR_INPUT);
		if (fault->file.len)
			place = str_format(arena, " %.*s:%zu:%zu", STR_ARG(fault->file),
				fault->line, fault->col);
		buf_format(out, "%s%.*s: %.*s\n", label, STR_ARG(place), STR_ARG(fault->message));
		if (fault->hint.len)
			buf_format(out, "  hint: %.*s\n", STR_ARG(fault->hint));
	}
}

static void add_rule(Arena *arena, Buf *out, const FilterRule *rule)
{
	static const char *const words[] = {
#define CHANGE_STATUS(name, word) word,
#include "detect/change.def"
#undef CHANGE_STATUS
	};
	const char *separator = rule->any_status ? "  any:" : "  ";
	buf_add(out, str_from(separator));
	for (size_t i = 0; i < COUNT(words) && !rule->any_status; i++)
		if (rule->statuses & 1u << i)
			buf_format(out, "%s ", words[i]);
	if (!rule->any_status)
		buf_add(out, rule->statuses ? STR("only:") : STR("never:"));
	for (size_t i = 0; i < rule->count; i++) {
		Str pattern = str_visible(arena, rule->patterns[i]);
		buf_format(out, " '%.*s'", STR_ARG(pattern));
	}
	buf_add_char(out, '\n');
}

/* @FILTERS [some|every] [inline] */
static void run(Arena *arena, const Blocks *blocks, Buf *out)
{
	Err err = {.arena = arena}, warnings = {.arena = arena};
	Filters filters;
	assert_int_equal(blocks->count, 1);
	Str args = blocks->items[0].args;
	FilterText source = {.text = check_exact(arena, blocks->items[0].text),
		.file = str_contains(args, STR("inline")) ? STR("") : STR("filters.yml"),
		.quantifier = str_contains(args, STR("every")) ? FILTER_EVERY : FILTER_SOME,
		.outputs = OUTPUTS,
		.output_count = COUNT(OUTPUTS)};
	bool done = filters_parse(arena, &source, &filters, &warnings, &err);
	assert_int_equal(done, err.count == 0);
	for (size_t i = 0; done && i < filters.count; i++) {
		const Filter *filter = &filters.items[i];
		Str name = str_visible(arena, filter->name);
		buf_format(out, "filter '%.*s' of %zu:%zu\n", STR_ARG(name), filter->line,
			filter->col);
		for (size_t k = 0; k < filter->count; k++)
			add_rule(arena, out, &filter->rules[k]);
	}
	add_faults(arena, out, "error", &err);
	add_faults(arena, out, "warning", &warnings);
	if (!out->len)
		buf_add(out, STR("no filters\n"));
}

TEST(every_document_has_its_rules_and_faults)
{
	golden_run("filters", run);
}

static Filters parse(Arena *arena, const char *text)
{
	Err err = {.arena = arena}, warnings = {.arena = arena};
	FilterText source = {.text = str_from(text)};
	Filters filters;
	check_that(text, filters_parse(arena, &source, &filters, &warnings, &err));
	return filters;
}

/* Which of the filters hold a change: their names, with blanks between. */
static Str holders(
	Arena *arena, const Filters *filters, FilterQuantifier quantifier, const Change *change)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	GlobPath path = glob_path(arena, change->path);
	for (size_t i = 0; i < filters->count; i++)
		if (filter_matches(&filters->items[i], quantifier, change, &path))
			buf_format(&buf, "%s%.*s", buf.len ? " " : "",
				STR_ARG(filters->items[i].name));
	return buf_str(&buf);
}

TEST(a_filter_holds_what_its_rules_match)
{
	static const char text[] = "one: a\n"
				   "two: [a, b]\n"
				   "added: [{added: [a, b]}]\n"
				   "gone: [{Deleted | renamed: a}]\n"
				   "mixed: [b, {modified: a}]\n"
				   "never: [{'': a}, {nonsense: a}, {added: []}]\n"
				   "empty: []\n"
				   "two rules: {added: a, modified: [b, [a]]}\n"
				   "not: ['!b']\n"
				   "all: ['**']\n";
	static const struct {
		const char *path;
		ChangeStatus status;
		const char *some, *every;
	} table[] = {
		{"a", CHANGE_ADDED, "one two added two rules not all", "one added empty not all"},
		{"a", CHANGE_MODIFIED, "one two mixed two rules not all", "one empty not all"},
		{"a", CHANGE_DELETED, "one two gone not all", "one gone empty not all"},
		{"a", CHANGE_TYPE, "one two not all", "one empty not all"},
		{"b", CHANGE_ADDED, "two added mixed all", "added empty all"},
		{"b", CHANGE_MODIFIED, "two mixed two rules all", "empty all"},
		{"c", CHANGE_ADDED, "not all", "empty not all"},
		{"c/d", CHANGE_TYPE, "not all", "empty not all"},
	};
	ARENA_SCRATCH(scratch);
	Filters filters = parse(&scratch, text);
	for (size_t i = 0; i < COUNT(table); i++) {
		Change change = {str_from(table[i].path), table[i].status};
		check_row(table[i].some, holders(&scratch, &filters, FILTER_SOME, &change),
			str_from(table[i].some));
		check_row(table[i].every, holders(&scratch, &filters, FILTER_EVERY, &change),
			str_from(table[i].every));
	}
}

TEST(each_text_of_a_pattern_is_compiled_once)
{
	ARENA_SCRATCH(scratch);
	Filters filters = parse(&scratch, "a: [x, y]\nb: [{added: [y, x]}, x]\n");
	const FilterRule *a = filters.items[0].rules, *b = filters.items[1].rules;
	assert_ptr_equal(a[0].globs[0], b[0].globs[1]);
	assert_ptr_equal(a[0].globs[0], b[1].globs[0]);
	assert_ptr_equal(a[1].globs[0], b[0].globs[0]);
	assert_ptr_not_equal(a[0].globs[0], a[1].globs[0]);
}

TEST(a_pattern_has_at_most_65536_characters)
{
	static const struct {
		const char *piece;
		size_t count;
		bool fits;
	} table[] = {{"a", 65536, true}, {"a", 65537, false}, {"\xF0\x9F\x98\x80", 32768, true},
		{"\xF0\x9F\x98\x80", 32769, false}, {"\xE2\x82\xAC", 65536, true}};
	for (size_t i = 0; i < COUNT(table); i++) {
		ARENA_SCRATCH(scratch);
		Err err = {.arena = &scratch}, warnings = {.arena = &scratch};
		Filters filters;
		Str pattern = check_repeat(&scratch, table[i].piece, table[i].count);
		FilterText source = {.text = str_format(&scratch, "a: %.*s", STR_ARG(pattern))};
		check_that(table[i].piece, filters_parse(&scratch, &source, &filters, &warnings,
						   &err) == table[i].fits);
		if (!table[i].fits)
			check_contains(err.first->message, "longer than 65536");
	}
}

TEST(the_number_of_faults_is_limited)
{
	ARENA_SCRATCH(scratch);
	Err err = {.arena = &scratch}, warnings = {.arena = &scratch};
	Filters filters;
	Str wrong = check_repeat(&scratch, "  - 1\n", 60);
	FilterText source = {.text = str_format(&scratch, "a:\n%.*s", STR_ARG(wrong))};
	assert_false(filters_parse(&scratch, &source, &filters, &warnings, &err));
	assert_int_equal(err.count, FILTER_MAX_FAULTS + 1);
	check_str(err.last->message, STR("filters: 10 more of this kind are not shown"));
}

TEST(an_empty_text_has_no_filters)
{
	ARENA_SCRATCH(scratch);
	assert_int_equal(parse(&scratch, "").count, 0);
}

TEST(a_path_has_neither_line_break_nor_colon)
{
	assert_true(filters_is_path(STR(".github/filters.yml")));
	assert_true(filters_is_path(STR("")));
	assert_true(filters_is_path(STR("[a]")));
	assert_false(filters_is_path(STR("a: b")));
	assert_false(filters_is_path(STR("- a\n- b")));
}

TEST(words_that_are_nearly_statuses)
{
	static const char *const table[][2] = {{"add", "added"}, {"aded", "added"},
		{"modifed", "modified"}, {"removed", "deleted"}, {"created", "added"},
		{"moved", "added|deleted"}, {"renamed", "added|deleted"}, {"delete", "deleted"},
		{"unmergd", "unmerged"}, {"nonsense", NULL}, {"x", NULL},
		{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL}};
	for (size_t i = 0; i < COUNT(table); i++) {
		const char *meant = filter_surprise_status(str_from(table[i][0]));
		check_row(table[i][0], str_from(meant), str_from(table[i][1]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_document_has_its_rules_and_faults),
		cmocka_unit_test(a_filter_holds_what_its_rules_match),
		cmocka_unit_test(each_text_of_a_pattern_is_compiled_once),
		cmocka_unit_test(a_pattern_has_at_most_65536_characters),
		cmocka_unit_test(the_number_of_faults_is_limited),
		cmocka_unit_test(an_empty_text_has_no_filters),
		cmocka_unit_test(a_path_has_neither_line_break_nor_colon),
		cmocka_unit_test(words_that_are_nearly_statuses),
	};
	return cmocka_run_group_tests_name("filters", tests, NULL, NULL);
}
