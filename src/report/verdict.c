#include "report/verdict.h"

#include "check/finding.h"
#include "report/drift_text.h"
#include "report/extras_text.h"
#include "report/guard_groups.h"
#include "report/rehearsal_text.h"
#include "report/overview_text.h"
#include "report/repair_text.h"
#include "report/verify_text.h"

/* What was running when it stopped. */
typedef struct Stop {
	Str name; /* empty: nothing was, or nobody can say which of several files */
	const PushRow *row; /* NULL: it was no migration */
	const char *in;
	PushState state; /* PUSH_NOT_RUN: nothing was running */
	size_t count; /* more than one in a transaction for all */
	int64_t us;
} Stop;

/* ---- where ---- */

static bool is_stopped(const PushRow *row)
{
	return row->state != PUSH_NOT_RUN && row->state != PUSH_APPLIED;
}

/* What fails at the COMMIT for all, whose files are all atomic, may be any file's: it has none. */
static Stop stop_in_rows(const Report *report, const Err *err)
{
	Stop stop = {.in = "in"};
	for (size_t i = 0; i < report->push.count; i++) {
		const PushRow *row = &report->push.rows[i];
		if (!is_stopped(row))
			continue;
		stop.row = row;
		stop.state = row->state;
		stop.us = row->us;
		stop.count++;
	}
	if (stop.count != 1)
		return stop;
	bool named = report->push.count == 1 || (err->first && err->first->file.len);
	if (named || stop.row->script->mode != SCRIPT_ATOMIC)
		stop.name = stop.row->script->migration->file;
	return stop;
}

static Stop stop_beside(const Extras *extras, const Err *err)
{
	PushState state = err_kind(err) == ERR_OUTCOME ? PUSH_UNKNOWN : PUSH_FAILED;
	if (extras->roles.has_failed)
		return (Stop){.name = extras->roles.file.file,
			.in = "in",
			.state = state,
			.us = extras->roles.us};
	if (extras->vault.has_failed)
		return (Stop){.name = STR("the vault's secrets"),
			.in = "at",
			.state = state,
			.us = extras->vault.us};
	for (size_t i = 0; i < extras->seeds.items.count; i++) {
		const Seed *seed = &extras->seeds.items.items[i];
		if (seed->state == SEED_FAILED || seed->state == SEED_UNKNOWN)
			return (Stop){.name = seed->file.file,
				.in = "in",
				.state = seed->state == SEED_FAILED ? PUSH_FAILED : PUSH_UNKNOWN,
				.us = seed->us};
	}
	return (Stop){0};
}

static Stop stop_of(const Report *report, const Err *err)
{
	Stop stop = stop_in_rows(report, err);
	return stop.count ? stop : stop_beside(&report->extras, err);
}

/* Has anything been run that writes? */
static bool is_run(const Report *report, const Stop *stop)
{
	return stop->state != PUSH_NOT_RUN || report->push.applied ||
	       extras_has_done(&report->extras);
}

bool verdict_is_written(const Report *report, const Err *err)
{
	PushState state = stop_of(report, err).state;
	return report->push.applied || state == PUSH_PARTLY || state == PUSH_UNKNOWN ||
	       extras_has_done(&report->extras);
}

bool verdict_is_unknown(const Report *report, const Err *err)
{
	return stop_of(report, err).state == PUSH_UNKNOWN;
}

/* ---- why ---- */

/* `subject` gives way to the fault's place in a file, or to staging. */
typedef struct Reason {
	ErrKind kind;
	const char *before, *subject, *after;
} Reason;

