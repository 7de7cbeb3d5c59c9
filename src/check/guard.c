#include "check/guard.h"

#include "check/check.h"
#include "check/same_work.h"

#include "local/stamp.h"
#include "plan/diff.h"
#include "sql/split.h"

enum {
	SECONDS_A_DAY = 24 * 60 * 60,
	OLD_DAYS = 30,
	LISTED_MAX = 20,
	COMMANDS_MAX = 100, /* words of a command; whoever has more runs it again */
	LIST_MAX = 16 * 1024, /* bytes */
};

/* -- versions -------------------------------------------------------------------------------- */

/* Is the version's file deleted by the change at hand? Then that is the finding. */
static bool check_deleted(Check *check, Str version)
{
	const GuardFacts *facts = check->facts;
	for (size_t i = 0; i < facts->deleted_count; i++) {
		const Deleted *deleted = &facts->deleted[i];
		if (!str_equal(deleted->version, version))
			continue;
		check_add(check, GUARD_DELETED,
			&(Values){.other = version,
				.other_file = deleted->file,
				.other_path = deleted->path});
		return true;
	}
	return false;
}

static void check_missing(Check *check)
{
	const Plan *plan = check->facts->plan;
	Buf list = buf_new(check->arena, LIST_MAX);
	size_t count = 0, record = 0;
	for (size_t i = 0; i < plan->rows.count; i++) {
		const PlanRow *row = &plan->rows.items[i];
		bool found = row->verdict != VERDICT_MISSING || check->explained[record];
		record += !check_is_local_only(row);
		if (found || check_deleted(check, row->version))
			continue;
		if (count++ < LISTED_MAX)
			buf_format(&list, "\x1f%.*s", STR_ARG(row->version));
	}
	check_add_more(&list, count, LISTED_MAX);
	if (count)
		check_add(check, GUARD_MISSING,
			&(Values){.count = check_count_of(check->arena, count, "version"),
				.list = buf_str(&list)});
}

/* What an earlier run has left of this version; NULL if nothing of it is in the database. */
static const Partial *partial_of(const History *history, Str version)
{
	const Partial *partial = history_partial(history, version);
	return partial && (partial->done || partial->in_doubt) ? partial : NULL;
}

/* "2 statements are" */
static Str done_of(Arena *arena, const Partial *partial)
{
	if (!partial->in_doubt)
		return check_count_are(arena, partial->done, "statement");
	return str_format(arena, "%.*s, and perhaps what follows, are",
		STR_ARG(check_count_of(arena, partial->done, "statement")));
}

/* Where a file of this content would run last: under the date and time in its name, if that is
 * enough, or under a fresh version. */
static Str fresh_path(Check *check, const Migration *migration)
{
	Stamp stamp = {.title = migration->title};
	const Plan *plan = check->facts->plan;
	const Str newest = plan->rows.items[plan->rows.count - 1].version;
	bool is_short = !stamp_is_usual(migration->version) &&
			stamp_read(check->arena, migration->file, &stamp);
	if (is_short && str_compare(stamp.version, newest) > 0)
		return check_path(check, stamp.version, stamp.title);
	Str version = plan_fresh_version(check->arena, plan, check->options->now, check->moves++);
	return version.len ? check_path(check, version, stamp.title) : version;
}

static bool is_out_of_order(const PlanRow *row)
{
	return row->verdict == VERDICT_OUT_OF_ORDER;
}

/* What staging has run there keeps its version. False if it has not. */
static bool check_order_staged(Check *check, const Values *values)
{
	const History *staging = check->facts->staging;
	if (!staging || !history_holds(staging, values->migration->version))
		return false;
	check_add(check, check->facts->promotes ? GUARD_PROMOTED_LATE : GUARD_OUT_OF_ORDER_STAGED,
		values);
	return true;
}

