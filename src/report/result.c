#include "report/result.h"

#include "report/drift_text.h"
#include "report/extras_text.h"
#include "report/guard_groups.h"
#include "report/preflight_text.h"
#include "report/rehearsal_text.h"
#include "report/predicted.h"
#include "report/overview_text.h"
#include "report/repair_text.h"
#include "report/verify_text.h"
#include "report/types_text.h"
#include "wrap/json.h"

enum {
	FORMAT_VERSION = 1,
	LIST_MAX = 500,
	FINDINGS_MAX = 100, /* of each level */
	ERRORS_MAX = 20,
	NOTE_MAX = 200,
	TEXT_MAX = 600
};

/* Outputs have a limit, and a server's message has none. */
static void add_text(Json *to, const char *name, Str text)
{
	json_add_str(to, name, str_head(text, TEXT_MAX));
}

static void add_project(Json *to, const ReportProject *project)
{
	if (!project->ref.len)
		return;
	Json *item = json_add(to, "project", json_object());
	json_add_str(item, "ref", project->ref);
	json_add_str(item, "name", project->name);
	json_add_str(item, "region", project->region);
}

static double attempts_of(const Report *report, const PushRow *row)
{
	return report_was_run(report, row) ? (double)row->tries + 1 : 0;
}

static void add_migrations(Json *to, const Report *report, const Err *err)
{
	ARENA_SCRATCH(scratch);
	Json *list = json_add(to, "migrations", json_array());
	for (size_t i = 0; i < report->push.count && i < LIST_MAX; i++) {
		const PushRow *row = &report->push.rows[i];
		Json *item = json_add(list, "", json_object());
		json_add_str(item, "file", row->script->migration->file);
		json_add_str(item, "version", row->script->migration->version);
		json_add_str(item, "state", report_row_word(report, row));
		json_add_number(item, "statements", (double)row->script->count);
		json_add_number(item, "kept", (double)row->kept);
		json_add_number(item, "attempts", attempts_of(report, row));
		json_add_number(item, "ms", (double)row->us / 1000);
		json_add_str(item, "staging",
			report_staging_word(report_staging(report, err, row->script->migration)));
		json_add_str(
			item, "note", str_head(report_row_note(&scratch, report, row), NOTE_MAX));
	}
}

static void add_guards(Json *to, const Report *report, const Err *err)
{
	GuardGroup groups[RULE_GROUPS];
	Json *list = json_add(to, "guards", json_array());
	if (!guard_groups_read(report, err, groups))
		return;
	for (RuleGroup i = 0; i < RULE_GROUPS; i++) {
		if (!guard_groups_is_shown(i, groups[i].result))
			continue;
		Json *item = json_add(list, "", json_object());
		json_add_str(item, "name", groups[i].name);
		json_add_str(item, "result", guard_groups_word(groups[i].result));
		json_add_number(item, "findings", (double)groups[i].count);
	}
}

/* The server's, followed by ours. */
static Str hint_of(Arena *arena, const Fault *fault)
{
	if (!fault->hint.len || !fault->server_hint.len)
		return fault->hint.len ? fault->hint : fault->server_hint;
	return str_format(arena, "%.*s\n%.*s", STR_ARG(fault->server_hint), STR_ARG(fault->hint));
}

static void add_faults(Json *to, const char *name, const Err *err)
{
	ARENA_SCRATCH(scratch);
	size_t count = 0;
	Json *list = json_add(to, name, json_array());
	for (const Fault *fault = err->first; fault && count < ERRORS_MAX;
		fault = fault->next, count++) {
		Json *item = json_add(list, "", json_object());
		json_add_str(item, "kind", err_title(fault->kind));
		add_text(item, "message", fault->message);
		add_text(item, "file", fault->file);
		json_add_number(item, "line", (double)fault->line);
		json_add_number(item, "column", (double)fault->col);
		json_add_number(item, "end_line", (double)fault->end_line);
		json_add_number(item, "end_column", (double)fault->end_col);
		json_add_str(item, "rule", fault->rule ? fault->rule->name : (Str){0});
		json_add_str(item, "sqlstate", fault->sqlstate);
		add_text(item, "hint", hint_of(&scratch, fault));
	}
}