#define DATABASE "the database"
static const Reason reasons[] = {
	{ERR_INPUT, "the inputs are wrong", "", ""},
	{ERR_SOURCE, "", "the migrations folder", " cannot be used"},
	{ERR_SYNTAX, "", "a migration", " is not valid SQL"},
	{ERR_CONNECT, "no connection to ", DATABASE, ""},
	{ERR_HISTORY, "the migration history of ", DATABASE, " cannot be used"},
	{ERR_MIGRATION, "", "a migration", " would fail"},
	{ERR_OUTCOME, "lost the connection to ", DATABASE, ""},
	{ERR_RUNNER, "a file of the runner cannot be used", "", ""},
	{ERR_DETECT, "cannot determine the changed files", "", ""},
	{ERR_SERVICE, "a request to GitHub or Supabase failed", "", ""},
	{ERR_CONFIG, "", "the configuration", " cannot be used"},
	{ERR_DATA, "roles, vault secrets or seeds cannot be used", "", ""},
	{ERR_DRIFT, "the schemas cannot be compared", "", ""},
	{ERR_TYPES, "the TypeScript types do not fit the database", "", ""},
	{ERR_BUG, "an internal error", "", ""},
};
/* A cause says more than its kind of error. */
static const struct {
	Cause cause;
	Reason reason;
} by_cause[] = {
	{CAUSE_ACCESS_TOKEN, {ERR_SERVICE, "Supabase does not accept the access token", "", ""}},
	{CAUSE_ACCESS_TOKEN_RIGHTS, {ERR_SERVICE, "the access token lacks a permission", "", ""}},
	{CAUSE_NO_PROJECT, {ERR_SERVICE, "the access token sees no such project", "", ""}},
};
static const Reason refused = {ERR_CONNECT, "login refused by ", DATABASE, ""};

/* "20240103000000_c.sql:2:27" */
static Str place_of(Arena *arena, const Fault *fault)
{
	Str name = str_visible(arena, fault->file), part;
	for (Str rest = name; str_next(&rest, '/', &part);)
		name = part.len ? part : name;
	if (!fault->line)
		return name;
	return str_format(
		arena, "%.*s:%zu:%zu", STR_ARG(name), fault->line, fault->col ? fault->col : 1);
}

static Str subject_of(Arena *arena, const Reason *reason, const Fault *fault)
{
	Str subject = str_from(reason->subject);
	if (!subject.len)
		return subject;
	if (str_equal(subject, STR(DATABASE)))
		return fault->on_staging ? STR("staging") : subject;
	return fault->file.len ? place_of(arena, fault) : subject;
}

static const Reason *reason_for(const Fault *fault)
{
	if (fault->kind == ERR_CONNECT && cause_has(fault->cause, CAUSE_IS_LOGIN))
		return &refused;
	for (size_t i = 0; i < sizeof by_cause / sizeof *by_cause; i++)
		if (by_cause[i].cause == fault->cause)
			return &by_cause[i].reason;
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].kind == fault->kind)
			return &reasons[i];
	return NULL;
}

/* The first fault in a few words, without its server's; empty if there are none for its kind. */
static Str reason_of(Arena *arena, const Err *err)
{
	const Reason *reason = err->first ? reason_for(err->first) : NULL;
	if (!reason)
		return (Str){0};
	return str_format(arena, "%s%.*s%s", reason->before,
		STR_ARG(subject_of(arena, reason, err->first)), reason->after);
}

/* ---- the sentence ---- */

/* It is about no database. */
static bool is_detection(const Report *report)
{
	return report->detects;
}

static Str applied_words(Arena *arena, const Report *report)
{
	const Push *push = &report->push;
	Str beside = extras_text_words(arena, &report->extras, true);
	Buf buf = buf_new(arena, 1024);
	if (push->count)
		buf_format(&buf, "%zu of %zu migration%s", push->applied, push->count,
			push->count == 1 ? "" : "s");
	buf_format(&buf, "%s%.*s", buf.len && beside.len ? ", " : "", STR_ARG(beside));
	if (buf.len)
		buf_add(&buf, STR(" applied"));
	return buf_str(&buf);
}

/* "blocked (staging first, order)" */
static void add_gates(Buf *buf, const Report *report, const Err *err)
{
	GuardGroup groups[RULE_GROUPS];
	size_t count = 0;
	for (size_t i = 0; guard_groups_read(report, err, groups) && i < RULE_GROUPS; i++)
		if (groups[i].result == GUARDS_REFUSED)
			buf_format(buf, "%s%.*s", count++ ? ", " : " (", STR_ARG(groups[i].name));
	buf_add(buf, count ? STR(")") : STR(""));
}

/* Which file: the others are below. */
static void add_blocking(Buf *buf, const Err *err)
{
	ARENA_SCRATCH(scratch);
	if (!err->first || !err->first->file.len)
		return;
	buf_format(buf, ": %.*s", STR_ARG(place_of(&scratch, err->first)));
	if (err->count > 1)
		buf_format(
			buf, " and %zu more finding%s", err->count - 1, err->count == 2 ? "" : "s");
}