static void check_order(Check *check)
{
	const Plan *plan = check->facts->plan;
	for (size_t i = 0; i < plan->rows.count; i++) {
		const PlanRow *row = &plan->rows.items[i];
		if (!is_out_of_order(row) || check->renamed[i] || check->facts->input.include_all)
			continue;
		Values values = {.migration = row->migration, .head = plan->head};
		const Partial *partial = partial_of(check->facts->input.history, row->version);
		if (partial) {
			values.count = done_of(check->arena, partial);
			check_add(check, GUARD_OUT_OF_ORDER_HALF, &values);
			continue;
		}
		if (check_order_staged(check, &values))
			continue;
		values.fresh = fresh_path(check, row->migration);
		if (!stamp_is_usual(row->version))
			values.reason = str_format(check->arena,
				": its own is %.*s, the digits before the first _",
				STR_ARG(row->version));
		check_add(check, values.fresh.len ? GUARD_OUT_OF_ORDER : GUARD_OUT_OF_ORDER_LAST,
			&values);
	}
}

static void check_age(Check *check)
{
	const Plan *plan = check->facts->plan;
	int64_t head, stamp;
	if (!stamp_seconds(plan->head, &head))
		return;
	for (size_t i = 0; i < plan->pending.count; i++) {
		const Migration *migration = plan->pending.items[i];
		if (!stamp_seconds(migration->version, &stamp) ||
			head - stamp <= (int64_t)OLD_DAYS * SECONDS_A_DAY ||
			partial_of(check->facts->input.history, migration->version))
			continue;
		Values values = {.migration = migration, .head = plan->head};
		values.number = (size_t)((head - stamp) / SECONDS_A_DAY);
		values.fresh = fresh_path(check, migration);
		check_add(check, GUARD_TOO_OLD, &values);
	}
}

/* Pending files whose versions are none of 14 digits, for one finding. */
typedef struct Shorts {
	Stamps stamps;
	const Migration *first;
	size_t count;
	Buf list, moves;
} Shorts;

/* A name that leaves the order as it is; an empty Str if there is none. */
static Str name_in_order(Check *check, Shorts *shorts, size_t pending, Str *last)
{
	Stamp stamp;
	const Plan *plan = check->facts->plan;
	const Migration *migration = plan->pending.items[pending];
	Str next = pending + 1 < plan->pending.count ? plan->pending.items[pending + 1]->version
						     : (Str){0};
	Str before = *last;
	*last = migration->version;
	if (!stamps_offer(&shorts->stamps, migration->file, &stamp) ||
		str_compare(stamp.version, before) <= 0 ||
		(stamp_is_usual(next) && str_compare(stamp.version, next) >= 0))
		return (Str){0};
	*last = stamp.version;
	return check_path(check, stamp.version, stamp.title);
}

static void add_short(Check *check, Shorts *shorts, const Migration *migration, Str path)
{
	Arena *arena = check->arena;
	if (!shorts->count)
		shorts->first = migration;
	if (shorts->count++ < LISTED_MAX)
		buf_format(&shorts->list, "\x1f%.*s (%.*s)", STR_ARG(migration->file),
			STR_ARG(migration->version));
	if (path.len)
		buf_format(&shorts->moves, "\n  git mv %.*s %.*s",
			STR_ARG(str_shell(arena, migration->path)),
			STR_ARG(str_shell(arena, path)));
}

/* What a database has run, or begun, keeps its version. */
static bool is_run_somewhere(const Check *check, const Migration *migration)
{
	const History *staging = check->facts->staging;
	return partial_of(check->facts->input.history, migration->version) ||
	       (staging && history_holds(staging, migration->version));
}

static void check_versions(Check *check)
{
	const Plan *plan = check->facts->plan;
	Shorts shorts = {.stamps = {.arena = check->arena},
		.list = buf_new(check->arena, SIZE_MAX),
		.moves = buf_new(check->arena, SIZE_MAX)};
	Str last = plan->head;
	for (size_t i = 0; i < plan->rows.count; i++)
		stamps_take(&shorts.stamps, plan->rows.items[i].version);
	for (size_t i = 0; i < plan->pending.count; i++) {
		const Migration *migration = plan->pending.items[i];
		if (stamp_is_usual(migration->version) || is_run_somewhere(check, migration))
			last = migration->version;
		else if (shorts.count < COMMANDS_MAX)
			add_short(
				check, &shorts, migration, name_in_order(check, &shorts, i, &last));
		else
			shorts.count++;
	}
	check_add_more(&shorts.list, shorts.count, LISTED_MAX);
	if (shorts.moves.len)
		check_add(check, GUARD_SHORT_VERSION,
			&(Values){.migration = shorts.first,
				.count = str_format(check->arena, "%zu pending file%s",
					shorts.count, shorts.count == 1 ? " has" : "s have"),
				.list = buf_str(&shorts.list),
				.moves = buf_str(&shorts.moves)});
}

