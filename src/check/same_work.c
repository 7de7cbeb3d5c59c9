#include "check/same_work.h"

#include "local/copy_name.h"
#include "plan/twins.h"

#include <stdlib.h>

enum {
	LISTED_MAX = 20,
	COMMANDS_MAX = 100, /* words of a command; whoever has more runs it again */
};

/* -- versions without a file ------------------------------------------------------------------- */

/* It is the content of a file that is not in the history. */
static void tell_renamed(Check *check, size_t record, size_t row)
{
	Str version = check->facts->input.history->versions.items[record];
	const Migration *migration = check->facts->plan->rows.items[row].migration;
	check->renamed[row] = true;
	check_add(check, GUARD_ALREADY_AS,
		&(Values){.migration = migration,
			.other = version,
			.renamed = check_path(check, version, migration->title)});
}

void same_work_check_missing(Check *check)
{
	const DigestInput *input = &check->facts->input;
	const Plan *plan = check->facts->plan;
	const Twin *twins = twins_find(check->arena, plan, input->contents, input->history);
	for (size_t r = 0; r < input->history->versions.count; r++) {
		check->explained[r] = twins[r].kind != TWIN_NONE;
		if (twins[r].kind == TWIN_WAITING)
			tell_renamed(check, r, twins[r].row);
		else if (twins[r].kind == TWIN_DONE)
			check_add(check, GUARD_RECORDED_TWICE,
				&(Values){.migration = plan->rows.items[twins[r].row].migration,
					.other = input->history->versions.items[r]});
	}
}

/* -- files with one content -------------------------------------------------------------------- */

/* A file that is here, applied or not. */
typedef struct Issue {
	Str identity; /* never empty */
	size_t row; /* of the plan */
	bool is_applied;
	const Migration *migration;
	const Migration
		*original; /* with the same content; NULL: it is the one that others repeat */
	bool is_original_applied;
	bool is_idempotent; /* of one that has an original */
} Issue;

typedef VEC(Issue) Issues;

static int by_row(const void *a, const void *b)
{
	const Issue *left = a, *right = b;
	return left->row < right->row ? -1 : left->row > right->row;
}

static int by_content(const void *a, const void *b)
{
	int order = str_compare(((const Issue *)a)->identity, ((const Issue *)b)->identity);
	return order ? order : by_row(a, b);
}

static Issues list_issues(const Check *check)
{
	Issues issues = {0};
	const Plan *plan = check->facts->plan;
	size_t record = 0;
	for (size_t i = 0; i < plan->rows.count; i++) {
		const PlanRow *row = &plan->rows.items[i];
		bool is_applied = row->verdict == VERDICT_APPLIED;
		Str identity = is_applied       ? check_recorded(check, record)
			       : row->migration ? check_identity(check, row->migration)
						: (Str){0};
		record += !check_is_local_only(row);
		if (identity.len && !check->renamed[i])
			*vec_add(check->arena, &issues) = (Issue){.identity = identity,
				.row = i,
				.is_applied = is_applied,
				.migration = row->migration};
	}
	return issues;
}

/* Which of them the others repeat: the first that is applied, or else that has no copy's name. */
static const Issue *choose_original(const Issue *issues, size_t count)
{
	Str genuine;
	for (size_t i = 0; i < count; i++)
		if (issues[i].is_applied)
			return &issues[i];
	for (size_t i = 0; i < count; i++)
		if (!copy_name_read(issues[i].migration->title, &genuine))
			return &issues[i];
	return issues;
}

static void name_original(Issue *issues, size_t count)
{
	const Issue *original = choose_original(issues, count);
	bool idempotent = twins_is_idempotent(original->migration);
	for (size_t i = 0; i < count; i++) {
		if (&issues[i] == original)
			continue;
		issues[i].original = original->migration;
		issues[i].is_original_applied = original->is_applied;
		issues[i].is_idempotent = idempotent;
	}
}

static void name_originals(Issues *issues)
{
	Issue *items = issues->items;
	qsort(items, issues->count, sizeof *items, by_content);
	for (size_t i = 0, end; i < issues->count; i = end) {
		end = i + 1;
		while (end < issues->count && str_equal(items[end].identity, items[i].identity))
			end++;
		if (end - i > 1)
			name_original(&items[i], end - i);
	}
	qsort(items, issues->count, sizeof *items, by_row);
}

static bool is_copy_of(const Migration *copy, const Migration *original)
{
	Str genuine;
	return copy_name_read(copy->title, &genuine) && str_equal(genuine, original->title);
}

/* False if neither is a copy of the other, by its name. */
static bool find_copy(Check *check, const Issue *issue)
{
	const Migration *other = issue->original;
	bool is_copy = is_copy_of(issue->migration, other);
	if (!is_copy && !is_copy_of(other, issue->migration))
		return false;
	Values values = {.migration = issue->migration,
		.other_file = other->file,
		.other_path = other->path,
		.renamed = check_path(check, other->version, issue->migration->title)};
	check_add(check, is_copy ? GUARD_COPY : GUARD_COPY_APPLIED, &values);
	return true;
}

/* Pending files that repeat others, for one finding. */
typedef struct Repeats {
	const Migration *first;
	size_t count;
	Buf list, paths, versions;
} Repeats;

static void add_repeat(Repeats *repeats, const Issue *issue)
{
	const Migration *migration = issue->migration;
	if (!repeats->count)
		repeats->first = migration;
	if (repeats->count++ < LISTED_MAX)
		buf_format(&repeats->list, "\x1f%.*s (as %.*s%s)", STR_ARG(migration->file),
			STR_ARG(issue->original->file),
			issue->is_original_applied ? ", applied" : "");
	if (repeats->count > COMMANDS_MAX)
		return;
	buf_format(&repeats->paths, "\x1f%.*s", STR_ARG(migration->path));
	buf_format(&repeats->versions, "\x1f%.*s", STR_ARG(migration->version));
}

static void tell_repeats(Check *check, Repeats *repeats)
{
	if (!repeats->count)
		return;
	check_add_more(&repeats->list, repeats->count, LISTED_MAX);
	check_add(check, GUARD_SAME_CONTENT,
		&(Values){.migration = repeats->first,
			.count = str_format(check->arena, "%zu pending file%s", repeats->count,
				repeats->count == 1 ? " has" : "s have"),
			.list = buf_str(&repeats->list),
			.paths = buf_str(&repeats->paths),
			.versions = buf_str(&repeats->versions)});
}

void same_work_check_files(Check *check)
{
	Arena *arena = check->arena;
	Repeats repeats = {.list = buf_new(arena, SIZE_MAX),
		.paths = buf_new(arena, SIZE_MAX),
		.versions = buf_new(arena, SIZE_MAX)};
	if (!check->facts->plan->pending.count || check->options->levels.same == GUARD_OFF)
		return;
	Issues issues = list_issues(check);
	if (issues.count)
		name_originals(&issues);
	for (size_t i = 0; i < issues.count; i++) {
		const Issue *issue = &issues.items[i];
		if (!issue->original || issue->is_applied || find_copy(check, issue))
			continue;
		if (!issue->is_idempotent)
			add_repeat(&repeats, issue);
	}
	tell_repeats(check, &repeats);
}
