#include "report/overview_text.h"

#include "report/markdown.h"

enum {
	NEWEST = 20, /* versions at the end, which are shown in any case */
	LOGGED_MAX = 1000, /* rows */
	LISTED_MAX = 500,
	WIDTH_MAX = 70, /* characters of a column of the log */
	NAME_MAX = 255,
	STEP_MAX = 400,
	COLUMNS = 4, /* before the next step, which has no end */
	PIECE_MAX = 16 * 1024, /* bytes */
};

/* One line: migration, staging, target, and what is next; empty where a column is not shown. */
typedef struct Line {
	Str columns[COLUMNS];
	Str step;
} Line;

static Str target_name(const Report *report)
{
	return report->environment.len ? report->environment : STR("the target");
}

static bool is_shown(const Overview *overview, size_t index)
{
	return index + NEWEST >= overview->rows.count ||
	       !overview_is_settled(&overview->rows.items[index]);
}

static Str row_name(const OverviewRow *row)
{
	return row->migration ? row->migration->file : row->version;
}

static Str cell_text(Arena *arena, const OverviewCell *cell)
{
	Str word = overview_word(cell->state);
	if (cell->other.len)
		return str_format(arena, "%.*s (%.*s)", STR_ARG(word), STR_ARG(cell->other));
	if (cell->done)
		return str_format(arena, "%.*s (%zu statement%s)", STR_ARG(word), cell->done,
			cell->done == 1 ? "" : "s");
	return word;
}

static Str side_text(Arena *arena, const Overview *overview, const OverviewRow *row, Side side)
{
	return overview->is_asked[side] ? cell_text(arena, &row->cells[side]) : (Str){0};
}

static Line line_of(Arena *arena, const Report *report, const OverviewRow *row)
{
	const Overview *overview = &report->overview;
	return (Line){{row_name(row), row->migration ? STR("file") : STR("–"),
			      side_text(arena, overview, row, SIDE_STAGING),
			      side_text(arena, overview, row, SIDE_TARGET)},
		overview_step(arena, row, target_name(report))};
}

static Line head_of(const Report *report)
{
	return (Line){{STR("version"), STR("here"),
			      report->overview.is_asked[SIDE_STAGING] ? STR("staging") : (Str){0},
			      target_name(report)},
		STR("next step")};
}

/* "3 pending on staging" */
static void add_pending(Buf *buf, size_t count, Str where)
{
	if (count)
		buf_format(
			buf, "%s%zu pending on %.*s", buf->len ? ", " : "", count, STR_ARG(where));
}

Str overview_text_words(Arena *arena, const Report *report)
{
	const Overview *overview = &report->overview;
	Buf buf = buf_new(arena, 1024);
	add_pending(&buf, overview->pending[SIDE_STAGING], STR("staging"));
	add_pending(&buf, overview->pending[SIDE_TARGET], target_name(report));
	if (overview->attention)
		buf_format(&buf, "%s%zu version%s a look", buf.len ? ", " : "", overview->attention,
			overview->attention == 1 ? " needs" : "s need");
	return buf_str(&buf);
}

/* -- the log ------------------------------------------------------------------------------------
 */

static void add_padded(Buf *buf, Str text, size_t width)
{
	size_t count = str_utf8_count(text);
	buf_add(buf, text);
	for (; count < width; count++)
		buf_add_char(buf, ' ');
}

static void log_columns(const Log *log, Line line, const size_t widths[COLUMNS])
{
	ARENA_SCRATCH(scratch);
	Buf buf = buf_new(&scratch, PIECE_MAX);
	for (size_t i = 0; i < COLUMNS; i++) {
		if (!widths[i])
			continue;
		add_padded(&buf, str_visible(&scratch, line.columns[i]), widths[i]);
		buf_add(&buf, STR("  "));
	}
	buf_add(&buf, str_visible(&scratch, line.step));
	Str text = buf_str(&buf);
	while (str_ends(text, STR(" ")))
		text.len--;
	log_line(log, "%.*s", STR_ARG(text));
}

static void widen(size_t widths[COLUMNS], const Line *line)
{
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COLUMNS; i++) {
		size_t width = str_utf8_count(str_visible(&scratch, line->columns[i]));
		if (width > widths[i])
			widths[i] = width < WIDTH_MAX ? width : WIDTH_MAX;
	}
}

static void measure(const Report *report, size_t widths[COLUMNS])
{
	const Overview *overview = &report->overview;
	Line head = head_of(report);
	widen(widths, &head);
	for (size_t i = 0; i < overview->rows.count; i++) {
		ARENA_SCRATCH(scratch);
		if (!is_shown(overview, i))
			continue;
		Line line = line_of(&scratch, report, &overview->rows.items[i]);
		widen(widths, &line);
	}
}

static size_t count_shown(const Overview *overview)
{
	size_t count = 0;
	for (size_t i = 0; i < overview->rows.count; i++)
		count += is_shown(overview, i);
	return count;
}

