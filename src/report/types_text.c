#include "report/types_text.h"

#include "report/markdown.h"
#include "types/finding.h"

enum {
	ROWS_MAX = 200,
	LISTED_MAX = 500, /* in JSON */
	JSON_MAX = 100 * 1000, /* bytes of texts there, which the runner wants to be less than 1 MiB
				  in all */
	PIECE_MAX = 4000, /* of one of them */
	TEXT_MAX = 400, /* characters */
	LINE_MAX = 2000, /* bytes */
	PATCH_MAX = 60 * 1000,
};

/* ---- lines ---- */

static Str with_what(const Report *report)
{
	static const Str words[] = {
		[TYPES_AS_IT_IS] = STR_INIT("compared with the database as it is"),
		[TYPES_TARGET] = STR_INIT("nothing pending changes the schema"),
		[TYPES_BEFORE_PENDING] = STR_INIT("compared with the database as it is: what the "
						  "pending files change is not counted"),
	};
	return report->types.is_rehearsed
		       ? STR("compared with the schema that the pending files make")
		       : words[report->types.basis];
}

static void add_counts(Buf *buf, const TypesResult *result)
{
	size_t stale = 0, count = result->findings.count;
	for (size_t i = 0; i < count; i++)
		stale += result->findings.items[i].is_stale;
	if (count)
		buf_format(buf, "%zu difference%s", count, count == 1 ? "" : "s");
	if (stale && stale < count)
		buf_format(buf, ", %zu of them not by a pending migration", count - stale);
	buf_format(buf, "%s%.*s, %zu table%s or view%s", count ? "; " : "",
		STR_ARG(result->schemas), result->tables, result->tables == 1 ? "" : "s",
		result->tables == 1 ? "" : "s");
}

Str types_text_line(Arena *arena, const Report *report, const TypesResult *result)
{
	Buf buf = buf_new(arena, LINE_MAX);
	buf_format(&buf, "types: %.*s: %.*s", STR_ARG(str_visible(arena, result->file)),
		STR_ARG(types_status_word(result->status)));
	if (result->reason.len) {
		buf_add(&buf, STR(": "));
		if (result->line)
			buf_format(&buf, "line %zu, column %zu: ", result->line, result->col);
		buf_add(&buf, result->reason);
		return buf_str(&buf);
	}
	buf_add(&buf, STR(" ("));
	add_counts(&buf, result);
	buf_format(&buf, "; %.*s)", STR_ARG(with_what(report)));
	return buf_str(&buf);
}

void types_text_lines(Buf *buf, const Report *report)
{
	for (size_t i = 0; i < report->types.results.count; i++) {
		ARENA_SCRATCH(scratch);
		Str line = types_text_line(&scratch, report, &report->types.results.items[i]);
		buf_format(buf, "%.*s\n\n", STR_ARG(markdown_text(&scratch, line, TEXT_MAX)));
	}
}

/* ---- the summary ---- */

static Str code_or_dash(Arena *arena, Str text)
{
	return text.len ? markdown_code(arena, text, TEXT_MAX) : STR("–");
}

static Str thing_of(Arena *arena, const TypesDifference *d)
{
	Buf buf = buf_new(arena, LINE_MAX);
	buf_add(&buf, d->schema);
	if (d->depth != TYPES_OF_SCHEMA)
		buf_format(&buf, ".%.*s", STR_ARG(d->object));
	if (d->depth >= TYPES_OF_PART)
		buf_format(&buf, " %.*s", STR_ARG(types_part_key(d->part)));
	return buf_str(&buf);
}

static Str row_of(Arena *arena, const TypesFinding *finding)
{
	const TypesDifference *d = &finding->difference;
	bool whole = d->depth <= TYPES_OF_OBJECT;
	Str word = d->depth == TYPES_OF_SCHEMA ? STR("schema") : types_section_word(d->section);
	Str has = whole && d->kind == TYPES_SUPERFLUOUS ? word : d->found;
	Str wants = whole && d->kind == TYPES_MISSING ? word : d->expected;
	return str_format(arena, "| %.*s | %u | %.*s | %.*s | %.*s |\n",
		STR_ARG(markdown_code(arena, thing_of(arena, d), TEXT_MAX)), d->line,
		STR_ARG(code_or_dash(arena, has)), STR_ARG(code_or_dash(arena, wants)),
		STR_ARG(finding->migration.len ? markdown_code(arena, finding->migration, TEXT_MAX)
			: finding->is_stale    ? STR("")
					       : STR("no pending migration")));
}

static void add_table(Buf *buf, const TypesResult *result, size_t upto)
{
	size_t shown = 0, count = result->findings.count;
	buf_add(buf, STR("| type | line | in the file | in the database | changed by |\n"
			 "|---|--:|---|---|---|\n"));
	for (; shown < count && shown < ROWS_MAX; shown++) {
		ARENA_SCRATCH(scratch);
		if (!markdown_add(buf, row_of(&scratch, &result->findings.items[shown]), upto))
			break;
	}
	buf_add(buf, STR("\n"));
	if (shown < count)
		buf_format(buf, "… and %zu more.\n\n", count - shown);
}

