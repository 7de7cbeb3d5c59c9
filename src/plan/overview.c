#include "plan/overview.h"

#include "plan/twins.h"
#include "sql/split.h"

typedef enum Who {
	WHO_NOBODY,
	WHO_PUSH,
	WHO_PERSON,
} Who;

static const struct {
	Who who;
	Str words;
} advices[] = {
#define ADVICE(name, who, words) {WHO_##who, STR_INIT(words)},
#include "plan/advice.def"
#undef ADVICE
};

static const struct {
	Advice advice;
	Str word;
} cells[] = {
#define CELL(name, advice, word) {ADVICE_##advice, STR_INIT(word)},
#include "plan/cell.def"
#undef CELL
};

/* One database on the way through its lists. */
typedef struct Column {
	const History *history; /* NULL: not read */
	const Migration *files; /* of the checkout */
	Str head;
	Plan plan; /* of the files and this history */
	const Twin *twins; /* of its versions */
	const Str **ran_as; /* of each file: the version that its work is recorded under, or NULL */
	size_t record, partial; /* the next ones */
} Column;

typedef struct Builder {
	Arena *arena;
	const OverviewFacts *facts;
	size_t file; /* the next one */
	Column columns[SIDES];
} Builder;

/* -- what a database says of one version --------------------------------------------------------
 */

static void read_column(Builder *b, Column *column, const History *history)
{
	const Source *source = b->facts->contents->source;
	column->history = history;
	column->files = source->migrations.items;
	if (!history)
		return;
	column->head = history_head(history);
	plan_build(b->arena, source, history, b->facts->include_all, &column->plan);
	column->twins = twins_find(b->arena, &column->plan, b->facts->contents, history);
	column->ran_as = arena_array(b->arena, const Str *, source->migrations.count + 1);
	for (size_t r = 0; r < history->versions.count; r++) {
		const Twin *twin = &column->twins[r];
		if (twin->kind == TWIN_WAITING)
			column->ran_as[column->plan.rows.items[twin->row].migration -
				       column->files] = &history->versions.items[r];
	}
}

/* Of a version that has a file. */
static OverviewCell recorded_cell(const Builder *b, const Column *column)
{
	const Record *record = &column->history->records[column->record];
	Str there = content_recorded(b->facts->contents, column->history, column->record);
	Str here = content_of(b->facts->contents, record->file);
	if (str_equal(there, here))
		return (OverviewCell){.state = CELL_SAME};
	return (OverviewCell){.state = record->digest.len ? CELL_EDITED : CELL_BARE};
}

/* Of one that has none. */
static OverviewCell only_cell(const Column *column)
{
	static const CellState states[] = {[TWIN_NONE] = CELL_ONLY,
		[TWIN_WAITING] = CELL_ONLY_AS,
		[TWIN_DONE] = CELL_ONLY_TWICE};
	const Twin *twin = &column->twins[column->record];
	OverviewCell cell = {.state = states[twin->kind]};
	if (twin->kind != TWIN_NONE)
		cell.other = column->plan.rows.items[twin->row].version;
	return cell;
}

static bool begins_with(const Migration *migration, const Partial *partial)
{
	ARENA_SCRATCH(scratch);
	Pieces pieces = {0};
	Str chain = {0};
	split_text(&scratch, migration->text, &pieces);
	if (partial->done > pieces.count)
		return false;
	for (size_t i = 0; i < partial->done; i++)
		chain = content_chain(&scratch, chain, pieces.items[i]);
	return str_equal(chain, partial->chain);
}

static OverviewCell half_cell(const Partial *partial, const Migration *migration)
{
	OverviewCell cell = {.done = partial->done};
	cell.state = !migration                         ? CELL_HALF_ALONE
		     : !begins_with(migration, partial) ? CELL_HALF_CHANGED
		     : partial->in_doubt                ? CELL_HALF_IN_DOUBT
							: CELL_HALF;
	return cell;
}

static OverviewCell waiting_cell(const Builder *b, const Column *column, const Migration *migration)
{
	const Str *ran_as = column->ran_as[migration - column->files];
	bool is_late = str_compare(migration->version, column->head) < 0;
	if (ran_as)
		return (OverviewCell){.state = CELL_RAN_AS, .other = *ran_as};
	return (OverviewCell){
		.state = is_late && !b->facts->include_all ? CELL_OUT_OF_ORDER : CELL_PENDING};
}

/* What an earlier run has left of the version; NULL if that is nothing. */
static const Partial *take_partial(Column *column, Str version)
{
	const History *history = column->history;
	if (column->partial == history->partials.count)
		return NULL;
	const Partial *partial = &history->partials.items[column->partial];
	if (!str_equal(partial->version, version))
		return NULL;
	column->partial++;
	return partial->done || partial->in_doubt ? partial : NULL;
}

static OverviewCell take_cell(
	const Builder *b, Column *column, Str version, const Migration *migration)
{
	const History *history = column->history;
	if (!history)
		return (OverviewCell){.state = CELL_UNREAD};
	const Partial *partial = take_partial(column, version);
	if (column->record < history->versions.count &&
		str_equal(history->versions.items[column->record], version)) {
		OverviewCell cell = migration ? recorded_cell(b, column) : only_cell(column);
		column->record++;
		return cell;
	}
	if (partial)
		return half_cell(partial, migration);
	return migration ? waiting_cell(b, column, migration) : (OverviewCell){.state = CELL_NONE};
}