static void add_reason(Buf *buf, const Err *err)
{
	ARENA_SCRATCH(scratch);
	Str why = reason_of(&scratch, err);
	buf_format(buf, "%s%.*s", why.len ? ": " : "", STR_ARG(why));
}

/* "cancelled before 20240103000000_c.sql" */
static void add_cancelled(Buf *buf, const Err *err)
{
	buf_add(buf, err->first->on_staging ? STR("cancelled") : err->first->message);
}

/* "1 of 3 verify scripts failed: always_rls.sql:3:1" */
static void add_unverified(Buf *buf, const Report *report, const Err *err)
{
	ARENA_SCRATCH(scratch);
	buf_add(buf, verify_text_words(&scratch, &report->verify));
	add_blocking(buf, err);
}

/* Does it stop at what an earlier run has left half done? */
static bool is_unfinished(const Err *err)
{
	static const GuardId rules[] = {GUARD_HALF_IN_DOUBT, GUARD_HALF_CHANGED, GUARD_HALF_ALONE,
		GUARD_HALF_IN_ALL, GUARD_OUT_OF_ORDER_HALF};
	for (const Fault *fault = err->first; fault; fault = fault->next)
		for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
			if (fault->rule == finding_rule(rules[i]))
				return true;
	return false;
}

/* Of a run that has come to no write. */
static Str unchanged(const Err *err)
{
	return is_unfinished(err) ? STR("this run changed nothing, but an earlier one left its "
					"work unfinished")
				  : STR("nothing was changed");
}

static Str stopped_before(Arena *arena, const Report *report, const Err *err)
{
	Buf buf = buf_new(arena, 4096);
	if (report->status == STATUS_BLOCKED) {
		buf_add(&buf, STR("blocked"));
		add_gates(&buf, report, err);
		add_blocking(&buf, err);
	} else if (err_kind(err) == ERR_CANCELLED) {
		add_cancelled(&buf, err);
	} else if (err_kind(err) == ERR_VERIFY) {
		add_unverified(&buf, report, err);
	} else {
		buf_add(&buf, STR("failed"));
		add_reason(&buf, err);
	}
	if (!is_detection(report))
		buf_format(&buf, "; %.*s", STR_ARG(unchanged(err)));
	return buf_str(&buf);
}

/* Where, or why. */
static void add_place(Buf *buf, const Report *report, const Stop *stop, const Err *err)
{
	const Push *push = &report->push;
	if (stop->name.len)
		buf_format(buf, " %s %.*s",
			err_kind(err) == ERR_HISTORY ? "at the history row of" : stop->in,
			STR_ARG(stop->name));
	else if (stop->state == PUSH_NOT_RUN && push->count && push->applied == push->count)
		buf_add(buf, STR(" after the last migration"));
	else if (err_kind(err) == ERR_HISTORY ||
		 (stop->state == PUSH_NOT_RUN && err_kind(err) != ERR_OUTCOME))
		add_reason(buf, err);
}

static void add_stop(Buf *buf, const Report *report, const Stop *stop, const Err *err)
{
	ErrKind kind = err_kind(err);
	if (kind == ERR_CANCELLED && stop->state == PUSH_NOT_RUN) {
		add_cancelled(buf, err);
		return;
	}
	if (kind == ERR_VERIFY) {
		add_unverified(buf, report, err);
		return;
	}
	buf_add(buf, report->status == STATUS_BLOCKED ? STR("blocked")
		     : kind == ERR_CANCELLED          ? STR("cancelled")
		     : kind == ERR_OUTCOME            ? STR("connection lost")
						      : STR("failed"));
	add_place(buf, report, stop, err);
	if (stop->state == PUSH_PARTLY)
		buf_add(buf, STR(", of which a part stays"));
	if (stop->state == PUSH_UNKNOWN && stop->name.len)
		buf_add(buf, STR(", whose outcome is unknown"));
}

