#include "detect/filters.h"

#include "detect/filter_surprises.h"
#include "detect/filters_names.h"
#include "wrap/yaml.h"

/* A distinct text of a pattern. */
typedef struct Pattern {
	Str text;
	Glob *glob;
	uint32_t reported; /* surprises that have been reported: a bit for each row, and the one
			      below */
} Pattern;

enum {
	MAX_SHOWN = 100, /* characters of a pattern in a message */
	REPORTED_UNSUPPORTED = 1 << 30
};

typedef struct Parser {
	Arena *arena;
	const FilterText *source;
	Err *warnings, *err; /* of one arena each; places are still unmentioned */
	VEC(Pattern) patterns;
	size_t *slots; /* by hash: number of a pattern, from 1 */
	size_t slot_count;
	PatternUse use; /* in the current filter */
} Parser;

typedef VEC(FilterRule) Rules;

/* ---- faults ---- */

static Fault *add_filter_fault(Parser *parser, const YamlNode *node, Str message)
{
	Fault *fault = err_add(parser->err, ERR_INPUT, "%.*s", STR_ARG(message));
	fault->line = node->line;
	fault->col = node->col;
	return fault;
}

/* Both texts are copied. */
static void warn(Parser *parser, const YamlNode *node, Str message, Str hint)
{
	Fault *fault = err_add(parser->warnings, ERR_INPUT, "%.*s", STR_ARG(message));
	fault->line = node->line;
	fault->col = node->col;
	fault->hint = str_copy(parser->warnings->arena, hint);
}

/* Says where the faults of `from` are, and moves them to `to`. */
static void hand_over(const FilterText *source, Err *from, Err *to)
{
	size_t count = 0;
	for (Fault *fault = from->first; fault; fault = fault->next) {
		if (++count > FILTER_MAX_FAULTS)
			break;
		Fault placed = *fault;
		placed.file = str_copy(to->arena, source->file);
		placed.message = str_copy(to->arena, fault->message);
		placed.hint = str_copy(to->arena, fault->hint);
		if (!source->file.len && fault->line)
			placed.message =
				str_format(to->arena, "filters: line %zu, column %zu: %.*s",
					fault->line, fault->col, STR_ARG(fault->message));
		if (!source->file.len)
			placed.line = placed.col = 0;
		err_add_copy(to, &placed);
	}
	if (count > FILTER_MAX_FAULTS)
		err_add(to, ERR_INPUT, "filters: %zu more of this kind are not shown",
			from->count - FILTER_MAX_FAULTS);
}

/* ---- patterns ---- */

static size_t utf16_units(Str s)
{
	size_t units = 0;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		units += (size_t)((c & 0xC0) != 0x80) + (c >= 0xF0);
	}
	return units;
}

static size_t hash_text(Str text)
{
	uint64_t hash = 14695981039346656037u; /* FNV-1a */
	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.ptr[i]) * 1099511628211u;
	return (size_t)(hash ^ hash >> 32);
}

static size_t *find_slot(const Parser *parser, Str text)
{
	for (size_t at = hash_text(text);; at++) {
		size_t *slot = &parser->slots[at & (parser->slot_count - 1)];
		if (!*slot || str_equal(parser->patterns.items[*slot - 1].text, text))
			return slot;
	}
}

static void grow_slots(Parser *parser, Arena *arena)
{
	if (parser->patterns.count * 2 < parser->slot_count)
		return;
	parser->slot_count = parser->slot_count ? parser->slot_count * 4 : 64;
	parser->slots = arena_array(arena, size_t, parser->slot_count);
	for (size_t i = 0; i < parser->patterns.count; i++)
		*find_slot(parser, parser->patterns.items[i].text) = i + 1;
}

static Pattern *find_pattern(Parser *parser, Str text)
{
	grow_slots(parser, parser->arena);
	size_t *slot = find_slot(parser, text);
	if (!*slot) {
		Pattern *pattern = vec_add(parser->arena, &parser->patterns);
		*slot = parser->patterns.count;
		pattern->text = text;
		pattern->glob = glob_compile(parser->arena, text);
	}
	return &parser->patterns.items[*slot - 1];
}

