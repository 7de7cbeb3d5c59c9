#include "detect/filter_surprises.h"

#include <string.h>

enum {
	MAX_SHOWN = 100, /* characters of a pattern in a message */
	MAX_ALTERNATIVES = 31, /* of a range that a hint writes out */
	MAX_BRACKETS = 100, /* characters in brackets or braces that are looked at */
	MAX_WORD = 32,
	MAX_DISTANCE = 2
};

/* Tells whether the row applies; may replace the hint. */
typedef bool SurpriseFn(Arena *arena, Str pattern, PatternUse use, Str *detail, Str *hint);

static bool is_alnum(char c)
{
	char lower = (char)(c | 0x20);
	return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z');
}

static size_t negations(Str pattern)
{
	size_t count = 0;
	while (count < pattern.len && pattern.ptr[count] == '!')
		count++;
	if (count && str_starts(str_skip(pattern, count), STR("(")))
		count--; /* !(...) is an extended glob */
	return count;
}

/* The pattern after its exclamation marks. */
static Str body_of(Str pattern)
{
	return str_skip(pattern, negations(pattern));
}

/* `write '...'`, with the pattern's exclamation marks. */
static Str write_instead(Arena *arena, Str pattern, Str body)
{
	Str marks = str_head(pattern, negations(pattern));
	Str whole = str_format(arena, "%.*s%.*s", STR_ARG(marks), STR_ARG(body));
	whole = str_visible(arena, str_head(whole, str_utf8_offset(whole, MAX_SHOWN)));
	return str_format(arena, "write '%.*s'", STR_ARG(whole));
}

static bool negated(Arena *arena, Str pattern, PatternUse use, Str *detail, Str *hint)
{
	(void)arena, (void)detail, (void)hint;
	return use.some && !use.alone && negations(pattern) % 2;
}

static bool ends_in_break(Arena *arena, Str pattern, PatternUse use, Str *detail, Str *hint)
{
	(void)arena, (void)use, (void)detail, (void)hint;
	Str trimmed = str_trim(pattern);
	return str_ends(pattern, STR("\n")) && !memchr(trimmed.ptr, '\n', trimmed.len);
}

static bool has_lines(Arena *arena, Str pattern, PatternUse use, Str *detail, Str *hint)
{
	(void)arena, (void)use, (void)detail, (void)hint;
	Str trimmed = str_trim(pattern);
	return trimmed.len && memchr(trimmed.ptr, '\n', trimmed.len);
}

static bool has_outer_blanks(Arena *arena, Str pattern, PatternUse use, Str *detail, Str *hint)
{
	(void)use, (void)detail;
	Str trimmed = str_trim(pattern);
	if (trimmed.len == pattern.len || str_contains(pattern, STR("\n")))
		return false;
	*hint = write_instead(arena, trimmed, body_of(trimmed));
	return true;
}

static bool starts_with_slash(Arena *arena, Str pattern, PatternUse use, Str *detail, Str *hint)
{
	(void)use, (void)detail;
	Str body = body_of(pattern);
	if (!str_starts(body, STR("/")))
		return false;
	while (str_starts(body, STR("/")))
		body = str_skip(body, 1);
	*hint = write_instead(arena, pattern, body.len ? body : STR("**"));
	return true;
}

static bool ends_in_slash(Arena *arena, Str pattern, PatternUse use, Str *detail, Str *hint)
{
	(void)use, (void)detail;
	Str body = body_of(pattern);
	if (body.len < 2 || !str_ends(body, STR("/")) || str_starts(body, STR("/")))
		return false;
	while (body.len && body.ptr[body.len - 1] == '/')
		body.len--;
	bool deep = str_ends(body, STR("**"));
	*hint = write_instead(
		arena, pattern, str_format(arena, "%.*s%s", STR_ARG(body), deep ? "" : "/**"));
	return true;
}

/* Without empty and `.` segments. */
static Str tidy(Arena *arena, Str body)
{
	Buf buf = buf_new(arena, body.len + 1);
	for (Str segment; str_next(&body, '/', &segment);) {
		if (!segment.len || str_equal(segment, STR(".")))
			continue;
		if (buf.len)
			buf_add_char(&buf, '/');
		buf_add(&buf, segment);
	}
	return buf_str(&buf);
}

static bool has_empty_segment(Arena *arena, Str pattern, PatternUse use, Str *detail, Str *hint)
{
	(void)use, (void)detail;
	Str body = body_of(pattern);
	while (str_starts(body, STR("/")))
		body = str_skip(body, 1);
	while (str_ends(body, STR("/")))
		body.len--;
	if (!str_contains(body, STR("//")))
		return false;
	*hint = write_instead(arena, pattern, tidy(arena, body));
	return true;
}