/* Of a run that has failed or was blocked. */
static Str failure_sentence(Arena *arena, const Report *report, const Err *err)
{
	Stop stop = stop_of(report, err);
	Buf buf = buf_new(arena, 4096);
	if (!is_run(report, &stop))
		return stopped_before(arena, report, err);
	add_stop(&buf, report, &stop, err);
	if (stop.count > 1 && stop.state == PUSH_UNKNOWN) {
		buf_format(&buf, "; the outcome of %zu migrations is unknown", stop.count);
		return buf_str(&buf);
	}
	Str applied = applied_words(arena, report);
	if (applied.len)
		buf_format(&buf, "; %.*s", STR_ARG(applied));
	else if (stop.state != PUSH_UNKNOWN)
		buf_add(&buf, STR("; nothing was changed"));
	return buf_str(&buf);
}

static Str files(Arena *arena, size_t count)
{
	return str_format(arena, "%zu migration%s", count, count == 1 ? "" : "s");
}

/* Migrations, and what goes along with them. */
static Str work(Arena *arena, const Report *report, size_t count)
{
	Str extras = extras_text_words(arena, &report->extras, report_is_done(report));
	Str migrations = count || !extras.len ? files(arena, count) : (Str){0};
	return str_format(arena, "%.*s%s%.*s", STR_ARG(migrations),
		migrations.len && extras.len ? ", " : "", STR_ARG(extras));
}

/* Of a promotion check. */
static Str promotion_words(Arena *arena, const Report *report, const Err *err)
{
	size_t count = report->push.count, same = 0;
	for (size_t i = 0; i < count; i++)
		same += report_staging(report, err, report->push.rows[i].script->migration) ==
			STAGING_SAME;
	Str migrations = files(arena, count);
	if (same == count)
		return str_format(arena,
			"%.*s will be promoted: %s on staging with the same content",
			STR_ARG(migrations), count == 1 ? "it ran" : "all ran");
	return str_format(arena,
		"%.*s will be promoted, of which %zu ran on staging with the same content",
		STR_ARG(migrations), same);
}

static Str with_verified(Arena *arena, const Report *report, Str says)
{
	Str words = verify_text_words(arena, &report->verify);
	return words.len ? str_format(arena, "%.*s; %.*s", STR_ARG(says), STR_ARG(words)) : says;
}

static Str verified(Arena *arena, const Report *report)
{
	Str words = verify_text_words(arena, &report->verify);
	return words.len ? words : STR("no verify script belongs to an applied version");
}

Str verdict_sentence(Arena *arena, const Report *report, const Err *err)
{
	bool has_ended_well = report->status != STATUS_FAILED && report->status != STATUS_BLOCKED;
	if (report->repair.rows.count && has_ended_well)
		return repair_text_words(arena, &report->repair);
	switch (report->status) {
	case STATUS_REPAIRED:
		break;
	case STATUS_PLANNED:
		if (report->promotes)
			return promotion_words(arena, report, err);
		return str_format(arena, "%.*s would be pushed%.*s; nothing was changed",
			STR_ARG(work(arena, report, report->plan.pending.count)),
			STR_ARG(rehearsal_text_short(arena, &report->rehearsal)));
	case STATUS_PUSHED:
		return with_verified(arena, report,
			str_format(arena, "%.*s pushed",
				STR_ARG(work(arena, report, report->push.applied))));
	case STATUS_SKIPPED:
		return report->skipped;
	case STATUS_UP_TO_DATE:
		return report->promotes
			       ? STR("no migration to promote")
			       : with_verified(arena, report, STR("up to date; nothing to push"));
	case STATUS_VERIFIED:
		return verified(arena, report);
	case STATUS_SHOWN:
		return overview_text_words(arena, report);
	case STATUS_SAME:
	case STATUS_DRIFT:
		return drift_text_sentence(arena, &report->drift);
	case STATUS_BLOCKED:
	case STATUS_FAILED:
		break;
	}
	return failure_sentence(arena, report, err);
}

Str verdict_line(Arena *arena, const Report *report, const Err *err)
{
	enum {
		NAME_MAX_BYTES = 100
	};
	Str name = report->environment.len ? report->environment
		   : report->target.len    ? report->target
					   : STR("supabase-promote");
	Str says = verdict_sentence(arena, report, err);
	size_t warnings = report->warnings.count;
	name = str_head(name, str_utf8_offset(name, NAME_MAX_BYTES));
	Str line = str_format(arena, "%.*s: %.*s", STR_ARG(name), STR_ARG(says));
	return warnings ? str_format(arena, "%.*s; %zu warning%s", STR_ARG(line), warnings,
				  warnings == 1 ? "" : "s")
			: line;
}

