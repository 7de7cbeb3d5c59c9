#include "report/report.h"

#include "check/finding.h"
#include "wrap/json.h"

Str report_status(Status status)
{
	static const Str words[] = {
		[STATUS_FAILED] = STR_INIT("failed"),
		[STATUS_BLOCKED] = STR_INIT("blocked"),
		[STATUS_PLANNED] = STR_INIT("planned"),
		[STATUS_PUSHED] = STR_INIT("pushed"),
		[STATUS_SKIPPED] = STR_INIT("skipped"),
		[STATUS_UP_TO_DATE] = STR_INIT("up-to-date"),
		[STATUS_VERIFIED] = STR_INIT("verified"),
		[STATUS_REPAIRED] = STR_INIT("repaired"),
		[STATUS_SHOWN] = STR_INIT("shown"),
		[STATUS_SAME] = STR_INIT("same"),
		[STATUS_DRIFT] = STR_INIT("drift"),
	};
	return words[status];
}

bool report_is_done(const Report *report)
{
	return report->status != STATUS_PLANNED && report->status != STATUS_BLOCKED;
}

Str report_version(const Report *report)
{
	Str version = report->plan.head;
	for (size_t i = 0; i < report->push.count; i++) {
		const PushRow *row = &report->push.rows[i];
		Str own = row->script->migration->version;
		if (row->state == PUSH_APPLIED && str_compare(own, version) > 0)
			version = own;
	}
	return version;
}

size_t report_pending_count(const Report *report)
{
	size_t count = 0;
	for (size_t i = 0; i < report->plan.rows.count; i++) {
		Verdict verdict = report->plan.rows.items[i].verdict;
		count += verdict == VERDICT_PENDING || verdict == VERDICT_OUT_OF_ORDER;
	}
	return count - report->push.applied;
}

/* The rows of plan and push have the same order; those of the push are some of the plan's. */
Str report_names(Arena *arena, const Report *report, bool applied)
{
	AUTO_JSON array = json_array();
	size_t added = 0, k = 0;
	for (size_t i = 0; i < report->plan.rows.count && added < REPORT_NAMES_MAX; i++) {
		const PlanRow *row = &report->plan.rows.items[i];
		bool pushed = k < report->push.count &&
			      report->push.rows[k].script->migration == row->migration;
		bool is_applied = pushed && report->push.rows[k].state == PUSH_APPLIED;
		k += pushed;
		if (row->verdict == VERDICT_APPLIED || row->verdict == VERDICT_MISSING ||
			is_applied != applied)
			continue;
		json_add_str(array, "", row->migration->file);
		added++;
	}
	return json_print(arena, array);
}

bool report_was_run(const Report *report, const PushRow *row)
{
	const PushRow *end = report->push.rows + report->push.count;
	if (row->state != PUSH_NOT_RUN)
		return true;
	while (++row < end)
		if (row->state != PUSH_NOT_RUN)
			return true;
	return false;
}

Str report_row_word(const Report *report, const PushRow *row)
{
	switch (row->state) {
	case PUSH_NOT_RUN:
		return report_was_run(report, row) ? STR("rolled back") : STR("not run");
	case PUSH_APPLIED:
		return row->resumed ? STR("applied (read from the history)") : STR("applied");
	case PUSH_FAILED:
		return row->script->mode == SCRIPT_ATOMIC ? STR("failed, rolled back")
							  : STR("failed");
	case PUSH_PARTLY:
		return STR("failed, partly applied");
	case PUSH_UNKNOWN:
		break;
	}
	return STR("outcome unknown");
}

size_t report_statements(const Report *report)
{
	size_t count = 0;
	for (size_t i = 0; i < report->push.count; i++)
		count += report->push.rows[i].script->count;
	return count;
}

size_t report_statements_applied(const Report *report)
{
	size_t count = 0;
	for (size_t i = 0; i < report->push.count; i++) {
		const PushRow *row = &report->push.rows[i];
		count += row->state == PUSH_APPLIED  ? row->script->count
			 : row->state == PUSH_PARTLY ? row->kept
						     : 0;
	}
	return count;
}

size_t report_attempts(const Report *report)
{
	size_t count = 0, run = report->push.count;
	while (run > 0 && report->push.rows[run - 1].state == PUSH_NOT_RUN)
		run--;
	for (size_t i = 0; i < run; i++)
		count += report->push.rows[i].tries + 1;
	return count;
}

Str report_run_url(Arena *arena, const Report *report)
{
	const ReportRun *run = &report->run;
	if (!run->server_url.len || !run->repository.len || !run->id.len)
		return (Str){0};
	return str_format(arena, "%.*s/%.*s/actions/runs/%.*s", STR_ARG(run->server_url),
		STR_ARG(run->repository), STR_ARG(run->id));
}

Str report_path(const Report *report, Str path)
{
	Str prefix = report->run.prefix;
	return prefix.len && str_starts(path, prefix) ? str_skip(path, prefix.len) : path;
}

static const Fault *find_rule(const Err *err, GuardId id, Str file)
{
	for (const Fault *fault = err->first; fault; fault = fault->next)
		if (fault->rule == finding_rule(id) && str_equal(fault->file, file))
			return fault;
	return NULL;
}

ReportStaging report_staging(const Report *report, const Err *err, const Migration *migration)
{
	static const struct {
		GuardId rule;
		ReportStaging staging;
	} table[] = {{GUARD_NOT_ON_STAGING, STAGING_MISSING},
		{GUARD_CHANGED_SINCE_STAGING, STAGING_CHANGED},
		{GUARD_UNKNOWN_ON_STAGING, STAGING_UNKNOWN}};
	if (!report->guards.asked[GROUP_STAGING])
		return STAGING_NOT_ASKED;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (find_rule(err, table[i].rule, migration->path) ||
			find_rule(&report->warnings, table[i].rule, migration->path))
			return table[i].staging;
	return STAGING_SAME;
}

Str report_staging_word(ReportStaging staging)
{
	static const Str words[] = {
		[STAGING_NOT_ASKED] = STR_INIT(""),
		[STAGING_SAME] = STR_INIT("identical"),
		[STAGING_MISSING] = STR_INIT("not there"),
		[STAGING_CHANGED] = STR_INIT("other content"),
		[STAGING_UNKNOWN] = STR_INIT("content unknown"),
	};
	return words[staging];
}

Str report_row_note(Arena *arena, const Report *report, const PushRow *row)
{
	const Migration *migration = row->script->migration;
	Str reason = script_reason(arena, row->script);
	Buf buf = buf_new(arena, 1024);
	if (reason.len)
		buf_format(&buf, "not atomic: %.*s", STR_ARG(reason));
	if (row->state == PUSH_PARTLY)
		buf_format(&buf, "%s%zu of %zu statements are in the database", buf.len ? "; " : "",
			row->kept, row->script->count);
	static const struct {
		GuardId rule;
		Str note;
	} rules[] = {{GUARD_COPY, STR_INIT("a copy of another file")},
		{GUARD_TOO_OLD, STR_INIT("old time stamp")}};
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (find_rule(&report->warnings, rules[i].rule, migration->path))
			buf_format(&buf, "%s%.*s", buf.len ? "; " : "", STR_ARG(rules[i].note));
	return buf_str(&buf);
}