/* What the regular expressions of ours do not know, and picomatch's do. */
static void warn_of_unsupported(Parser *parser, const YamlNode *node, const Pattern *pattern)
{
	ARENA_SCRATCH(scratch);
	Str what = glob_unsupported(pattern->glob);
	if (!what.len)
		return;
	Str shown = str_visible(
		&scratch, str_head(pattern->text, str_utf8_offset(pattern->text, MAX_SHOWN)));
	Str message = str_format(&scratch,
		"the pattern '%.*s' is not supported (%.*s): it matches its own text only",
		STR_ARG(shown), STR_ARG(what));
	warn(parser, node, message, STR("write it with *, **, ?, [...] and {...}"));
}

static void warn_of_surprises(Parser *parser, const YamlNode *node, Pattern *pattern)
{
	ARENA_SCRATCH(scratch);
	if (!(pattern->reported & REPORTED_UNSUPPORTED))
		warn_of_unsupported(parser, node, pattern);
	pattern->reported |= REPORTED_UNSUPPORTED;
	for (size_t row = 0; row < FILTER_SURPRISE_COUNT; row++) {
		Str hint;
		if (pattern->reported & 1u << row)
			continue;
		Str message = filter_surprise(&scratch, row, pattern->text, parser->use, &hint);
		if (!message.len)
			continue;
		pattern->reported |= 1u << row;
		warn(parser, node, message, hint);
	}
}

static bool check_pattern(Parser *parser, const YamlNode *node)
{
	if (!node->text.len) {
		add_filter_fault(parser, node, STR("a pattern is empty"))->hint =
			STR("write a glob, for example 'src/**'");
		return false;
	}
	if (utf16_units(node->text) <= FILTER_MAX_PATTERN)
		return true;
	add_filter_fault(parser, node,
		str_format(parser->arena, "a pattern is longer than %d characters",
			FILTER_MAX_PATTERN));
	return false;
}

/* ---- rules ---- */

/* What a value is, for a sentence. */
static const char *kind_name(const YamlNode *node)
{
	static const char *const names[] = {
		[YAML_KIND_NULL] = "nothing",
		[YAML_KIND_BOOL] = "a boolean",
		[YAML_KIND_INT] = "a number",
		[YAML_KIND_FLOAT] = "a number",
		[YAML_KIND_TIMESTAMP] = "a date",
		[YAML_KIND_BINARY] = "binary data",
		[YAML_KIND_STRING] = "a string",
		[YAML_KIND_SEQUENCE] = "a list",
		[YAML_KIND_MAPPING] = "a map",
	};
	return names[node->kind];
}

static void fail_kind(Parser *parser, const YamlNode *node, const char *where, const char *wanted)
{
	bool scalar = node->kind == YAML_KIND_BOOL || node->kind == YAML_KIND_INT ||
		      node->kind == YAML_KIND_FLOAT || node->kind == YAML_KIND_TIMESTAMP;
	Str text = str_visible(parser->arena, node->text), message;
	message = str_format(parser->arena, "%s is %s%s%.*s%s: expected %s", where, kind_name(node),
		scalar ? " (" : "", STR_ARG(scalar ? text : STR("")), scalar ? ")" : "", wanted);
	Fault *fault = add_filter_fault(parser, node, message);
	if (scalar)
		fault->hint =
			str_format(parser->err->arena, "write it in quotes: '%.*s'", STR_ARG(text));
	else if (node->kind == YAML_KIND_NULL)
		fault->hint = STR("write a list of globs below the name, or [] for none");
}

