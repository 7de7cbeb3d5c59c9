/* filters_parse on any bytes: rules or faults, never both nor neither; places inside of the text;
 * names that outputs can have; and the rules, written down again in quotes, are read as the same
 * rules. */
#include "fuzz.h"

#include "detect/filters.h"
#include "detect/listing.h"
#include "wrap/yaml.h"

static const char *const OUTPUTS[] = {"changed", "changes", "status"};

static const char *const WORDS[] = {
#define CHANGE_STATUS(name, word) word,
#include "detect/change.def"
#undef CHANGE_STATUS
};

static size_t count_lines(Str text)
{
	size_t count = 1;
	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == '\n' || text.ptr[i] == '\r';
	return count;
}

static void check_faults(Str text, const Err *faults)
{
	size_t lines = count_lines(text);
	for (const Fault *fault = faults->first; fault; fault = fault->next) {
		require(fault->kind == ERR_INPUT && fault->message.len > 0);
		require(fault->line <= lines + 1 && fault->col <= text.len + 2);
	}
}

static bool parse(Arena *arena, Str text, FilterQuantifier quantifier, Filters *out)
{
	Err err = {.arena = arena}, warnings = {.arena = arena};
	FilterText source = {.text = text,
		.file = STR("filters.yml"),
		.quantifier = quantifier,
		.outputs = OUTPUTS,
		.output_count = 3};
	bool done = filters_parse(arena, &source, out, &warnings, &err);
	require(done == (err.count == 0));
	check_faults(text, &err);
	check_faults(text, &warnings);
	return done;
}

static void add_quoted(Buf *buf, Str s)
{
	buf_add_char(buf, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		Str rest = str_skip(s, i);
		if (c < 0x20 || c == 0x7F || c == '"' || c == '\\') {
			buf_format(buf, "\\x%02x", c);
		} else if (c >= 0x80) {
			/* as a number: line separators and the like */
			size_t length = str_utf8_length(rest);
			require(length > 0);
			uint32_t code = length == 2 ? c & 0x1Fu : length == 3 ? c & 0xFu : c & 7u;
			for (size_t k = 1; k < length; k++)
				code = code << 6 | ((unsigned char)rest.ptr[k] & 0x3F);
			buf_format(buf, "\\U%08x", code);
			i += length - 1;
		} else {
			buf_add_char(buf, (char)c);
		}
	}
	buf_add_char(buf, '"');
}

static void add_rule(Buf *buf, const FilterRule *rule)
{
	bool first = true;
	buf_add(buf, rule->any_status ? STR("  - ") : STR("  - \""));
	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS && !rule->any_status; i++)
		if (rule->statuses & 1u << i) {
			buf_format(buf, "%s%s", first ? "" : " | ", WORDS[i]);
			first = false;
		}
	buf_add(buf, rule->any_status ? STR("") : STR("\": ["));
	for (size_t i = 0; i < rule->count; i++) {
		buf_add(buf, i ? STR(", ") : STR(""));
		add_quoted(buf, rule->patterns[i]);
	}
	buf_add(buf, rule->any_status ? STR("\n") : STR("]\n"));
}

static Str write_down(Arena *arena, const Filters *filters)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < filters->count; i++) {
		add_quoted(&buf, filters->items[i].name);
		buf_add(&buf, filters->items[i].count ? STR(":\n") : STR(": []\n"));
		for (size_t k = 0; k < filters->items[i].count; k++)
			add_rule(&buf, &filters->items[i].rules[k]);
	}
	return buf_str(&buf);
}

static void require_same(const Filters *a, const Filters *b)
{
	require(a->count == b->count);
	for (size_t i = 0; i < a->count; i++) {
		const Filter *x = &a->items[i], *y = &b->items[i];
		require(str_equal(x->name, y->name) && x->count == y->count);
		for (size_t k = 0; k < x->count; k++) {
			const FilterRule *p = &x->rules[k], *q = &y->rules[k];
			require(p->any_status == q->any_status && p->statuses == q->statuses);
			require(p->count == q->count);
			for (size_t n = 0; n < p->count; n++)
				require(str_equal(p->patterns[n], q->patterns[n]));
		}
	}
}

static void check_filters(Arena *arena, const Filters *filters, FilterQuantifier quantifier)
{
	static const char *const paths[] = {"src/a.md", "a"};
	for (size_t i = 0; i < filters->count; i++) {
		const Filter *filter = &filters->items[i];
		require(filter->name.len > 0 && !str_contains(filter->name, STR("=")));
		require(!str_contains(filter->name, STR("\n")) && filter->line > 0);
		for (size_t k = 0; k < 2; k++) {
			Change change = {str_from(paths[k]), CHANGE_ADDED};
			GlobPath path = glob_path(arena, change.path);
			bool in = filter_matches(filter, quantifier, &change, &path);
			require(filter->count || in == (quantifier == FILTER_EVERY));
		}
	}
}

/* The patterns serve as names of files, too. */
static void check_listings(Arena *arena, const Filters *filters)
{
	for (size_t i = 0; i < filters->count; i++)
		for (size_t k = 0; k < filters->items[i].count; k++) {
			const FilterRule *rule = &filters->items[i].rules[k];
			for (ListFormat format = LIST_NONE; format <= LIST_ESCAPE; format++) {
				const Listing listing = {format, rule->patterns, rule->count};
				Str text;
				require(listing_format(arena, &listing, SIZE_MAX, &text));
				require(str_utf8_invalid(text) == text.len);
			}
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA_SCRATCH(scratch);
	Filters filters, again;
	FilterQuantifier quantifier = size && data[0] & 1 ? FILTER_EVERY : FILTER_SOME;
	if (!size || !parse(&scratch, fuzz_text(&scratch, data, size), quantifier, &filters))
		return 0;
	check_filters(&scratch, &filters, quantifier);
	check_listings(&scratch, &filters);
	Str text = write_down(&scratch, &filters);
	if (!filters.count || text.len > YAML_MAX_SIZE)
		return 0;
	require(parse(&scratch, text, quantifier, &again));
	require_same(&filters, &again);
	return 0;
}