void overview_text_log(const Log *log, const Report *report)
{
	const Overview *overview = &report->overview;
	size_t widths[COLUMNS] = {0}, logged = 0, shown = count_shown(overview);
	size_t older = overview->rows.count - shown;
	measure(report, widths);
	log_columns(log, head_of(report), widths);
	if (older)
		log_line(log, "… %zu older version%s of which nothing is to be done", older,
			older == 1 ? "" : "s");
	for (size_t i = 0; i < overview->rows.count && logged < LOGGED_MAX; i++) {
		ARENA_SCRATCH(scratch);
		if (!is_shown(overview, i))
			continue;
		log_columns(log, line_of(&scratch, report, &overview->rows.items[i]), widths);
		logged++;
	}
	if (shown > logged)
		log_line(log, "… and %zu more", shown - logged);
}

/* -- Markdown -----------------------------------------------------------------------------------
 */

static const char *row_mark(const OverviewRow *row)
{
	if (overview_wants_person(row))
		return "⚠️";
	return overview_is_settled(row) ? "✅" : "🔹";
}

static Str table_row(Arena *arena, const Report *report, const OverviewRow *row)
{
	ARENA_SCRATCH(scratch);
	Buf buf = buf_new(arena, PIECE_MAX);
	Line line = line_of(&scratch, report, row);
	buf_format(&buf, "| %s | %.*s |", row_mark(row),
		STR_ARG(markdown_code(&scratch, line.columns[0], NAME_MAX)));
	for (size_t i = 1; i < COLUMNS; i++)
		if (line.columns[i].len)
			buf_format(&buf, " %.*s |",
				STR_ARG(markdown_text(&scratch, line.columns[i], NAME_MAX)));
	buf_format(&buf, " %.*s |\n", STR_ARG(markdown_text(&scratch, line.step, STEP_MAX)));
	return buf_str(&buf);
}

static void add_head(Buf *buf, const Report *report)
{
	ARENA_SCRATCH(scratch);
	Line line = head_of(report);
	size_t count = 2;
	buf_add(buf, STR("| |"));
	for (size_t i = 0; i < COLUMNS; i++) {
		if (!line.columns[i].len)
			continue;
		buf_format(buf, " %.*s |",
			STR_ARG(markdown_text(&scratch, line.columns[i], NAME_MAX)));
		count++;
	}
	buf_format(buf, " %.*s |\n|", STR_ARG(line.step));
	while (count--)
		buf_add(buf, STR("---|"));
	buf_add(buf, STR("\n"));
}

/* `older`: of which nothing is to be done; `more`: for which there was no room. */
static void add_left_out(Buf *buf, size_t older, size_t more)
{
	if (older)
		buf_format(buf, "Not shown: %zu older, of which nothing is to be done.\n\n", older);
	if (more)
		buf_format(buf, "… and %zu more.\n\n", more);
}

void overview_text_table(Buf *buf, const Report *report, size_t max, size_t upto)
{
	const Overview *overview = &report->overview;
	size_t added = 0, shown = count_shown(overview);
	if (!overview->is_made)
		return;
	if (overview->rows.count)
		add_head(buf, report);
	for (size_t i = 0; i < overview->rows.count && added < max; i++) {
		ARENA_SCRATCH(scratch);
		if (!is_shown(overview, i))
			continue;
		Str row = table_row(&scratch, report, &overview->rows.items[i]);
		if (!markdown_add(buf, row, upto))
			break;
		added++;
	}
	buf_add(buf, STR("\n"));
	add_left_out(buf, overview->rows.count - shown, shown - added);
}

/* -- JSON ---------------------------------------------------------------------------------------
 */

static void add_row(Json *list, const Report *report, const OverviewRow *row)
{
	ARENA_SCRATCH(scratch);
	const Overview *overview = &report->overview;
	const OverviewCell *about = &row->cells[row->side];
	Json *item = json_add(list, "", json_object());
	json_add_str(item, "version", row->version);
	json_add_str(item, "file", row->migration ? row->migration->file : (Str){0});
	json_add_str(item, "staging",
		overview->is_asked[SIDE_STAGING] ? overview_word(row->cells[SIDE_STAGING].state)
						 : (Str){0});
	json_add_str(item, "state", overview_word(row->cells[SIDE_TARGET].state));
	json_add_str(item, "other", about->other);
	json_add_number(item, "done", (double)about->done);
	json_add_bool(item, "attention", overview_wants_person(row));
	json_add_str(item, "next", overview_step(&scratch, row, target_name(report)));
}

void overview_text_json(Json *to, const Report *report)
{
	const Overview *overview = &report->overview;
	size_t added = 0;
	if (!overview->is_made)
		return;
	Json *item = json_add(to, "overview", json_object());
	json_add_number(item, "versions", (double)overview->rows.count);
	json_add_number(item, "settled", (double)overview->settled);
	json_add_number(item, "attention", (double)overview->attention);
	json_add_number(item, "staging_pending", (double)overview->pending[SIDE_STAGING]);
	Json *list = json_add(item, "rows", json_array());
	for (size_t i = 0; i < overview->rows.count && added < LISTED_MAX; i++) {
		if (!is_shown(overview, i))
			continue;
		add_row(list, report, &overview->rows.items[i]);
		added++;
	}
}