/* -- a row ------------------------------------------------------------------------------------- */

/* What both know and no file here has: is it the same? */
static void compare_records(const Builder *b, OverviewRow *row)
{
	Str identities[SIDES];
	for (Side side = 0; side < SIDES; side++) {
		const Column *column = &b->columns[side];
		if (row->cells[side].state != CELL_ONLY)
			return;
		identities[side] =
			content_recorded(b->facts->contents, column->history, column->record - 1);
	}
	if (identities[SIDE_STAGING].len && identities[SIDE_TARGET].len &&
		!str_equal(identities[SIDE_STAGING], identities[SIDE_TARGET]))
		row->cells[SIDE_TARGET].state = CELL_ONLY_OTHER;
}

static bool is_waiting(CellState state)
{
	return state == CELL_PENDING || state == CELL_OUT_OF_ORDER || state == CELL_HALF ||
	       state == CELL_HALF_CHANGED || state == CELL_HALF_IN_DOUBT;
}

/* Staging may know what the target does not, and has to tell what the target waits for. */
static Advice advice_of(const OverviewRow *row, Side side)
{
	CellState state = row->cells[side].state, target = row->cells[SIDE_TARGET].state;
	if (side == SIDE_STAGING && state == CELL_ONLY && target == CELL_NONE)
		return ADVICE_AHEAD;
	if (side == SIDE_STAGING && state == CELL_BARE && is_waiting(target))
		return ADVICE_RECORD;
	return cells[state].advice;
}

static void advise(OverviewRow *row, const bool is_asked[SIDES])
{
	for (Side side = 0; side < SIDES; side++) {
		Advice advice = advice_of(row, side);
		if (!is_asked[side] || advice <= row->advice)
			continue;
		row->advice = advice;
		row->side = side;
	}
}

static void count(Overview *out, const OverviewRow *row)
{
	out->settled += overview_is_settled(row);
	out->attention += overview_wants_person(row);
	for (Side side = 0; side < SIDES; side++)
		out->pending[side] += out->is_asked[side] && is_waiting(row->cells[side].state);
}

static void add_row(Builder *b, Str version, const Migration *migration, Overview *out)
{
	OverviewRow row = {.version = version, .migration = migration};
	for (Side side = 0; side < SIDES; side++)
		row.cells[side] = take_cell(b, &b->columns[side], version, migration);
	compare_records(b, &row);
	advise(&row, out->is_asked);
	count(out, &row);
	*vec_add(b->arena, &out->rows) = row;
}

/* -- all of them ---------------------------------------------------------------------------------
 */

static void take_least(Str candidate, Str *least)
{
	if (!least->ptr || str_compare(candidate, *least) < 0)
		*least = candidate;
}

/* The least version that is left, which none is below; ptr NULL: none is. */
static Str next_version(const Builder *b)
{
	const Source *source = b->facts->contents->source;
	Str least = {0};
	if (b->file < source->migrations.count)
		take_least(source->migrations.items[b->file].version, &least);
	for (Side side = 0; side < SIDES; side++) {
		const Column *column = &b->columns[side];
		const History *history = column->history;
		if (history && column->record < history->versions.count)
			take_least(history->versions.items[column->record], &least);
		if (history && column->partial < history->partials.count)
			take_least(history->partials.items[column->partial].version, &least);
	}
	return least;
}

void overview_build(Arena *arena, const OverviewFacts *facts, Overview *out)
{
	const Source *source = facts->contents->source;
	Builder b = {.arena = arena, .facts = facts};
	*out = (Overview){.is_made = true};
	for (Side side = 0; side < SIDES; side++) {
		out->is_asked[side] = facts->is_asked[side];
		read_column(&b, &b.columns[side], facts->histories[side]);
	}
	for (Str version; (version = next_version(&b)).ptr;) {
		const Migration *next = &source->migrations.items[b.file];
		bool is_file =
			b.file < source->migrations.count && str_equal(next->version, version);
		b.file += is_file;
		add_row(&b, version, is_file ? next : NULL, out);
	}
}

Str overview_word(CellState state)
{
	return cells[state].word;
}

bool overview_is_settled(const OverviewRow *row)
{
	return advices[row->advice].who == WHO_NOBODY;
}

bool overview_wants_person(const OverviewRow *row)
{
	return advices[row->advice].who == WHO_PERSON;
}

/* -- words ------------------------------------------------------------------------------------- */

/* What is done, or, of what is to be done next, the one after it. */
static size_t number_of(const OverviewRow *row)
{
	size_t done = row->cells[row->side].done;
	bool is_next = row->advice == ADVICE_GO_ON || row->advice == ADVICE_LOOK;
	return done + is_next;
}

static void add_value(Buf *buf, const OverviewRow *row, Str target, Str name)
{
	if (str_equal(name, STR("database")))
		buf_add(buf, row->side == SIDE_STAGING ? STR("staging") : target);
	else if (str_equal(name, STR("other")))
		buf_add(buf, row->cells[row->side].other);
	else if (str_equal(name, STR("number")))
		buf_format(buf, "%zu", number_of(row));
}

Str overview_step(Arena *arena, const OverviewRow *row, Str target)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	Str rest = advices[row->advice].words, part;
	for (bool inside = false; str_next(&rest, inside ? '}' : '{', &part); inside = !inside) {
		if (inside)
			add_value(&buf, row, target, part);
		else
			buf_add(&buf, part);
	}
	return buf_str(&buf);
}