/* The patterns of one rule: a glob, or lists of them. */
static void collect_patterns(
	Parser *parser, const YamlNode *node, bool list, FilterRule *rule, size_t *capacity)
{
	if (node->kind == YAML_KIND_SEQUENCE) {
		for (size_t i = 0; i < node->count; i++)
			collect_patterns(parser, node->items[i], true, rule, capacity);
		return;
	}
	if (node->kind != YAML_KIND_STRING) {
		fail_kind(parser, node, list ? "an item of a rule's list" : "the value of a status",
			"a glob or a list of globs");
		return;
	}
	if (!check_pattern(parser, node))
		return;
	Pattern *pattern = find_pattern(parser, node->text);
	warn_of_surprises(parser, node, pattern);
	if (rule->count == *capacity) {
		*capacity = rule->count ? rule->count * 2 : 1;
		rule->globs = arena_grow(parser->arena, rule->globs,
			rule->count * sizeof *rule->globs, *capacity * sizeof *rule->globs);
		rule->patterns = arena_grow(parser->arena, rule->patterns,
			rule->count * sizeof *rule->patterns, *capacity * sizeof *rule->patterns);
	}
	rule->globs[rule->count] = pattern->glob;
	rule->patterns[rule->count++] = node->text;
}

static void warn_of_status(Parser *parser, const YamlNode *key, Str word)
{
	ARENA_SCRATCH(scratch);
	const char *meant = filter_surprise_status(word);
	bool renamed = str_equal(word, STR("renamed"));
	Str shown = str_visible(&scratch, word);
	Str message = str_format(&scratch,
		renamed ? "no change has the status '%.*s': a file that moves is one that is "
			  "deleted and one that is added"
			: "'%.*s' is no status: no change ever has it",
		STR_ARG(shown));
	Str hint = meant ? str_format(&scratch, renamed ? "write %s" : "did you mean %s?", meant)
			 : STR("the statuses are added, deleted, modified, copied, "
			       "changed and unchanged");
	warn(parser, key, message, hint);
}

