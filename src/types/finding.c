#include "types/finding.h"

#include "base/file.h"

enum {
	TEXT_MAX = 4000,
	PATCH_MAX = 64 * 1024,
	SHOWN_MAX = 300, /* of one text */
	CLAUSES_MAX = 12, /* differences of one object that are named */
	OBJECTS_MAX = 10, /* of one file and rule that have a finding of their own */
};

static const struct {
	Rule rule;
	Certainty certainty;
} table[] = {
#define TYPES_RULE(name, next, certainty)                                                          \
	{{STR_INIT(#name), GROUP_TYPES, ERR_NEXT_##next}, CERTAINTY_##certainty},
#include "types/rule.def"
#undef TYPES_RULE
};

/* ---- one difference in words ---- */

static const char *member_word(const TypesDifference *d)
{
	switch (d->part) {
	case TYPES_ROW:
	case TYPES_INSERT:
	case TYPES_UPDATE:
		return "column";
	case TYPES_RELATIONSHIPS:
		return "relationship";
	case TYPES_ARGS:
		return "argument";
	case TYPES_RETURNS:
		return "result column";
	case TYPES_LABELS:
		return "label";
	case TYPES_ATTRIBUTES:
	case TYPES_PARTS:
		break;
	}
	return "attribute";
}

static bool is_of_columns(const TypesDifference *d)
{
	return d->depth == TYPES_OF_MEMBER && d->part <= TYPES_UPDATE;
}

/* Is it the same that has happened to a column, in another part? */
static bool is_repeated(const TypesDifference *a, const TypesDifference *b)
{
	return is_of_columns(a) && is_of_columns(b) && a->kind == b->kind &&
	       str_equal(a->member, b->member);
}

static bool is_same_object(const TypesDifference *a, const TypesDifference *b)
{
	return a->section == b->section && str_equal(a->schema, b->schema) &&
	       str_equal(a->object, b->object) &&
	       (a->depth == TYPES_OF_SCHEMA) == (b->depth == TYPES_OF_SCHEMA);
}

static Str shown(Arena *arena, Str text)
{
	return str_visible(arena, str_head(text, SHOWN_MAX));
}

static void add_what(Buf *buf, const TypesDifference *d)
{
	ARENA_SCRATCH(scratch);
	switch (d->depth) {
	case TYPES_OF_SCHEMA:
		buf_add(buf, STR("the schema"));
		break;
	case TYPES_OF_OBJECT:
		buf_format(buf, "the %.*s", STR_ARG(types_section_word(d->section)));
		break;
	case TYPES_OF_PART:
		buf_add(buf, d->part == TYPES_ARGS ? STR("a signature") : types_part_key(d->part));
		break;
	case TYPES_OF_MEMBER:
		buf_format(buf, "%s %.*s", member_word(d), STR_ARG(shown(&scratch, d->member)));
	}
}

/* In which parts of a table, if it is about a column. */
static void add_parts(Buf *buf, const TypesResult *result, size_t first, size_t end)
{
	const TypesDifference *d = &result->findings.items[first].difference;
	bool any = false;
	if (!is_of_columns(d))
		return;
	for (size_t i = first; i < end; i++) {
		const TypesDifference *other = &result->findings.items[i].difference;
		if (!is_repeated(d, other))
			continue;
		buf_format(
			buf, "%s%.*s", any ? ", " : " in ", STR_ARG(types_part_key(other->part)));
		any = true;
	}
}

static void add_clause(Buf *buf, const TypesResult *result, size_t first, size_t end)
{
	ARENA_SCRATCH(scratch);
	const TypesDifference *d = &result->findings.items[first].difference;
	bool whole = d->depth <= TYPES_OF_OBJECT;
	add_what(buf, d);
	switch (d->kind) {
	case TYPES_MISSING:
		if (!whole)
			buf_format(buf, " (%.*s)", STR_ARG(shown(&scratch, d->expected)));
		buf_add(buf, STR(" is missing"));
		break;
	case TYPES_SUPERFLUOUS:
		buf_add(buf, whole ? STR(" is not there") : STR(" is not in the database"));
		break;
	case TYPES_CHANGED:
		buf_format(buf, " is `%.*s`, and has to be `%.*s`",
			STR_ARG(shown(&scratch, d->found)), STR_ARG(shown(&scratch, d->expected)));
	}
	add_parts(buf, result, first, end);
}

/* ---- all differences of one object ---- */

/* Has the same been said of the column, in another part? */
static bool is_known_before(Arena *arena, StrMap *known, const TypesDifference *d)
{
	if (!is_of_columns(d))
		return false;
	size_t *at = str_map_at(
		arena, known, str_format(arena, "%d.%.*s", (int)d->kind, STR_ARG(d->member)));
	bool before = *at != SIZE_MAX;
	*at = 0;
	return before;
}

size_t types_finding_end(const TypesResult *result, size_t first)
{
	const TypesFinding *items = result->findings.items;
	size_t end = first + 1;
	while (end < result->findings.count &&
		is_same_object(&items[first].difference, &items[end].difference) &&
		items[first].is_stale == items[end].is_stale)
		end++;
	return end;
}

static void add_name(Buf *buf, const TypesDifference *d)
{
	ARENA_SCRATCH(scratch);
	buf_add(buf, str_visible(&scratch, d->schema));
	if (d->depth != TYPES_OF_SCHEMA)
		buf_format(buf, ".%.*s", STR_ARG(str_visible(&scratch, d->object)));
}

Str types_finding_text(Arena *arena, const TypesResult *result, size_t first, size_t *count)
{
	ARENA_SCRATCH(scratch);
	StrMap known = {0};
	Buf buf = buf_new(arena, TEXT_MAX);
	size_t end = types_finding_end(result, first), clauses = 0, left = 0;
	add_name(&buf, &result->findings.items[first].difference);
	for (size_t i = first; i < end; i++) {
		if (is_known_before(&scratch, &known, &result->findings.items[i].difference))
			continue;
		if (clauses == CLAUSES_MAX) {
			left++;
			continue;
		}
		buf_add(&buf, clauses++ ? STR("; ") : STR(": "));
		add_clause(&buf, result, i, end);
	}
	if (left)
		buf_format(&buf, "; and %zu more", left);
	*count = end - first;
	return buf_str(&buf);
}

static void add_lines(Buf *buf, const char *mark, Str text)
{
	Str line;
	while (text.len && str_next(&text, '\n', &line))
		buf_format(buf, "%s%.*s\n", mark, STR_ARG(line));
}

static void add_heading(Buf *buf, const TypesDifference *d)
{
	ARENA_SCRATCH(scratch);
	buf_format(buf, " %.*s.", STR_ARG(str_visible(&scratch, d->schema)));
	buf_format(buf, "%.*s", STR_ARG(types_section_key(d->section)));
	if (d->depth > TYPES_OF_OBJECT)
		buf_format(buf, ".%.*s", STR_ARG(str_visible(&scratch, d->object)));
	if (d->depth == TYPES_OF_MEMBER)
		buf_format(buf, ".%.*s", STR_ARG(types_part_key(d->part)));
	buf_add_char(buf, '\n');
}

Str types_finding_patch(Arena *arena, const TypesResult *result, size_t first, size_t count)
{
	Buf buf = buf_new(arena, PATCH_MAX);
	const TypesDifference *before = NULL;
	for (size_t i = first; i < first + count; i++) {
		const TypesDifference *d = &result->findings.items[i].difference;
		if (d->depth == TYPES_OF_SCHEMA)
			continue;
		if (!before || before->part != d->part || before->depth != d->depth)
			add_heading(&buf, d);
		add_lines(&buf, "-", d->found);
		add_lines(&buf, "+", d->expected);
		before = d;
	}
	return buf_str(&buf);
}

/* ---- faults ---- */

static Str object_name(Arena *arena, const TypesDifference *d)
{
	Buf buf = buf_new(arena, TEXT_MAX);
	add_name(&buf, d);
	return buf_str(&buf);
}

static void describe(Fault *fault, TypesRuleId rule, const TypesResult *result)
{
	fault->rule = &table[rule].rule;
	fault->certainty = table[rule].certainty;
	fault->file = result->file;
}

static Str where_from(Arena *arena, const TypesFinding *finding)
{
	if (!finding->migration.len)
		return (Str){0};
	if (!finding->statement_line)
		return str_format(
			arena, "; %.*s changes it", STR_ARG(file_base(finding->migration)));
	return str_format(arena, "; %.*s:%zu changes it", STR_ARG(file_base(finding->migration)),
		finding->statement_line);
}

static size_t add_object(const TypesResult *result, size_t first, const TypesOutlet *outlet)
{
	const TypesFinding *finding = &result->findings.items[first];
	const TypesDifference *d = &finding->difference;
	Err *to = finding->is_stale ? outlet->stale : outlet->drift;
	size_t count;
	Str text = types_finding_text(to->arena, result, first, &count);
	Fault *fault = err_add(
		to, ERR_TYPES, "%.*s%.*s", STR_ARG(text), STR_ARG(where_from(to->arena, finding)));
	describe(
		fault, finding->is_stale ? TYPES_RULE_types_stale : TYPES_RULE_types_drift, result);
	fault->line = d->line;
	fault->col = d->col;
	fault->object = object_name(to->arena, d);
	fault->difference = types_finding_patch(to->arena, result, first, count);
	fault->hint =
		finding->is_stale
			? STR("generate the types again from a database that has the migrations, "
			      "or take the lines from the summary")
			: str_format(to->arena,
				  "the pending migrations do not change it: %.*s differs from what "
				  "the file was made from",
				  STR_ARG(outlet->target));
	return count;
}

static void add_missing(const TypesResult *result, const TypesOutlet *outlet)
{
	Fault *fault = err_add(outlet->stale, ERR_TYPES, "%.*s cannot be read: %.*s",
		STR_ARG(result->file), STR_ARG(result->reason));
	describe(fault, TYPES_RULE_types_missing, result);
	fault->hint = STR("types-file names it; `supabase gen types` makes it");
}

void types_finding_add_unwritten(const TypesResult *result, Str why, Str hint, Err *to)
{
	Fault *fault = err_add(to, ERR_TYPES, "%.*s does not fit, and is not written: %.*s",
		STR_ARG(result->file), STR_ARG(why));
	describe(fault, TYPES_RULE_types_not_written, result);
	fault->hint = hint;
}

/* Hundreds of them have one cause; the table has each. */
static void add_rest(const TypesResult *result, size_t objects, TypesRuleId rule, Err *to)
{
	if (objects <= OBJECTS_MAX)
		return;
	Fault *fault = err_add(to, ERR_TYPES, "%zu more tables, views, functions or types differ",
		objects - OBJECTS_MAX);
	describe(fault, rule, result);
	fault->hint = STR("the summary has a table of all, and the lines to paste");
}

void types_finding_add(const TypesResult *result, const TypesOutlet *outlet)
{
	if (result->status == TYPES_STATUS_MISSING)
		add_missing(result, outlet);
	if (result->status == TYPES_STATUS_UNKNOWN)
		return;
	size_t stale = 0, drift = 0;
	for (size_t i = 0; i < result->findings.count;) {
		bool is_stale = result->findings.items[i].is_stale;
		size_t nth = is_stale ? ++stale : ++drift;
		i += nth <= OBJECTS_MAX ? add_object(result, i, outlet)
					: types_finding_end(result, i) - i;
	}
	add_rest(result, stale, TYPES_RULE_types_stale, outlet->stale);
	add_rest(result, drift, TYPES_RULE_types_drift, outlet->drift);
}