static void add_findings_of(Json *list, const char *level, const Err *err)
{
	size_t count = 0;
	for (const Fault *fault = err->first; fault && count < FINDINGS_MAX; fault = fault->next) {
		if (!fault->rule)
			continue;
		Json *item = json_add(list, "", json_object());
		json_add_str(item, "rule", fault->rule->name);
		json_add_str(item, "level", str_from(level));
		json_add_str(item, "certainty", err_certainty(fault->certainty));
		add_text(item, "file", fault->file);
		json_add_number(item, "line", (double)fault->line);
		json_add_number(item, "column", (double)fault->col);
		add_text(item, "object", fault->object);
		add_text(item, "reason", fault->message);
		count++;
	}
}

static void add_findings(Json *to, const Report *report, const Err *err)
{
	Json *list = json_add(to, "findings", json_array());
	add_findings_of(list, "error", err);
	add_findings_of(list, "warning", &report->warnings);
	add_findings_of(list, "note", &report->notes);
}

/* How many items the lists above leave out. */
static void add_cut(Json *to, const Report *report, const Err *err)
{
	const struct {
		const char *name;
		size_t count, max;
	} lists[] = {{"migrations", report->push.count, LIST_MAX},
		{"errors", err->count, ERRORS_MAX},
		{"warnings", report->warnings.count, ERRORS_MAX}};
	Json *cut = json_add(to, "cut", json_object());
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		json_add_number(cut, lists[i].name,
			(double)(lists[i].count > lists[i].max ? lists[i].count - lists[i].max
							       : 0));
}

typedef struct Redaction {
	Arena *arena;
	const Secrets *secrets;
} Redaction;

static Str redact(void *context, Str name, Str value)
{
	static const Str own[] = {STR_INIT("status"), STR_INIT("mode"), STR_INIT("program"),
		STR_INIT("from"), STR_INIT("version"), STR_INIT("plan"), STR_INIT("state"),
		STR_INIT("staging"), STR_INIT("result"), STR_INIT("kind"), STR_INIT("rule"),
		STR_INIT("level"), STR_INIT("verdict"), STR_INIT("question"), STR_INIT("certainty"),
		STR_INIT("sqlstate"), STR_INIT("hash")};
	const Redaction *redaction = context;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (str_equal(name, own[i]))
			return value;
	return secret_redact(redaction->secrets, redaction->arena, value);
}

Str result_json(Arena *arena, const Report *report, const Err *err, const Secrets *secrets)
{
	ARENA_SCRATCH(scratch);
	Redaction redaction = {&scratch, secrets};
	AUTO_JSON root = json_object();
	json_add_number(root, "format", FORMAT_VERSION);
	json_add_str(root, "status", report_status(report->status));
	json_add_str(root, "mode", report->mode);
	if (report->promotes)
		json_add_bool(root, "promotion", true);
	json_add_str(root, "commit", report->run.commit);
	json_add_str(root, "program", report->program);
	json_add_str(root, "environment", report->environment);
	add_project(root, &report->project);
	json_add_str(root, "target", report->target);
	json_add_str(root, "postgres", report->server_version);
	json_add_str(root, "from", report->plan.head);
	json_add_str(root, "version", report_version(report));
	json_add_str(root, "plan", report->plan_digest);
	json_add_str(root, "compared", report->compared);
	json_add_number(root, "changes", (double)report->changes);
	json_add_number(root, "pending", (double)report_pending_count(report));
	json_add_number(root, "applied", (double)report->push.applied);
	json_add_number(root, "ms", (double)report->us / 1000);
	json_add_str(root, "run", report_run_url(&scratch, report));
	add_migrations(root, report, err);
	overview_text_json(root, report);
	repair_text_json(root, &report->repair);
	way_back_json(root, &report->way_back);
	verify_text_json(root, &report->verify);
	types_text_json(root, report);
	extras_text_json(root, &report->extras);
	drift_text_json(root, &report->drift);
	add_guards(root, report, err);
	add_faults(root, "errors", err);
	add_faults(root, "warnings", &report->warnings);
	add_findings(root, report, err);
	preflight_text_json(root, &report->preflight, LIST_MAX);
	rehearsal_text_json(root, &report->rehearsal);
	predicted_json(root, &report->lint, &report->preflight);
	add_cut(root, report, err);
	json_add_bool(root, "masked", report->masked);
	if (secrets)
		json_rewrite(root, redact, &redaction);
	return json_print(arena, root);
}
