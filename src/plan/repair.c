#include "plan/repair.h"

#include "base/str_map.h"
#include "wrap/crypto.h"

#include <stdlib.h>

enum {
	LINES_MAX = 1000,
	SHOWN_MAX = 80, /* bytes of a line */
};

static const Str verbs[] = {
#define REPAIR_VERB(name, word) STR_INIT(word),
#include "plan/repair_verb.def"
#undef REPAIR_VERB
};

static const struct {
	bool changes;
	Str word, follows;
} actions[] = {
#define REPAIR_ACTION(name, changes, word, follows) {changes, STR_INIT(word), STR_INIT(follows)},
#include "plan/repair_action.def"
#undef REPAIR_ACTION
};

Str repair_verb_word(RepairVerb verb)
{
	return verbs[verb];
}

bool repair_changes(RepairAction action)
{
	return actions[action].changes;
}

Str repair_word(RepairAction action)
{
	return actions[action].word;
}

Str repair_follows(RepairAction action)
{
	return actions[action].follows;
}

size_t repair_count_changes(const Repair *repair)
{
	size_t count = 0;
	for (size_t i = 0; i < repair->rows.count; i++)
		count += actions[repair->rows.items[i].action].changes;
	return count;
}

/* -- lines ------------------------------------------------------------------------------------- */

static bool read_line(Str line, RepairRow *out)
{
	Str rest = line, word;
	str_next(&rest, ' ', &word);
	out->version = str_trim(rest);
	for (RepairVerb verb = 0; verb < REPAIR_VERBS; verb++)
		if (str_equal(verbs[verb], word)) {
			out->verb = verb;
			return out->version.len && !str_contains(out->version, STR(" "));
		}
	return false;
}

static void take_line(Arena *arena, StrMap *seen, Str line, Repair *out, Err *err)
{
	RepairRow row = {0};
	Str shown = str_visible(arena, str_head(line, SHOWN_MAX));
	if (!read_line(line, &row)) {
		err_add(err, ERR_INPUT,
			"repair: '%.*s' is not a line like `applied 20240101000000`",
			STR_ARG(shown))
			->hint = STR("each line is one of: applied VERSION, reverted VERSION, "
				     "fetch VERSION");
		return;
	}
	size_t *at = str_map_at(arena, seen, row.version);
	if (*at != SIZE_MAX)
		err_add(err, ERR_INPUT, "repair: version %.*s is in two lines",
			STR_ARG(str_visible(arena, row.version)));
	*at = out->rows.count;
	*vec_add(arena, &out->rows) = row;
}

bool repair_parse(Arena *arena, Str text, Repair *out, Err *err)
{
	size_t before = err->count;
	StrMap seen = {0};
	Str line;
	*out = (Repair){0};
	while (str_next(&text, '\n', &line) && out->rows.count <= LINES_MAX) {
		line = str_trim(line);
		if (line.len && !str_starts(line, STR("#")))
			take_line(arena, &seen, line, out, err);
	}
	if (out->rows.count > LINES_MAX)
		err_add(err, ERR_INPUT, "repair: there are more than %d lines", LINES_MAX);
	if (!out->rows.count && err->count == before)
		err_add(err, ERR_INPUT, "repair: it says nothing")->hint =
			STR("give it lines: applied VERSION, reverted VERSION, fetch VERSION");
	return err->count == before;
}

/* -- what they come to ---------------------------------------------------------------------------
 */

static int by_version(const void *version, const void *migration)
{
	return str_compare(*(const Str *)version, ((const Migration *)migration)->version);
}

static const Migration *find_migration(const Source *source, Str version)
{
	return source->migrations.count
		       ? bsearch(&version, source->migrations.items, source->migrations.count,
				 sizeof *source->migrations.items, by_version)
		       : NULL;
}

static void block(Err *err, Str version, const char *why, Str hint)
{
	err_add(err, ERR_BLOCKED, "%.*s %s", STR_ARG(str_visible(err->arena, version)), why)->hint =
		hint;
}

/* Recorded, its beginning would run no more and its end never; struck, it is not recorded. */
static bool is_half_done(const RepairFacts *facts, const RepairRow *row, Err *err)
{
	const Partial *partial = history_partial(facts->history, row->version);
	if (row->verb == REPAIR_VERB_FETCH || !partial || !(partial->done || partial->in_doubt))
		return false;
	block(err, row->version, "was left half done by a push: a repair would hide that",
		STR("have a push finish it (a dry run says how to continue), or undo what is done "
		    "and delete its row of supabase_migrations.promote_progress"));
	return true;
}

static void plan_applied(Arena *arena, const RepairFacts *facts, RepairRow *row, Err *err)
{
	Err ignored = {.arena = arena};
	size_t record = history_find(facts->history, row->version);
	if (!row->migration) {
		block(err, row->version, "has no file here: there is nothing to record",
			STR("run this where the file is; fetch shows what a database has recorded"));
		return;
	}
	bool is_known = record != SIZE_MAX;
	bool is_same = is_known && facts->history->records[record].is_as_filed;
	row->action = is_same ? REPAIR_NOTHING : is_known ? REPAIR_RENEW : REPAIR_RECORD;
	row->script = arena_new(arena, Script);
	script_read_statements(arena, row->migration, row->script, &ignored);
}

static void plan_recorded(const RepairFacts *facts, RepairRow *row, Err *err)
{
	size_t record = history_find(facts->history, row->version);
	if (record == SIZE_MAX) {
		block(err, row->version, "is not in the history", (Str){0});
		return;
	}
	if (row->verb == REPAIR_VERB_REVERTED)
		row->action = row->migration ? REPAIR_STRIKE_FILE : REPAIR_STRIKE;
	else if (facts->history->records[record].digest.len)
		row->action = REPAIR_SHOW;
	else
		block(err, row->version, "is recorded without its statements", (Str){0});
}

static void add_to_digest(CryptoSha256 *hash, const RepairFacts *facts, const RepairRow *row)
{
	ARENA_SCRATCH(scratch);
	size_t record = history_find(facts->history, row->version);
	Str there = record != SIZE_MAX ? facts->history->records[record].digest : (Str){0};
	Str here = row->script ? content_digest(&scratch, row->script) : (Str){0};
	crypto_sha256_add(
		hash, str_format(&scratch, "%.*s %.*s: %.*s, here %.*s, there %.*s\n",
			      STR_ARG(verbs[row->verb]), STR_ARG(row->version),
			      STR_ARG(actions[row->action].word), STR_ARG(here), STR_ARG(there)));
}

bool repair_plan(Arena *arena, const RepairFacts *facts, Repair *repair, Err *err)
{
	size_t before = err->count;
	CryptoSha256 *hash = crypto_sha256_begin();
	crypto_sha256_add(hash, str_format(arena, "supabase-promote repair 1\ntarget %.*s\n",
					STR_ARG(facts->target)));
	for (size_t i = 0; i < repair->rows.count; i++) {
		RepairRow *row = &repair->rows.items[i];
		row->action = REPAIR_NOTHING;
		row->migration = find_migration(facts->contents->source, row->version);
		if (is_half_done(facts, row, err))
			continue;
		if (row->verb == REPAIR_VERB_APPLIED)
			plan_applied(arena, facts, row, err);
		else
			plan_recorded(facts, row, err);
		add_to_digest(hash, facts, row);
	}
	repair->digest = crypto_sha256_end(arena, hash);
	return err->count == before;
}