static bool has_dots(Arena *arena, Str pattern, PatternUse use, Str *detail, Str *hint)
{
	(void)use;
	Str rest = body_of(pattern), body, segment;
	bool dot = false, dots = false;
	while (str_starts(rest, STR("./")))
		rest = str_skip(rest, 2); /* picomatch drops these */
	body = rest;
	while (str_next(&rest, '/', &segment)) {
		dot = dot || str_equal(segment, STR("."));
		dots = dots || str_equal(segment, STR(".."));
	}
	if (!dot && !dots)
		return false;
	*detail = dots ? STR("..") : STR(".");
	if (!dots && tidy(arena, body).len)
		*hint = write_instead(arena, pattern, tidy(arena, body));
	return true;
}

/* A backslash between what could be names of folders, on Windows; then all of them are meant so. */
static bool has_backslash(Arena *arena, Str pattern, PatternUse use, Str *detail, Str *hint)
{
	(void)use;
	bool found = false;
	for (size_t i = 1; i + 1 < pattern.len && !found; i++) {
		char before = pattern.ptr[i - 1];
		found = pattern.ptr[i] == '\\' && is_alnum(pattern.ptr[i + 1]) &&
			(is_alnum(before) || (before && strchr("*_-", before)));
		if (found)
			*detail = str_head(str_skip(pattern, i), 2);
	}
	if (!found)
		return false;
	Buf buf = buf_new(arena, pattern.len);
	for (size_t i = 0; i < pattern.len; i++)
		buf_add_char(&buf, pattern.ptr[i] == '\\' ? '/' : pattern.ptr[i]);
	*hint = write_instead(arena, pattern, body_of(buf_str(&buf)));
	return true;
}

static bool has_bang_class(Arena *arena, Str pattern, PatternUse use, Str *detail, Str *hint)
{
	(void)use;
	for (size_t i = 0; i + 3 < pattern.len; i++) {
		if (pattern.ptr[i] == '\\') {
			i++;
			continue;
		}
		Str rest = str_head(str_skip(pattern, i), MAX_BRACKETS);
		if (!str_starts(rest, STR("[!")))
			continue;
		const char *end = memchr(rest.ptr, ']', rest.len);
		if (!end || end == rest.ptr + 2)
			continue;
		Str class = str_head(rest, (size_t)(end - rest.ptr) + 1);
		Str tail = str_skip(class, 2);
		*detail = class;
		*hint = str_format(arena, "write '[^%.*s'", STR_ARG(tail));
		return true;
	}
	return false;
}

/* ---- {x..y}: picomatch makes the class [x-y] of it, the ends sorted as strings ---- */

typedef struct Range {
	Str args[3];
	size_t count;
} Range;

/* Takes `x..y` or `x..y..z` apart. Only letters, digits and - are of interest. */
static bool range_parse(Str content, Range *range)
{
	range->count = 0;
	for (;;) {
		size_t end = 0;
		while (end < content.len && !str_starts(str_skip(content, end), STR("..")))
			end++;
		Str arg = str_head(content, end);
		for (size_t i = 0; i < arg.len; i++)
			if (!is_alnum(arg.ptr[i]) && arg.ptr[i] != '-')
				return false;
		if (!arg.len || range->count == 3)
			return false;
		range->args[range->count++] = arg;
		if (end == content.len)
			return range->count > 1;
		content = str_skip(content, end + 2);
	}
}

static void range_sort(Range *range)
{
	for (size_t i = 1; i < range->count; i++)
		for (size_t k = i; k && str_compare(range->args[k], range->args[k - 1]) < 0; k--) {
			Str swapped = range->args[k];
			range->args[k] = range->args[k - 1];
			range->args[k - 1] = swapped;
		}
}

/* The characters that a class matches, in their order; empty if it is no valid class. */
static Str class_members(Arena *arena, Str class)
{
	bool member[128] = {false};
	for (size_t i = 0; i < class.len; i++) {
		char from = class.ptr[i], to = from;
		if (i + 2 < class.len && class.ptr[i + 1] == '-') {
			to = class.ptr[i + 2];
			i += 2;
		}
		if (from > to)
			return (Str){0};
		for (; from <= to; from++)
			member[(unsigned char)from] = true;
	}
	Buf buf = buf_new(arena, 256);
	for (size_t c = 0; c < sizeof member; c++)
		if (member[c])
			buf_format(&buf, "%s%c", buf.len ? " " : "", (char)c);
	return buf_str(&buf);
}

static bool small_number(Str s, int *value)
{
	*value = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9' || s.len > 4)
			return false;
		*value = *value * 10 + (s.ptr[i] - '0');
	}
	return s.len > 0;
}

/* `{1,2,3}` for two numbers that are not too far apart. */
static Str alternatives(Arena *arena, const Range *range)
{
	int from, to;
	if (range->count != 2 || !small_number(range->args[0], &from) ||
		!small_number(range->args[1], &to) || from > to || to - from >= MAX_ALTERNATIVES)
		return STR("write the alternatives with commas: '{1,2,3}'");
	size_t width = range->args[0].ptr[0] == '0' ? range->args[0].len : 1;
	Buf buf = buf_new(arena, 1024);
	for (int i = from; i <= to; i++)
		buf_format(&buf, "%s%0*d", i > from ? "," : "write '{", (int)width, i);
	buf_add(&buf, STR("}'"));
	return buf_str(&buf);
}