static void add_patch(Buf *buf, const TypesResult *result, size_t upto)
{
	ARENA_SCRATCH(scratch);
	Buf patch = buf_new(&scratch, PATCH_MAX), block = buf_new(&scratch, (size_t)PATCH_MAX * 2);
	for (size_t i = 0, end; i < result->findings.count && patch.len < PATCH_MAX; i = end) {
		ARENA_SCRATCH(piece);
		end = types_finding_end(result, i);
		buf_add(&patch, types_finding_patch(&piece, result, i, end - i));
	}
	buf_add(&block, STR("<details><summary>Lines to paste</summary>\n\n"));
	buf_add(&block, markdown_fence(&scratch, "diff",
				markdown_head(&scratch, buf_str(&patch), PATCH_MAX)));
	buf_add(&block, STR("</details>\n\n"));
	markdown_add(buf, buf_str(&block), upto);
}

void types_text_markdown(Buf *buf, const Report *report, size_t upto)
{
	types_text_lines(buf, report);
	for (size_t i = 0; i < report->types.results.count; i++) {
		const TypesResult *result = &report->types.results.items[i];
		if (!result->findings.count)
			continue;
		add_table(buf, result, upto);
		add_patch(buf, result, upto);
	}
}

/* ---- JSON ---- */

static Str kind_word(TypesDifferenceKind kind)
{
	static const Str words[] = {[TYPES_MISSING] = STR_INIT("missing"),
		[TYPES_SUPERFLUOUS] = STR_INIT("superfluous"),
		[TYPES_CHANGED] = STR_INIT("changed")};
	return words[kind];
}

/* Cut where it is too long; what is left of the room for texts gets less. */
static void add_text(Json *item, const char *key, Str text, size_t *room)
{
	ARENA_SCRATCH(scratch);
	Str cut = markdown_head(&scratch, text, PIECE_MAX);
	*room -= cut.len < *room ? cut.len : *room;
	json_add_str(item, key, cut);
}

static void add_finding(
	Json *list, const TypesResult *result, const TypesFinding *finding, size_t *room)
{
	const TypesDifference *d = &finding->difference;
	Json *item = json_add(list, "", json_object());
	json_add_str(item, "file", result->file);
	json_add_number(item, "line", d->line);
	json_add_str(item, "verdict",
		result->status == TYPES_STATUS_UNKNOWN
			? types_status_word(TYPES_STATUS_UNKNOWN)
			: types_status_word(
				  finding->is_stale ? TYPES_STATUS_STALE : TYPES_STATUS_DRIFT));
	json_add_str(item, "kind", kind_word(d->kind));
	add_text(item, "schema", d->schema, room);
	json_add_str(item, "section",
		d->depth != TYPES_OF_SCHEMA ? types_section_key(d->section) : (Str){0});
	add_text(item, "object", d->object, room);
	json_add_str(item, "part", d->depth >= TYPES_OF_PART ? types_part_key(d->part) : (Str){0});
	add_text(item, "member", d->member, room);
	add_text(item, "found", d->found, room);
	add_text(item, "expected", d->expected, room);
	json_add_str(item, "migration", finding->migration);
}

static Json *findings_of(const Report *report)
{
	size_t left = LISTED_MAX, room = JSON_MAX;
	Json *list = json_array();
	for (size_t i = 0; i < report->types.results.count; i++) {
		const TypesResult *result = &report->types.results.items[i];
		for (size_t k = 0; k < result->findings.count && left && room; k++, left--)
			add_finding(list, result, &result->findings.items[k], &room);
	}
	return list;
}

static size_t count_findings(const Report *report)
{
	size_t count = 0;
	for (size_t i = 0; i < report->types.results.count; i++)
		count += report->types.results.items[i].findings.count;
	return count;
}

void types_text_json(Json *to, const Report *report)
{
	if (!report->types.is_asked)
		return;
	Json *types = json_add(to, "types", json_object());
	json_add_str(types, "status", types_text_status(report));
	json_add_bool(types, "rehearsed", report->types.is_rehearsed);
	json_add_number(types, "differences", (double)count_findings(report));
	Json *files = json_add(types, "files", json_array());
	for (size_t i = 0; i < report->types.results.count; i++) {
		const TypesResult *result = &report->types.results.items[i];
		Json *file = json_add(files, "", json_object());
		json_add_str(file, "file", result->file);
		json_add_str(file, "status", types_status_word(result->status));
		json_add_str(file, "reason", result->reason);
		json_add_number(file, "differences", (double)result->findings.count);
	}
	json_add(types, "findings", findings_of(report));
}

/* ---- outputs ---- */

Str types_text_status(const Report *report)
{
	TypesStatus worst = TYPES_STATUS_OFF;
	for (size_t i = 0; i < report->types.results.count; i++)
		if (report->types.results.items[i].status > worst)
			worst = report->types.results.items[i].status;
	return types_status_word(worst);
}

Str types_text_count(Arena *arena, const Report *report)
{
	return report->types.is_asked ? str_format(arena, "%zu", count_findings(report)) : (Str){0};
}

Str types_text_report(Arena *arena, const Report *report)
{
	AUTO_JSON list = findings_of(report);
	return json_print(arena, list);
}
