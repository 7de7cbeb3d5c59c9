#include "report/result.h"

#include "report/along.h"
#include "wrap/json.h"

enum {
	FORMAT_VERSION = 1,
	LIST_MAX = 500,
	ERRORS_MAX = 50,
	TEXT_MAX = 1000
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

static void add_migrations(Json *to, const Report *report)
{
	Json *list = json_add(to, "migrations", json_array());
	for (size_t i = 0; i < report->push.count && i < LIST_MAX; i++) {
		const PushRow *row = &report->push.rows[i];
		Json *item = json_add(list, "", json_object());
		json_add_str(item, "file", row->script->migration->file);
		json_add_str(item, "version", row->script->migration->version);
		json_add_str(item, "state", report_row_word(row));
		json_add_number(item, "statements", (double)row->script->count);
		json_add_number(item, "ms", (double)row->us / 1000);
	}
}

static void add_errors(Json *to, const Err *err)
{
	size_t count = 0;
	Json *list = json_add(to, "errors", json_array());
	for (const Fault *fault = err->first; fault && count < ERRORS_MAX;
		fault = fault->next, count++) {
		Json *item = json_add(list, "", json_object());
		json_add_str(item, "kind", err_title(fault->kind));
		add_text(item, "message", fault->message);
		add_text(item, "file", fault->file);
		json_add_number(item, "line", (double)fault->line);
		json_add_number(item, "column", (double)fault->col);
		json_add_str(item, "sqlstate", fault->sqlstate);
		add_text(item, "hint", fault->hint.len ? fault->hint : fault->server_hint);
	}
}

Str result_json(Arena *arena, const Report *report, const Err *err)
{
	AUTO_JSON root = json_object();
	json_add_number(root, "format", FORMAT_VERSION);
	json_add_str(root, "status", report_status(report->status));
	json_add_str(root, "environment", report->environment);
	add_project(root, &report->project);
	json_add_str(root, "target", report->target);
	json_add_str(root, "postgres", report->server_version);
	json_add_str(root, "version", report_version(report));
	json_add_str(root, "compared", report->compared);
	json_add_number(root, "changes", (double)report->changes);
	json_add_number(root, "ms", (double)report->us / 1000);
	add_migrations(root, report);
	along_json(root, &report->extras);
	add_errors(root, err);
	return json_print(arena, root);
}