static void check_count(Check *check)
{
	size_t count = check->facts->plan->pending.count, most = check->options->max_pending;
	const History *history = check->facts->input.history;
	bool is_first = !history->versions.count && !history->partials.count;
	if (most && count > most)
		check_add(check, is_first ? GUARD_FIRST_PUSH : GUARD_TOO_MANY,
			&(Values){.count = check_count_of(check->arena, count, "migration"),
				.number = most});
}

/* -- content
 * --------------------------------------------------------------------------------------- */

/* The file as the history would hold it, so that the two can be laid side by side. */
static Str as_recorded(Arena *arena, Str text)
{
	Pieces pieces = {0};
	Buf buf = buf_new(arena, SIZE_MAX);
	split_text(arena, text, &pieces);
	for (size_t i = 0; i < pieces.count; i++) {
		buf_add(&buf, i ? STR(";\n") : (Str){0});
		buf_add(&buf, pieces.items[i]);
	}
	return buf_str(&buf);
}

static Str difference(const Check *check, const Record *record, const Migration *migration)
{
	ARENA_SCRATCH(scratch);
	return diff_lines(check->arena, record->text, as_recorded(&scratch, migration->text));
}

static void check_edited(Check *check)
{
	const DigestInput *input = &check->facts->input;
	size_t unknown = 0;
	for (size_t r = 0; r < input->history->versions.count; r++) {
		const Record *record = &input->history->records[r];
		if (record->file == SIZE_MAX || record->is_as_filed)
			continue;
		const Migration *migration =
			&input->contents->source->migrations.items[record->file];
		Str now = check_identity(check, migration);
		unknown += !record->digest.len && now.len;
		if (record->digest.len && !str_equal(record->identity, now))
			check_add(check, GUARD_EDITED,
				&(Values){.migration = migration,
					.difference = difference(check, record, migration)});
	}
	if (unknown && check->options->levels.edited != GUARD_OFF)
		check_add(check, GUARD_NOT_COMPARED,
			&(Values){.count = check_count_of(check->arena, unknown, "version")});
}

static void check_on_staging(Check *check, const Migration *migration)
{
	const History *staging = check->facts->staging;
	const DigestInput *input = &check->facts->input;
	Values values = {.migration = migration};
	size_t r = history_find(staging, migration->version);
	if (r == SIZE_MAX) {
		check_add(check, GUARD_NOT_ON_STAGING, &values);
		return;
	}
	Str there = content_recorded(input->contents, staging, r);
	Str here = check_identity(check, migration);
	if (str_equal(there, here))
		return; /* maybe comments only, on both sides */
	if (!staging->records[r].digest.len) {
		check_add(check, GUARD_UNKNOWN_ON_STAGING, &values);
		return;
	}
	values.difference = difference(check, &staging->records[r], migration);
	check_add(check, GUARD_CHANGED_SINCE_STAGING, &values);
}

static void check_staging(Check *check)
{
	const History *staging = check->facts->staging;
	const Plan *plan = check->facts->plan;
	if (!staging)
		return;
	for (size_t i = 0; i < plan->pending.count; i++)
		check_on_staging(check, plan->pending.items[i]);
	Buf list = buf_new(check->arena, LIST_MAX);
	size_t count = 0;
	for (size_t r = 0; r < staging->versions.count; r++) {
		Str version = staging->versions.items[r];
		if (staging->records[r].file != SIZE_MAX ||
			history_holds(check->facts->input.history, version))
			continue;
		if (count++ < LISTED_MAX)
			buf_format(&list, "\x1f%.*s", STR_ARG(version));
	}
	check_add_more(&list, count, LISTED_MAX);
	if (count)
		check_add(check, GUARD_STAGING_AHEAD,
			&(Values){.count = str_format(check->arena, "%zu version%s not here", count,
					  count == 1 ? " that is" : "s that are"),
				.list = buf_str(&list)});
}

