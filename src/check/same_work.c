#include "check/same_work.h"

#include "base/str_map.h"
#include "local/copy_name.h"
#include "sql/idempotent.h"
#include "sql/split.h"
#include "sql/sql.h"

#include <stdlib.h>

enum {
	LISTED_MAX = 20,
	COMMANDS_MAX = 100, /* words of a command; whoever has more runs it again */
};

/* -- versions without a file ------------------------------------------------------------------- */

/* The plan's files by what they do. */
typedef struct FilesByWork {
	StrMap waiting; /* the first row that is not in the history, and not found there yet */
	size_t *next; /* of each row: the next one like it, or SIZE_MAX */
	StrMap done; /* the first row that is in the history, or was found there */
} FilesByWork;

/* Backwards: the first row of several comes to be the one that is found. */
static FilesByWork files_by_work(const Check *check)
{
	const Plan *plan = check->facts->plan;
	FilesByWork files = {.next = arena_array(check->arena, size_t, plan->rows.count + 1)};
	for (size_t i = plan->rows.count; i-- > 0;) {
		const PlanRow *row = &plan->rows.items[i];
		Str identity = row->migration ? check_identity(check, row->migration) : (Str){0};
		if (!identity.len)
			continue;
		size_t *at = str_map_at(check->arena,
			check_is_local_only(row) ? &files.waiting : &files.done, identity);
		files.next[i] = *at;
		*at = i;
	}
	return files;
}

/* A version without a file that has the content of one that is not in the history. */
static bool find_renamed(Check *check, FilesByWork *files, size_t record, Str identity)
{
	Str version = check->facts->input.history->versions.items[record];
	size_t *waiting = str_map_find(&files->waiting, identity);
	if (!waiting || *waiting == SIZE_MAX)
		return false;
	size_t i = *waiting, *done = str_map_at(check->arena, &files->done, identity);
	const Migration *migration = check->facts->plan->rows.items[i].migration;
	*waiting = files->next[i];
	*done = *done < i ? *done : i;
	check->renamed[i] = true;
	check_add(check, GUARD_ALREADY_AS,
		&(Values){.migration = migration,
			.other = version,
			.renamed = check_path(check, version, migration->title)});
	return true;
}

/* Would it change nothing to run the file a second time? */
static bool is_idempotent(const Migration *migration)
{
	ARENA_SCRATCH(scratch);
	Pieces pieces = {0};
	split_text(&scratch, migration->text, &pieces);
	for (size_t i = 0; i < pieces.count; i++) {
		SqlFinding finding;
		if (sql_examine_facts(&scratch, pieces.items[i], NULL, &finding) != SQL_VALID ||
			!idempotent_facts(finding.facts))
			return false;
	}
	return true;
}

/* A version without a file that has the content of one that is applied. What may be run any number
 * of times proves nothing: each of the two may be somebody's own. */
static bool find_twice(Check *check, const FilesByWork *files, size_t record, Str identity)
{
	const PlanRow *rows = check->facts->plan->rows.items;
	const size_t *done = str_map_find(&files->done, identity);
	if (!done || is_idempotent(rows[*done].migration))
		return false;
	check_add(check, GUARD_RECORDED_TWICE,
		&(Values){.migration = rows[*done].migration,
			.other = check->facts->input.history->versions.items[record]});
	return true;
}

void same_work_check_missing(Check *check)
{
	const History *history = check->facts->input.history;
	FilesByWork files = {0};
	for (size_t r = 0; r < history->versions.count; r++) {
		if (history->records[r].file != SIZE_MAX)
			continue;
		Str identity = check_recorded(check, r);
		if (identity.len && !files.next)
			files = files_by_work(check);
		check->explained[r] =
			identity.len && (find_renamed(check, &files, r, identity) ||
						find_twice(check, &files, r, identity));
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
	bool idempotent = is_idempotent(original->migration);
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
