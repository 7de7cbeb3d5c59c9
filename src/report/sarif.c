#include "report/sarif.h"

#include "report/fault.h"
#include "wrap/json.h"

enum {
	RESULTS_MAX = 5000, /* of a run are shown by code scanning */
	NOTIFICATIONS_MAX = 100,
	TEXT_MAX = 4000,
};

typedef struct Sarif {
	Arena *arena;
	const Report *report;
	const Secrets *secrets;
	VEC(const Rule *) rules; /* in the order of `rule_list` */
	Json *rule_list, *results, *notifications;
	size_t result_count, notification_count;
} Sarif;

static void add_text(const Sarif *sarif, Json *to, const char *name, Str text)
{
	Json *message = json_add(to, name, json_object());
	text = secret_redact(sarif->secrets, sarif->arena, text);
	json_add_str(message, "text", str_head(text, str_utf8_offset(text, TEXT_MAX)));
}

/* ---- rules ---- */

static void add_rule(const Sarif *sarif, const Rule *rule)
{
	static const char *const levels[] = {[LINT_LEVEL_error] = "error",
		[LINT_LEVEL_warn] = "warning",
		[LINT_LEVEL_off] = "none",
		[LINT_LEVEL_note] = "note"};
	LintId lint = lint_rule_find(rule->name);
	bool is_lint = lint != LINT_RULES && lint_rule(lint) == rule;
	Str says = is_lint ? lint_rule_condition(lint) : rule->name;
	Str help = is_lint ? lint_remedy(sarif->arena, lint, &(LintValues){0})
			   : STR("each finding says what to do");
	Json *item = json_add(sarif->rule_list, "", json_object());
	json_add_str(item, "id", rule->name);
	add_text(sarif, item, "shortDescription", says);
	add_text(sarif, item, "fullDescription", says);
	add_text(sarif, item, "help", help);
	if (is_lint)
		json_add_str(json_add(item, "defaultConfiguration", json_object()), "level",
			str_from(levels[lint_rule_level(lint)]));
}

static size_t rule_index(Sarif *sarif, const Rule *rule)
{
	size_t index = 0;
	while (index < sarif->rules.count && sarif->rules.items[index] != rule)
		index++;
	if (index < sarif->rules.count)
		return index;
	*vec_add(sarif->arena, &sarif->rules) = rule;
	add_rule(sarif, rule);
	return index;
}

/* ---- results ---- */

/* As the repository calls it; a secret in it is replaced before it is encoded. */
static Str uri_of(const Sarif *sarif, const Fault *fault)
{
	Str path = secret_redact(
		sarif->secrets, sarif->arena, report_path(sarif->report, fault->file));
	Buf uri = buf_new(sarif->arena, SIZE_MAX);
	Str part;
	for (bool first = true; path.len && str_next(&path, '/', &part); first = false) {
		buf_add(&uri, first ? STR("") : STR("/"));
		buf_add(&uri, str_percent(sarif->arena, part));
	}
	return buf_str(&uri);
}

static void add_location(const Sarif *sarif, Json *result, const Fault *fault)
{
	Json *list = json_add(result, "locations", json_array());
	Json *place =
		json_add(json_add(list, "", json_object()), "physicalLocation", json_object());
	Json *file = json_add(place, "artifactLocation", json_object());
	json_add_str(file, "uri", uri_of(sarif, fault));
	json_add_str(file, "uriBaseId", STR("%SRCROOT%"));
	Json *region = json_add(place, "region", json_object());
	json_add_number(region, "startLine", fault->line ? (double)fault->line : 1);
	if (fault->col)
		json_add_number(region, "startColumn", (double)fault->col);
	if (fault->end_line < fault->line || !fault->end_line)
		return;
	json_add_number(region, "endLine", (double)fault->end_line);
	if (fault->end_col) /* ours is the last one, SARIF's the one after it */
		json_add_number(region, "endColumn", (double)fault->end_col + 1);
}

static void add_result(Sarif *sarif, const char *level, const Fault *fault)
{
	size_t index = rule_index(sarif, fault->rule);
	Json *result = json_add(sarif->results, "", json_object());
	json_add_str(result, "ruleId", fault->rule->name);
	json_add_number(result, "ruleIndex", (double)index);
	json_add_str(result, "level", str_from(level));
	add_text(sarif, result, "message", fault_annotation(sarif->arena, fault));
	add_location(sarif, result, fault);
	Json *more = json_add(result, "properties", json_object());
	json_add_str(more, "certainty", err_certainty(fault->certainty));
	json_add_str(more, "object", secret_redact(sarif->secrets, sarif->arena, fault->object));
	json_add_str(more, "sqlstate", fault->sqlstate);
}

static void notify(Sarif *sarif, const char *level, Str text)
{
	if (sarif->notification_count++ >= NOTIFICATIONS_MAX)
		return;
	Json *item = json_add(sarif->notifications, "", json_object());
	json_add_str(item, "level", str_from(level));
	add_text(sarif, item, "message", text);
}

/* What has no line cannot be shown in the code. */
static void add_faults(Sarif *sarif, const char *level, const Err *err, bool notifies)
{
	for (const Fault *fault = err->first; fault; fault = fault->next) {
		if (!fault->rule || !fault->file.len) {
			if (notifies)
				notify(sarif, level, fault_what(sarif->arena, fault));
		} else if (sarif->result_count++ < RESULTS_MAX) {
			add_result(sarif, level, fault);
		}
	}
}

static void add_cut(Sarif *sarif)
{
	if (sarif->result_count <= RESULTS_MAX)
		return;
	sarif->notification_count = 0; /* it has its place in any case */
	notify(sarif, "warning",
		str_format(sarif->arena, "%zu findings are left out, the first %d are here",
			sarif->result_count - RESULTS_MAX, RESULTS_MAX));
}

Str sarif_json(Arena *arena, const Report *report, const Err *err, const Secrets *secrets)
{
	ARENA_SCRATCH(scratch);
	AUTO_JSON root = json_object();
	Sarif sarif = {.arena = &scratch, .report = report, .secrets = secrets};
	json_add_str(root, "version", STR("2.1.0"));
	json_add_str(root, "$schema", STR("https://json.schemastore.org/sarif-2.1.0.json"));
	Json *run = json_add(json_add(root, "runs", json_array()), "", json_object());
	Json *driver = json_add(json_add(run, "tool", json_object()), "driver", json_object());
	json_add_str(driver, "name", STR("supabase-promote"));
	json_add_str(driver, "version", report->program);
	sarif.rule_list = json_add(driver, "rules", json_array());
	json_add_str(json_add(run, "automationDetails", json_object()), "id",
		str_format(&scratch, "supabase-promote/%.*s/",
			STR_ARG(secret_redact(secrets, &scratch, report->environment))));
	json_add_str(run, "columnKind", STR("unicodeCodePoints"));
	Json *invocation = json_add(json_add(run, "invocations", json_array()), "", json_object());
	json_add_bool(invocation, "executionSuccessful", err->count == 0);
	sarif.notifications = json_add(invocation, "toolExecutionNotifications", json_array());
	sarif.results = json_add(run, "results", json_array());
	add_faults(&sarif, "error", err, true);
	add_faults(&sarif, "warning", &report->warnings, true);
	add_faults(&sarif, "note", &report->notes, false);
	add_cut(&sarif);
	return json_print(arena, root);
}
