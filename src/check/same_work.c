#include "check/same_work.h"

enum {
	LISTED_MAX = 20,
	LIST_MAX = 16 * 1024, /* bytes */
};

/* A version without a file that has the content of one that is not in the history. */
static bool find_renamed(Check *check, size_t record, Str identity)
{
	const Plan *plan = check->facts->plan;
	Str version = check->facts->input.history->versions.items[record];
	for (size_t i = 0; i < plan->rows.count; i++) {
		const PlanRow *row = &plan->rows.items[i];
		if (!check_is_local_only(row) || check->renamed[i] ||
			!str_equal(check_identity(check, row->migration), identity))
			continue;
		check->renamed[i] = true;
		check_add(check, GUARD_ALREADY_AS,
			&(Values){.migration = row->migration,
				.other = version,
				.renamed = check_path(check, version, row->migration->title)});
		return true;
	}
	return false;
}

static bool find_twice(Check *check, size_t record, Str identity)
{
	const Plan *plan = check->facts->plan;
	for (size_t i = 0; i < plan->rows.count; i++) {
		const PlanRow *row = &plan->rows.items[i];
		bool applied = row->verdict == VERDICT_APPLIED || check->renamed[i];
		if (!applied || !str_equal(check_identity(check, row->migration), identity))
			continue;
		check_add(check, GUARD_RECORDED_TWICE,
			&(Values){.migration = row->migration,
				.other = check->facts->input.history->versions.items[record]});
		return true;
	}
	return false;
}

static void pair_missing(Check *check)
{
	const History *history = check->facts->input.history;
	for (size_t r = 0; r < history->versions.count; r++) {
		if (history->records[r].file != SIZE_MAX)
			continue;
		Str identity = check_recorded(check, r);
		check->explained[r] = identity.len && (find_renamed(check, r, identity) ||
							      find_twice(check, r, identity));
	}
}

static void find_copies(Check *check)
{
	const Plan *plan = check->facts->plan;
	const DigestInput *input = &check->facts->input;
	for (size_t i = 0; i < plan->rows.count; i++) {
		const PlanRow *row = &plan->rows.items[i];
		if (!check_is_local_only(row) || check->renamed[i])
			continue;
		Str identity = check_identity(check, row->migration);
		for (size_t r = 0; identity.len && r < input->history->versions.count; r++) {
			size_t file = input->history->records[r].file;
			if (file == SIZE_MAX || !str_equal(check_recorded(check, r), identity))
				continue;
			check->renamed[i] = true;
			check_add(check, GUARD_ALREADY_FILED,
				&(Values){.migration = row->migration,
					.other = input->history->versions.items[r],
					.other_file =
						input->contents->source->migrations.items[file]
							.file});
			break;
		}
	}
}

/* The file among the first `count` pending ones with this content, or NULL. */
static const Migration *pending_with(const Check *check, Str identity, size_t count)
{
	const Plan *plan = check->facts->plan;
	for (size_t i = 0; identity.len && i < count; i++)
		if (str_equal(check_identity(check, plan->pending.items[i]), identity))
			return plan->pending.items[i];
	return NULL;
}

static void find_same(Check *check)
{
	const Plan *plan = check->facts->plan;
	Values values = {0};
	Buf list = buf_new(check->arena, LIST_MAX);
	size_t count = 0;
	for (size_t i = 1; i < plan->pending.count; i++) {
		const Migration *migration = plan->pending.items[i];
		const Migration *other = pending_with(check, check_identity(check, migration), i);
		if (!other)
			continue;
		if (!count)
			values.migration = migration;
		if (count++ < LISTED_MAX)
			buf_format(&list, "\x1f%.*s (as %.*s)", STR_ARG(migration->file),
				STR_ARG(other->file));
	}
	if (!count)
		return;
	values.count = check_count_are(check->arena, count, "file");
	values.list = buf_str(&list);
	check_add(check, GUARD_SAME_CONTENT, &values);
}

void same_work_check_missing(Check *check)
{
	pair_missing(check);
	find_copies(check);
}

void same_work_check_pending(Check *check)
{
	find_same(check);
}
