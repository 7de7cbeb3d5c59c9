#include "plan/diff.h"

#include "base/vec.h"

enum {
	SHOWN_MAX = 20,
	WIDTH_MAX = 160,
	TEXT_MAX = 64 * 1024,
	TABLE_MAX = 1 << 20, /* cells: beyond, what lies between is taken to be all different */
};

typedef VEC(Str) Lines;

static Lines lines_of(Arena *arena, Str text)
{
	Lines lines = {0};
	Str line;
	while (str_next(&text, '\n', &line)) {
		if (str_ends(line, STR("\r")))
			line.len--;
		*vec_add(arena, &lines) = line;
	}
	return lines;
}

typedef struct Shown {
	Buf buf;
	size_t shown, more;
} Shown;

static void add_line(Arena *arena, Shown *to, char mark, Str line)
{
	if (to->shown++ >= SHOWN_MAX) {
		to->more += mark != ' ';
		return;
	}
	Str text = str_visible(arena, str_head(line, str_utf8_offset(line, WIDTH_MAX)));
	buf_format(&to->buf, "%c %.*s\n", mark, STR_ARG(text));
}

/* Longest common subsequence of the lines; cell (i, j) is the length for what follows. */
static void add_changes(Arena *arena, Shown *to, const Lines *before, const Lines *after)
{
	size_t n = before->count, m = after->count;
	unsigned short *length = arena_array(arena, unsigned short, (n + 1) * (m + 1));
	for (size_t i = n; i-- > 0;)
		for (size_t j = m; j-- > 0;) {
			unsigned short *cell = &length[i * (m + 1) + j];
			unsigned short down = cell[m + 1], right = cell[1];
			*cell = str_equal(before->items[i], after->items[j])
					? (unsigned short)(cell[m + 2] + 1)
				: down > right ? down
					       : right;
		}
	size_t i = 0, j = 0;
	while (i < n || j < m) {
		const unsigned short *cell = &length[i * (m + 1) + j];
		if (i < n && j < m && str_equal(before->items[i], after->items[j])) {
			add_line(arena, to, ' ', before->items[i++]);
			j++;
		} else if (i < n && (j == m || cell[m + 1] >= cell[1])) {
			add_line(arena, to, '-', before->items[i++]);
		} else {
			add_line(arena, to, '+', after->items[j++]);
		}
	}
}

/* The first ones; the others are counted. */
static void add_some(Arena *arena, Shown *to, char mark, const Lines *lines)
{
	size_t some = lines->count < SHOWN_MAX / 2 ? lines->count : SHOWN_MAX / 2;
	for (size_t i = 0; i < some; i++)
		add_line(arena, to, mark, lines->items[i]);
	to->more += lines->count - some;
}

Str diff_lines(Arena *arena, Str before, Str after)
{
	ARENA_SCRATCH(scratch);
	Lines a = lines_of(&scratch, before), b = lines_of(&scratch, after);
	Shown to = {.buf = buf_new(arena, TEXT_MAX)};
	size_t head = 0, tail = 0;
	while (head < a.count && head < b.count && str_equal(a.items[head], b.items[head]))
		head++;
	while (tail + head < a.count && tail + head < b.count &&
		str_equal(a.items[a.count - 1 - tail], b.items[b.count - 1 - tail]))
		tail++;
	size_t n = a.count - head - tail, m = b.count - head - tail;
	const Lines old = {.items = a.items + head, .count = n};
	const Lines new = {.items = b.items + head, .count = m};
	if (head)
		add_line(&scratch, &to, ' ', a.items[head - 1]);
	if (n < UINT16_MAX && m < UINT16_MAX && (n + 1) * (m + 1) <= TABLE_MAX) {
		add_changes(&scratch, &to, &old, &new);
	} else {
		add_some(&scratch, &to, '-', &old);
		add_some(&scratch, &to, '+', &new);
	}
	if (tail)
		add_line(&scratch, &to, ' ', a.items[a.count - tail]);
	if (to.more)
		buf_format(&to.buf, "… and %zu more line%s\n", to.more, to.more == 1 ? "" : "s");
	return buf_str(&to.buf);
}