/* ---- what is in the database ---- */

/* Of a row that was run before another one failed, in a transaction for all, nothing is left. */
static PushState state_of(const Report *report, const PushRow *row)
{
	bool undone = row->state == PUSH_NOT_RUN && report_was_run(report, row);
	return undone ? PUSH_FAILED : row->state;
}

static size_t count_state(const Report *report, PushState state)
{
	size_t count = 0;
	for (size_t i = 0; i < report->push.count; i++)
		count += state_of(report, &report->push.rows[i]) == state;
	return count;
}

static void add_rows(Buf *buf, const Report *report)
{
	static const struct {
		PushState state;
		const char *says;
	} table[] = {{PUSH_APPLIED, "applied, for good"}, {PUSH_PARTLY, "applied in part"},
		{PUSH_FAILED, "rolled back, nothing of it is left"},
		{PUSH_UNKNOWN, "of unknown outcome"}, {PUSH_NOT_RUN, "not run"}};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		size_t count = count_state(report, table[i].state);
		if (count)
			buf_format(buf, "%s%zu of %zu %s", buf->len ? "; " : "", count,
				report->push.count, table[i].says);
	}
}

Str verdict_state(Arena *arena, const Report *report, const Err *err)
{
	Stop stop = stop_of(report, err);
	Str beside = extras_text_words(arena, &report->extras, true);
	Buf buf = buf_new(arena, 4096);
	if (is_detection(report))
		return (Str){0};
	if (!is_run(report, &stop))
		return str_format(arena, "%.*s.", STR_ARG(unchanged(err)));
	add_rows(&buf, report);
	if (beside.len)
		buf_format(&buf, "%s%.*s applied", buf.len ? "; " : "", STR_ARG(beside));
	if (!stop.count && stop.state != PUSH_NOT_RUN)
		buf_format(&buf, "%s%.*s %s", buf.len ? "; " : "", STR_ARG(stop.name),
			stop.state == PUSH_UNKNOWN ? "of unknown outcome"
						   : "rolled back, nothing of it is left");
	buf_add(&buf, STR("."));
	return buf_str(&buf);
}

/* ---- the log's line ---- */

static void add_remains(Buf *buf, const Stop *stop)
{
	const PushRow *row = stop->row;
	if (stop->state == PUSH_UNKNOWN)
		buf_add(buf, STR(", outcome unknown"));
	else if (stop->state == PUSH_PARTLY)
		buf_format(buf, ", %zu of its %zu statements stay", row->kept, row->script->count);
	else if (!row || row->script->mode == SCRIPT_ATOMIC)
		buf_add(buf, STR(", rolled back"));
}

static void add_not_run(Buf *buf, const Report *report)
{
	const Push *push = &report->push;
	size_t count = count_state(report, PUSH_NOT_RUN), first = 0;
	if (!count)
		return;
	while (state_of(report, &push->rows[first]) != PUSH_NOT_RUN)
		first++;
	Str name = push->rows[first].script->migration->file;
	buf_format(buf, "\nnot run: %.*s", STR_ARG(name));
	if (count > 1)
		buf_format(buf, " and %zu more", count - 1);
}

Str verdict_stop(Arena *arena, const Report *report, const Err *err)
{
	Stop stop = stop_of(report, err);
	const Fault *fault = err->first;
	Buf buf = buf_new(arena, 4096);
	if (stop.state == PUSH_NOT_RUN || !fault)
		return (Str){0};
	buf_add(&buf, fault->kind == ERR_CANCELLED ? STR("cancelled")
		      : fault->kind == ERR_OUTCOME ? STR("connection lost")
						   : STR("failed"));
	if (fault->kind == ERR_OUTCOME)
		buf_format(&buf, " %s", stop.in);
	if (stop.name.len)
		buf_format(&buf, " %.*s", STR_ARG(stop.name));
	else
		buf_format(&buf, " all %zu migrations", report->push.count);
	if (stop.name.len && fault->line)
		buf_format(&buf, " in line %zu", fault->line);
	add_remains(&buf, &stop);
	if (stop.row && stop.row->tries)
		buf_format(&buf, ", %zu attempts", stop.row->tries + 1);
	buf_format(&buf, ", %.1f ms", (double)stop.us / 1000);
	add_not_run(&buf, report);
	return buf_str(&buf);
}