/* -- files left half done
 * -------------------------------------------------------------------------- */

static Str chain_of(Arena *arena, const Script *script, size_t count)
{
	Str chain = {0};
	for (size_t i = 0; i < count; i++)
		chain = content_chain(arena, chain, script->statements[i].text);
	return chain;
}

static void check_partial(Check *check, const Script *script, const Partial *partial)
{
	Values values = {.migration = script->migration};
	values.count = done_of(check->arena, partial);
	bool same = partial->done <= script->count &&
		    str_equal(chain_of(check->arena, script, partial->done), partial->chain);
	if (!same) {
		check_add(check, GUARD_HALF_CHANGED, &values);
		return;
	}
	if (partial->done < script->count) {
		const Statement *next = &script->statements[partial->done];
		values.line = script_place(script, script_point(next, 0)).line;
		values.number = partial->done + 1;
		Str name = script_statement_name(next);
		values.what = name.len ? name : STR("a statement that commits");
		values.chain = chain_of(check->arena, script, partial->done + 1);
	}
	if (partial->in_doubt && partial->done < script->count)
		check_add(check, GUARD_HALF_IN_DOUBT, &values);
	else if (check->facts->input.one_transaction && partial->done)
		check_add(check, GUARD_HALF_IN_ALL, &values);
	else if (partial->done)
		check_add(check, GUARD_HALF_DONE, &values);
}

/* Neither recorded nor a file's. */
static void check_alone(Check *check, const Partial *partial)
{
	if ((partial->done || partial->in_doubt) && !plan_row(check->facts->plan, partial->version))
		check_add(check, GUARD_HALF_ALONE,
			&(Values){.other = partial->version,
				.count = done_of(check->arena, partial)});
}

static void check_halves(Check *check)
{
	const Plan *plan = check->facts->plan;
	const History *history = check->facts->input.history;
	for (size_t k = 0; k < history->partials.count; k++)
		check_alone(check, &history->partials.items[k]);
	for (size_t i = 0; check->facts->scripts && i < plan->pending.count; i++) {
		const Partial *partial = history_partial(history, plan->pending.items[i]->version);
		if (partial)
			check_partial(check, &check->facts->scripts[i], partial);
	}
}

/* -- all of them
 * ----------------------------------------------------------------------------------- */

static void check_plan(Check *check)
{
	Str expected = check->options->expect_plan, digest = check->facts->digest;
	if (!expected.len || !digest.len || str_equal(expected, digest))
		return;
	if (!check->errors->count && !check->facts->plan->pending.count &&
		!check->facts->input.extras.len) {
		check_add(check, GUARD_PLAN_DONE, &(Values){.other = expected});
		return;
	}
	check_add(check, GUARD_OTHER_PLAN,
		&(Values){.other = expected,
			.digest = digest,
			.reason = digest_explain(check->arena, &check->facts->input, expected)});
}

bool guard_check(const GuardFacts *facts, const GuardOptions *options, Err *errors, Err *warnings,
	Err *notes)
{
	ARENA_SCRATCH(scratch);
	size_t before = errors->count;
	Check check = {.arena = &scratch,
		.facts = facts,
		.options = options,
		.errors = errors,
		.warnings = warnings,
		.notes = notes};
	check.explained = arena_array(&scratch, bool, facts->input.history->versions.count + 1);
	check.renamed = arena_array(&scratch, bool, facts->plan->rows.count + 1);
	same_work_check_missing(&check);
	check_missing(&check);
	check_order(&check);
	same_work_check_files(&check);
	check_halves(&check);
	check_staging(&check);
	check_edited(&check);
	check_age(&check);
	check_versions(&check);
	check_count(&check);
	check_plan(&check);
	return errors->count == before;
}

bool guard_wants_staging(const Plan *plan, const GuardOptions *options)
{
	bool asks = plan->pending.count > 0;
	for (size_t i = 0; !asks && i < plan->rows.count; i++)
		asks = is_out_of_order(&plan->rows.items[i]);
	return asks && options->levels.staging != GUARD_OFF;
}