static bool find_status(Str word, ChangeStatus *status)
{
	static const struct {
		Str word;
		ChangeStatus status;
	} words[] = {
#define CHANGE_STATUS(name, word) {STR_INIT(word), CHANGE_##name},
#include "detect/change.def"
#undef CHANGE_STATUS
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (word.len && str_equal(words[i].word, word)) {
			*status = words[i].status;
			return true;
		}
	return false;
}

/* `Added | modified` as bits. */
static uint32_t parse_statuses(Parser *parser, const YamlPair *pair)
{
	ARENA_SCRATCH(scratch);
	uint32_t statuses = 0;
	size_t words = 0;
	Str rest = pair->name, word;
	while (str_next(&rest, '|', &word)) {
		ChangeStatus status = CHANGE_TYPE;
		word = str_copy(&scratch, str_trim(word));
		char *at = (char *)(uintptr_t)word.ptr;
		for (size_t i = 0; i < word.len; i++)
			at[i] = (char)(at[i] >= 'A' && at[i] <= 'Z' ? at[i] | 0x20 : at[i]);
		if (!word.len)
			continue;
		words++;
		if (find_status(word, &status))
			statuses |= 1u << status;
		if (status == CHANGE_TYPE || status == CHANGE_RENAMED)
			warn_of_status(parser, pair->key, word);
	}
	if (!words)
		warn(parser, pair->key, STR("a rule names no status: it never matches"),
			STR("write for example added|modified in front of the colon"));
	return statuses;
}

static void parse_map(Parser *parser, const YamlNode *node, Rules *rules)
{
	for (size_t i = 0; i < node->count; i++) {
		const YamlPair *pair = &node->pairs[i];
		FilterRule *rule = vec_add(parser->arena, rules);
		size_t capacity = 0, faults = parser->err->count;
		rule->statuses = parse_statuses(parser, pair);
		collect_patterns(parser, pair->value, false, rule, &capacity);
		if (!rule->count && parser->err->count == faults)
			warn(parser, pair->key, STR("a rule has no pattern: it never matches"),
				(Str){0});
	}
}

static void parse_item(Parser *parser, const YamlNode *node, bool list, Rules *rules)
{
	switch (node->kind) {
	case YAML_KIND_SEQUENCE:
		for (size_t i = 0; i < node->count; i++)
			parse_item(parser, node->items[i], true, rules);
		return;
	case YAML_KIND_MAPPING:
		parse_map(parser, node, rules);
		return;
	case YAML_KIND_TIMESTAMP: {
		Str hint = str_format(
			parser->arena, "write it in quotes: '%.*s'", STR_ARG(node->text));
		warn(parser, node, STR("a date is no pattern: it adds no rule"), hint);
		return;
	}
	case YAML_KIND_STRING: {
		size_t capacity = 0;
		FilterRule *rule = vec_add(parser->arena, rules);
		rule->any_status = true;
		collect_patterns(parser, node, list, rule, &capacity);
		return;
	}
	case YAML_KIND_NULL:
	case YAML_KIND_BOOL:
	case YAML_KIND_INT:
	case YAML_KIND_FLOAT:
	case YAML_KIND_BINARY:
		break;
	}
	fail_kind(parser, node, list ? "an item of the list" : "the value of a filter",
		"a glob, a list of globs, or a map with statuses");
}

/* Patterns in an item, up to two: more make no difference. */
static size_t count_patterns(const YamlNode *node)
{
	size_t count = node->kind == YAML_KIND_STRING;
	for (size_t i = 0; i < node->count && count < 2; i++)
		count += count_patterns(
			node->kind == YAML_KIND_MAPPING ? node->pairs[i].value : node->items[i]);
	return count;
}

static void parse_filter(
	Parser *parser, Str name, const YamlNode *key, const YamlNode *value, Filters *out)
{
	Rules rules = {0};
	size_t faults = parser->err->count;
	bool every = parser->source->quantifier == FILTER_EVERY;
	parser->use = (PatternUse){.some = !every, .alone = count_patterns(value) < 2};
	parse_item(parser, value, false, &rules);
	Filter *filter = vec_add(parser->arena, out);
	*filter = (Filter){.name = name, .rules = rules.items, .count = rules.count};
	filter->line = key->line;
	filter->col = key->col;
	if (rules.count || parser->err->count > faults)
		return;
	Str shown = str_visible(parser->arena, name);
	warn(parser, key,
		str_format(parser->arena, "the filter '%.*s' has no rule: it holds %s",
			STR_ARG(shown), every ? "every change" : "no change, ever"),
		(Str){0});
}

static void parse_root(Parser *parser, const YamlNode *root, Filters *out)
{
	if (root->kind == YAML_KIND_MAPPING) {
		for (size_t i = 0; i < root->count; i++)
			parse_filter(parser, root->pairs[i].name, root->pairs[i].key,
				root->pairs[i].value, out);
	} else if (root->kind == YAML_KIND_SEQUENCE) {
		for (size_t i = 0; i < root->count; i++)
			parse_filter(parser, str_format(parser->arena, "%zu", i), root->items[i],
				root->items[i], out);
	} else {
		Str message =
			str_format(parser->arena, "the document is %s: expected a map of filters",
				root->kind == YAML_KIND_NULL ? "empty" : kind_name(root));
		add_filter_fault(parser, root, message)->hint =
			STR("write each filter as a name with a colon, and a list of globs below");
	}
}

/* ---- what others call ---- */

bool filters_is_path(Str input)
{
	return !str_contains(input, STR("\n")) && !str_contains(input, STR(":"));
}

bool filters_parse(Arena *arena, const FilterText *source, Filters *out, Err *warnings, Err *err)
{
	ARENA_SCRATCH(scratch);
	Err found = {.arena = &scratch}, reported = {.arena = &scratch};
	Parser parser = {.arena = arena, .source = source, .warnings = &reported, .err = &found};
	YamlNode *root;
	*out = (Filters){0};
	if (!source->text.len)
		return true;
	if (yaml_parse(arena, source->text, &root, &found)) {
		parse_root(&parser, root, out);
		filters_names_check(out, source, &found);
	}
	hand_over(source, &reported, warnings);
	hand_over(source, &found, err);
	return !found.count;
}

static bool rule_matches(const FilterRule *rule, const Change *change, const GlobPath *path)
{
	if (!rule->any_status && !(rule->statuses & 1u << change->status))
		return false;
	for (size_t i = 0; i < rule->count; i++)
		if (glob_match(rule->globs[i], path))
			return true;
	return false;
}

bool filter_matches(const Filter *filter, FilterQuantifier quantifier, const Change *change,
	const GlobPath *path)
{
	bool every = quantifier == FILTER_EVERY;
	for (size_t i = 0; i < filter->count; i++)
		if (rule_matches(&filter->rules[i], change, path) != every)
			return !every;
	return every;
}
