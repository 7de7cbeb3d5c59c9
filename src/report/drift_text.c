#include "report/drift_text.h"

#include "report/markdown.h"

enum {
	LISTED_MAX = 500,
	NAME_MAX = 300,
	TABLE_MAX_BYTES = 64 * 1024,
};

typedef struct Totals {
	size_t objects, drift, explained, ignored;
} Totals;

static Totals totals_of(const Comparison *comparison)
{
	Totals totals = {.drift = compare_drift(comparison), .ignored = comparison->ignored};
	totals.explained = comparison->differences.count - totals.drift;
	for (size_t i = 0; i < INVENTORY_KINDS; i++)
		totals.objects += comparison->kinds[i].target;
	return totals;
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

Str drift_text_sentence(Arena *arena, const ReportDrift *drift)
{
	Totals totals = totals_of(drift->comparison);
	Buf buf = buf_new(arena, 1024);
	if (totals.drift)
		buf_format(&buf, "drift: %zu object%s differ%s between %.*s and the target",
			totals.drift, plural(totals.drift), totals.drift == 1 ? "s" : "",
			STR_ARG(reference_of(drift->reference)));
	else
		buf_format(&buf, "no drift: %zu object%s of the target compared with %.*s",
			totals.objects, plural(totals.objects),
			STR_ARG(reference_of(drift->reference)));
	if (totals.explained)
		buf_format(&buf, "; %zu%s differ%s, which pending migrations may explain",
			totals.explained, totals.drift ? " more" : "",
			totals.explained == 1 ? "s" : "");
	if (totals.ignored)
		buf_format(&buf, "; %zu ignored", totals.ignored);
	return buf_str(&buf);
}

static void add_pending(Buf *buf, const ReportDrift *drift)
{
	buf_format(buf, "%zu migration%s of %.*s %s not in the target yet", drift->pending,
		plural(drift->pending), STR_ARG(reference_of(drift->reference)),
		drift->pending == 1 ? "is" : "are");
}

static void add_ahead(Buf *buf, const ReportDrift *drift)
{
	buf_format(buf, "%s%zu migration%s of the target %s not %.*s", buf->len ? "; " : "",
		drift->ahead, plural(drift->ahead), drift->ahead == 1 ? "is" : "are",
		STR_ARG(reference_where(drift->reference)));
}

/* There is no file of what the target is ahead of the repository. */
static bool has_files(const ReportDrift *drift)
{
	return drift->pending || drift->reference != REFERENCE_REPOSITORY;
}

Str drift_text_pending(Arena *arena, const ReportDrift *drift)
{
	Buf buf = buf_new(arena, 1024);
	if (drift->pending)
		add_pending(&buf, drift);
	if (drift->ahead)
		add_ahead(&buf, drift);
	if (!buf.len)
		return (Str){0};
	if (has_files(drift))
		buf_add(&buf, STR(": what such migrations touch may differ because of them, and "
				  "does not count as drift"));
	if (drift->gaps)
		buf_format(&buf,
			"; %zu of the files hold%s SQL that is made while it runs, whose "
			"work is not recognised",
			drift->gaps, drift->gaps == 1 ? "s" : "");
	return buf_str(&buf);
}

Str drift_text_after(Arena *arena, const ReportDrift *drift, size_t known)
{
	size_t count = totals_of(drift->comparison).drift;
	if (!count)
		return str_format(arena, "after the push the target is the same as %.*s",
			STR_ARG(reference_of(drift->reference)));
	return str_format(arena,
		"after the push %zu object%s still differ%s between %.*s and the target; %zu of "
		"them %s reported before it",
		count, plural(count), count == 1 ? "s" : "",
		STR_ARG(reference_of(drift->reference)), known, known == 1 ? "was" : "were");
}

/* ---- outputs ---- */

size_t drift_text_count(const ReportDrift *drift)
{
	return drift->comparison ? compare_drift(drift->comparison) : 0;
}

Str drift_text_names(Arena *arena, const ReportDrift *drift)
{
	ARENA_SCRATCH(scratch);
	AUTO_JSON list = json_array();
	size_t count = drift->comparison ? drift->comparison->differences.count : 0;
	for (size_t i = 0, shown = 0; i < count && shown < REPORT_NAMES_MAX; i++) {
		const Difference *difference = &drift->comparison->differences.items[i];
		if (difference->migration.len)
			continue;
		json_add_str(list, "", compare_title(&scratch, difference));
		shown++;
	}
	return json_print(arena, list);
}

static void add_kinds(Json *to, const Comparison *comparison)
{
	Json *list = json_add(to, "kinds", json_array());
	for (InventoryKind kind = 0; kind < INVENTORY_KINDS; kind++) {
		const KindCount *count = &comparison->kinds[kind];
		Json *item = json_add(list, "", json_object());
		json_add_str(item, "kind", inventory_kind_plural(kind));
		json_add_number(item, "reference", (double)count->reference);
		json_add_number(item, "target", (double)count->target);
		json_add_number(item, "differences", (double)count->differences);
		json_add_number(item, "ignored", (double)count->ignored);
		json_add_str(item, "hash", count->hash);
	}
}

static void add_objects(Json *to, const Comparison *comparison)
{
	ARENA_SCRATCH(scratch);
	Json *list = json_add(to, "objects", json_array());
	for (size_t i = 0; i < comparison->differences.count && i < LISTED_MAX; i++) {
		const Difference *difference = &comparison->differences.items[i];
		Json *item = json_add(list, "", json_object());
		json_add_str(item, "kind", inventory_kind_name(difference->kind));
		json_add_str(item, "name", str_head(difference->name, NAME_MAX));
		json_add_str(item, "state", compare_state_word(difference->state));
		json_add_number(item, "parts", (double)difference->parts);
		json_add_str(item, "migration", difference->migration);
	}
}

void drift_text_json(Json *to, const ReportDrift *drift)
{
	if (!drift->comparison)
		return;
	Totals totals = totals_of(drift->comparison);
	Json *item = json_add(to, "drift", json_object());
	json_add_str(item, "reference", reference_word(drift->reference));
	json_add_str(item, "address", drift->address);
	json_add_number(item, "pending", (double)drift->pending);
	json_add_number(item, "ahead", (double)drift->ahead);
	json_add_number(item, "count", (double)totals.drift);
	json_add_number(item, "explained", (double)totals.explained);
	json_add_number(item, "ignored", (double)totals.ignored);
	json_add_str(item, "hash", drift->comparison->hash);
	add_kinds(item, drift->comparison);
	add_objects(item, drift->comparison);
}

/* ---- Markdown ---- */

Str drift_text_counts(Arena *arena, const ReportDrift *drift)
{
	Buf buf = buf_new(arena, TABLE_MAX_BYTES);
	bool any = false;
	if (!drift->comparison)
		return (Str){0};
	buf_format(&buf, "| | %.*s | target | differ | ignored |\n|---|--:|--:|--:|--:|\n",
		STR_ARG(reference_word(drift->reference)));
	for (InventoryKind kind = 0; kind < INVENTORY_KINDS; kind++) {
		const KindCount *count = &drift->comparison->kinds[kind];
		if (!count->differences && !count->ignored)
			continue;
		any = true;
		buf_format(&buf, "| %.*s | %zu | %zu | %zu | %zu |\n",
			STR_ARG(inventory_kind_plural(kind)), count->reference, count->target,
			count->differences, count->ignored);
	}
	buf_add(&buf, STR("\n"));
	return any ? buf_str(&buf) : (Str){0};
}

size_t drift_text_explained(Buf *buf, const ReportDrift *drift, size_t limit)
{
	size_t explained = drift->comparison ? totals_of(drift->comparison).explained : 0,
	       shown = 0;
	bool fits = explained > 0;
	if (!explained)
		return 0;
	buf_add(buf, STR("| explained by | object | state |\n|---|---|---|\n"));
	for (size_t i = 0; fits && i < drift->comparison->differences.count; i++) {
		ARENA_SCRATCH(scratch);
		const Difference *difference = &drift->comparison->differences.items[i];
		Str title = compare_title(&scratch, difference);
		if (!difference->migration.len)
			continue;
		fits = markdown_add(buf,
			str_format(&scratch, "| %.*s | %.*s | %.*s |\n",
				STR_ARG(markdown_code(&scratch, difference->migration, NAME_MAX)),
				STR_ARG(markdown_code(&scratch, title, NAME_MAX)),
				STR_ARG(compare_state_word(difference->state))),
			limit);
		shown += fits;
	}
	buf_add(buf, STR("\n"));
	return explained - shown;
}
