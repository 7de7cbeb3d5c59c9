#include "plan/twins.h"

#include "base/str_map.h"
#include "sql/idempotent.h"
#include "sql/split.h"
#include "sql/sql.h"

/* The plan's files by what they do. */
typedef struct FilesByWork {
	Arena *arena;
	const Plan *plan;
	const Contents *contents;
	StrMap waiting; /* the first row that is not in the history, and not found there yet */
	size_t *next; /* of each row: the next one like it, or SIZE_MAX; NULL: nothing was read */
	StrMap done; /* the first row that is in the history, or was found there */
} FilesByWork;

bool twins_is_idempotent(const Migration *migration)
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

static Str identity_of(const FilesByWork *files, const Migration *migration)
{
	const Migration *first = files->contents->source->migrations.items;
	return migration ? content_of(files->contents, (size_t)(migration - first)) : (Str){0};
}

/* Backwards: the first row of several comes to be the one that is found. */
static void read_files(FilesByWork *files)
{
	const Plan *plan = files->plan;
	files->next = arena_array(files->arena, size_t, plan->rows.count + 1);
	for (size_t i = plan->rows.count; i-- > 0;) {
		const PlanRow *row = &plan->rows.items[i];
		Str identity = identity_of(files, row->migration);
		if (!identity.len)
			continue;
		bool waits = row->verdict != VERDICT_APPLIED;
		size_t *at =
			str_map_at(files->arena, waits ? &files->waiting : &files->done, identity);
		files->next[i] = *at;
		*at = i;
	}
}

static bool find_waiting(FilesByWork *files, Str identity, Twin *out)
{
	size_t *waiting = str_map_find(&files->waiting, identity);
	if (!waiting || *waiting == SIZE_MAX)
		return false;
	size_t row = *waiting, *done = str_map_at(files->arena, &files->done, identity);
	*waiting = files->next[row];
	*done = *done < row ? *done : row;
	*out = (Twin){TWIN_WAITING, row};
	return true;
}

/* What may be run any number of times proves nothing: each of the two may be somebody's own. */
static void find_done(const FilesByWork *files, Str identity, Twin *out)
{
	const size_t *done = str_map_find(&files->done, identity);
	if (done && !twins_is_idempotent(files->plan->rows.items[*done].migration))
		*out = (Twin){TWIN_DONE, *done};
}

Twin *twins_find(Arena *arena, const Plan *plan, const Contents *contents, const History *history)
{
	FilesByWork files = {.arena = arena, .plan = plan, .contents = contents};
	Twin *twins = arena_array(arena, Twin, history->versions.count + 1);
	for (size_t r = 0; r < history->versions.count; r++) {
		if (history->records[r].file != SIZE_MAX)
			continue;
		Str identity = content_recorded(contents, history, r);
		if (!identity.len)
			continue;
		if (!files.next)
			read_files(&files);
		if (!find_waiting(&files, identity, &twins[r]))
			find_done(&files, identity, &twins[r]);
	}
	return twins;
}
