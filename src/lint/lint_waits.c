/* How long the users of a table wait for a statement: from the size of what it goes through. */
#include "lint/lint_run.h"

enum {
	PAGE = 8192,
	ROW_GUESS = 100, /* bytes, of a table that was never analysed */
	MEGA = 1000 * 1000,
	NOTE_MS = 100,
	WARN_MS = 1000,
	BUSY = 1000, /* scans and rows changed since the statistics were reset */
};

/* Measured on tables of a gigabyte, on a machine with little to spare. */
static const int64_t bytes_a_ms[] = {
	[WORK_SCAN] = 250000, [WORK_KEYS] = 120000, [WORK_BUILD] = 75000, [WORK_REWRITE] = 50000};

static int64_t bytes_of(const WorldRelation *relation)
{
	const CatalogRelation *there = relation->there;
	return there->pages ? there->pages * PAGE : there->live * ROW_GUESS;
}

static Str size_text(Arena *arena, const WorldRelation *relation)
{
	int64_t rows = relation->there->rows > 0 ? relation->there->rows : relation->there->live;
	int64_t megabytes = bytes_of(relation) / MEGA;
	if (rows >= MEGA)
		return str_format(arena, "%.1f million rows, %lld MB", (double)rows / 1e6,
			(long long)megabytes);
	return str_format(arena, "%lld rows, %lld MB", (long long)rows, (long long)megabytes);
}

static Str time_text(Arena *arena, int64_t ms)
{
	int64_t tenths = ms / 100 * 100, seconds = (ms + 500) / 1000,
		minutes = (ms + 30000) / 60000;
	if (ms < 1000)
		return str_format(arena, "about %lld ms", (long long)tenths);
	if (ms < INT64_C(100) * 1000)
		return str_format(arena, "about %lld s", (long long)seconds);
	return str_format(arena, "about %lld minutes", (long long)minutes);
}

static HeldLock *held_lock(LintRun *run, const WorldRelation *relation)
{
	for (size_t i = 0; i < run->held.count; i++)
		if (run->held.items[i].relation == relation)
			return &run->held.items[i];
	HeldLock *held = vec_add(run->arena, &run->held);
	*held = (HeldLock){.relation = relation};
	return held;
}

static Str join_names(Arena *arena, const Names *names)
{
	Buf buf = buf_new(arena, PAGE);
	for (size_t i = 0; i < names->count; i++) {
		buf_add(&buf, i ? STR(", ") : STR(""));
		buf_add(&buf, str_sql_name(arena, names->items[i]));
	}
	return buf_str(&buf);
}

static Str sql_table(Arena *arena, ObjectName name)
{
	if (!name.schema.len)
		return str_sql_name(arena, name.name);
	return str_format(arena, "%.*s.%.*s", STR_ARG(str_sql_name(arena, name.schema)),
		STR_ARG(str_sql_name(arena, name.name)));
}

LintValues lint_values(Arena *arena, const Action *action)
{
	Str column = action->name.len             ? action->name
		     : action->columns.count == 1 ? action->columns.items[0]
						  : (Str){0};
	return (LintValues){.table = sql_table(arena, action->object),
		.object = action->object.name,
		.column = column.len ? str_sql_name(arena, column) : column,
		.name = action->name.len ? str_sql_name(arena, action->name) : (Str){0},
		.type = action->type,
		.expression = action->expression,
		.columns = join_names(arena, &action->columns),
		.other = action->other.name.len ? sql_table(arena, action->other) : (Str){0}};
}

static void look_at_work(LintRun *run, const EffectWork *work)
{
	const HeldLock *held = held_lock(run, work->relation);
	int64_t ms = bytes_of(work->relation) / bytes_a_ms[work->kind];
	if (ms < NOTE_MS || !held->blocks_writes)
		return;
	LintValues values = lint_values(run->arena, work->action);
	values.object = work->name;
	values.size = size_text(run->arena, work->relation);
	values.time = time_text(run->arena, ms);
	values.lock =
		held->blocks_reads ? STR("nobody reads or writes it") : STR("nobody writes it");
	Fault *fault = lint_add(run, work->rule,
		ms < WARN_MS ? LINT_LEVEL_note : lint_rule_level(work->rule), work->action->offset,
		&values);
	if (fault)
		fault->certainty = CERTAINTY_LIKELY;
}

static bool is_busy(const WorldRelation *relation)
{
	return relation->there->reads + relation->there->writes >= BUSY;
}

static void look_at_width(LintRun *run)
{
	Buf tables = buf_new(run->arena, PAGE);
	size_t count = 0;
	bool is_new = false;
	for (size_t i = 0; i < run->held.count; i++) {
		const HeldLock *held = &run->held.items[i];
		if (!held->blocks_reads || !is_busy(held->relation))
			continue;
		is_new |= !held->is_told;
		buf_add(&tables, count++ ? STR(", ") : STR(""));
		buf_add(&tables, world_name(run->arena, held->relation));
	}
	if (count != 2 || !is_new)
		return;
	for (size_t i = 0; i < run->held.count; i++)
		run->held.items[i].is_told = true;
	lint_add(run, LINT_WIDE_LOCK, LINT_LEVEL_note, 0, &(LintValues){.what = buf_str(&tables)});
}

void lint_waits(LintRun *run, const Effect *effect)
{
	for (size_t i = 0; i < effect->locks.count; i++) {
		const EffectLock *lock = &effect->locks.items[i];
		HeldLock *held = held_lock(run, lock->relation);
		held->blocks_reads |= lock->blocks_reads;
		held->blocks_writes |= lock->blocks_writes;
	}
	for (size_t i = 0; i < effect->works.count; i++)
		look_at_work(run, &effect->works.items[i]);
	if (effect->locks.count)
		look_at_width(run);
}
