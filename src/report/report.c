#include "report/report.h"

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
	};
	return words[status];
}

static Str files(Arena *arena, size_t count)
{
	return str_format(arena, "%zu migration%s", count, count == 1 ? "" : "s");
}

static Str failed_verdict(Arena *arena, const Report *report)
{
	size_t applied = report->push.applied, count = report->push.count;
	if (!report->target.len || !count)
		return STR("failed; nothing was changed");
	for (size_t i = 0; i < count; i++)
		if (report->push.rows[i].state == PUSH_UNKNOWN)
			return str_format(arena,
				"failed; %zu of %zu migrations applied, and the outcome of %.*s "
				"is not known",
				applied, count,
				STR_ARG(report->push.rows[i].script->migration->file));
	if (!applied)
		return str_format(
			arena, "failed; none of %.*s applied", STR_ARG(files(arena, count)));
	return str_format(arena, "failed; %zu of %zu migrations applied", applied, count);
}

static Str sentence(Arena *arena, const Report *report)
{
	switch (report->status) {
	case STATUS_BLOCKED:
		return STR("blocked; nothing was changed");
	case STATUS_PLANNED:
		return str_format(arena, "%.*s would be pushed; nothing was changed",
			STR_ARG(files(arena, report->plan.pending.count)));
	case STATUS_PUSHED:
		return str_format(
			arena, "%.*s pushed", STR_ARG(files(arena, report->push.applied)));
	case STATUS_SKIPPED:
		return STR("checked without a database: none is given to this event");
	case STATUS_UP_TO_DATE:
		return STR("up to date; nothing to push");
	case STATUS_FAILED:
		break;
	}
	return failed_verdict(arena, report);
}

Str report_verdict(Arena *arena, const Report *report)
{
	Str name = report->environment.len ? report->environment
		   : report->target.len    ? report->target
					   : STR("supabase-promote");
	Str says = sentence(arena, report);
	return str_format(arena, "%.*s: %.*s", STR_ARG(name), STR_ARG(says));
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
	return report->plan.pending.count - report->push.applied;
}

Str report_names(Arena *arena, const Report *report, bool applied)
{
	AUTO_JSON array = json_array();
	size_t added = 0;
	for (size_t i = 0; i < report->plan.pending.count && added < REPORT_NAMES_MAX; i++) {
		bool is_applied =
			i < report->push.count && report->push.rows[i].state == PUSH_APPLIED;
		if (is_applied != applied)
			continue;
		json_add_str(array, "", report->plan.pending.items[i]->file);
		added++;
	}
	return json_print(arena, array);
}

Str report_row_word(const PushRow *row)
{
	switch (row->state) {
	case PUSH_NOT_RUN:
		return STR("not run");
	case PUSH_APPLIED:
		return row->resumed ? STR("applied (read from the history)") : STR("applied");
	case PUSH_FAILED:
		return STR("failed, rolled back");
	case PUSH_PARTLY:
		return STR("failed, partly applied");
	case PUSH_UNKNOWN:
		break;
	}
	return STR("outcome unknown");
}