static bool has_long_range(Arena *arena, Str pattern, PatternUse use, Str *detail, Str *hint)
{
	(void)use;
	for (size_t i = 0; i < pattern.len; i++) {
		Range range;
		if (pattern.ptr[i] != '{' || i + 1 == pattern.len)
			continue;
		Str rest = str_head(str_skip(pattern, i + 1), MAX_BRACKETS);
		const char *end = memchr(rest.ptr, '}', rest.len);
		if (!end || !range_parse(str_head(rest, (size_t)(end - rest.ptr)), &range))
			continue;
		if (range.count == 2 && range.args[0].len == 1 && range.args[1].len == 1)
			continue;
		*hint = alternatives(arena, &range);
		range_sort(&range);
		Str class = str_format(arena, "%.*s-%.*s%s%.*s", STR_ARG(range.args[0]),
			STR_ARG(range.args[1]), range.count == 3 ? "-" : "",
			STR_ARG(range.count == 3 ? range.args[2] : STR("")));
		Str members = class_members(arena, class);
		if (!members.len)
			continue;
		*detail = str_format(
			arena, "[%.*s]: one character of %.*s", STR_ARG(class), STR_ARG(members));
		return true;
	}
	return false;
}

/* ---- the table ---- */

static const struct {
	SurpriseFn *applies;
	const char *before, *after; /* the sentence, around the detail */
	const char *hint; /* unless the function has a better one */
} SURPRISES[FILTER_SURPRISE_COUNT] = {
	{negated,
		"matches every path that its rest does not match, and one matching pattern is "
		"enough: the filter holds almost every change",
		"", "to exclude paths, set the input predicate-quantifier to every"},
	{ends_in_break, "ends in a line break, which no path has", "",
		"write |- instead of |, or the pattern on the line of its dash"},
	{has_lines, "is one pattern of several lines, which no path has", "",
		"make each line an item of the list: - 'src/**'"},
	{has_outer_blanks, "has white space at its ends, which belongs to the path", "", ""},
	{starts_with_slash, "begins with a slash, which no path of a repository does", "", ""},
	{ends_in_slash, "ends in a slash, which no path of a file does", "", ""},
	{has_empty_segment, "has two slashes in a row, which no path of a repository has", "", ""},
	{has_dots, "has the segment '", "', which no path of a repository has",
		"a pattern is relative to the root of the repository"},
	{has_backslash, "has a backslash, which does not separate folders: ",
		" is an escape of regular expressions", ""},
	{has_bang_class, "has ", ", which excludes nothing: it matches ! and the others in it", ""},
	{has_long_range, "has a range that is read as the class ", "", ""},
};

Str filter_surprise(Arena *arena, size_t row, Str pattern, PatternUse use, Str *hint)
{
	Str detail = {0}, advice = str_from(SURPRISES[row].hint);
	if (!pattern.len || !SURPRISES[row].applies(arena, pattern, use, &detail, &advice))
		return (Str){0};
	Str shown = str_visible(arena, str_head(pattern, str_utf8_offset(pattern, MAX_SHOWN)));
	detail = str_visible(arena, str_head(detail, str_utf8_offset(detail, MAX_SHOWN)));
	*hint = advice;
	return str_format(arena, "the pattern '%.*s' %s%.*s%s", STR_ARG(shown),
		SURPRISES[row].before, STR_ARG(detail), SURPRISES[row].after);
}

/* ---- words ---- */

/* Number of letters to change, add or leave out; above `MAX_DISTANCE` it need not be exact. */
static size_t distance(Str a, Str b)
{
	size_t row[MAX_WORD + 1];
	if (a.len > MAX_WORD || b.len > MAX_WORD)
		return MAX_WORD;
	for (size_t k = 0; k <= b.len; k++)
		row[k] = k;
	for (size_t i = 0; i < a.len; i++) {
		size_t diagonal = row[0];
		row[0] = i + 1;
		for (size_t k = 0; k < b.len; k++) {
			size_t best = diagonal + (a.ptr[i] != b.ptr[k]);
			diagonal = row[k + 1];
			if (diagonal + 1 < best)
				best = diagonal + 1;
			if (row[k] + 1 < best)
				best = row[k] + 1;
			row[k + 1] = best;
		}
	}
	return row[b.len];
}

const char *filter_surprise_status(Str word)
{
	static const struct {
		const char *word, *status;
	} meant[] = {
		/* first: among equals the first counts */
		{"renamed", "added|deleted"},
		{"moved", "added|deleted"},
		{"removed", "deleted"},
		{"new", "added"},
		{"created", "added"},
		{"add", "added"},
		{"edited", "modified"},
		{"updated", "modified"},
#define CHANGE_STATUS(name, word) {word, word},
#include "detect/change.def"
#undef CHANGE_STATUS
	};
	const char *best = NULL;
	size_t least = MAX_DISTANCE + 1;
	for (size_t i = 0; i < sizeof meant / sizeof *meant; i++) {
		size_t far = distance(word, str_from(meant[i].word));
		if (meant[i].word[0] && far < least) {
			least = far;
			best = meant[i].status;
		}
	}
	return best;
}
