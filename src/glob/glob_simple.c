#include "glob/glob_simple.h"

#include "glob/glob_token.h"

#include <string.h>

/* ---- shortcuts ------------------------------------------------------------------------------ */

/* Patterns that picomatch knows by heart, perhaps followed by `.ext`. */
static bool known_source(Arena *arena, Units pattern, UnitBuf *out)
{
	static const struct {
		const char *pattern, *source;
	} known[] = {
#define DEEP "(?:" NO_DOTS_PART_ANYWHERE GLOBSTAR SLASH ")?"
		{"*", NO_DOTS_PART_ANYWHERE ONE_CHAR STAR},
		{".*", DOT ONE_CHAR STAR},
		{"*.*", NO_DOTS_PART_ANYWHERE STAR DOT ONE_CHAR STAR},
		{"*/*", NO_DOTS_PART_ANYWHERE STAR SLASH ONE_CHAR NO_DOTS_PART STAR},
		{"**", NO_DOTS_PART_ANYWHERE GLOBSTAR},
		{"**/*", DEEP NO_DOTS_PART ONE_CHAR STAR},
		{"**/*.*", DEEP NO_DOTS_PART STAR DOT ONE_CHAR STAR},
		{"**/.*", DEEP DOT ONE_CHAR STAR},
#undef DEEP
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (pattern.len == strlen(known[i].pattern) &&
			units_start(pattern, known[i].pattern)) {
			units_add_ascii(arena, out, known[i].source);
			return true;
		}
	}
	return false;
}

/* Cuts `.word` off the end. */
static bool cut_extension(Units *pattern)
{
	size_t at = pattern->len;
	while (at && unit_is_word(pattern->ptr[at - 1]))
		at--;
	if (at == pattern->len || !at || pattern->ptr[at - 1] != '.')
		return false;
	pattern->len = at - 1;
	return true;
}

bool simple_known(Arena *arena, Units pattern, UnitBuf *out)
{
	Units base = pattern;
	while (!known_source(arena, base, out))
		if (!cut_extension(&base))
			return false;
	for (size_t i = base.len; i < pattern.len; i++) {
		if (pattern.ptr[i] == '.')
			units_add_unit(arena, out, '\\');
		units_add_unit(arena, out, pattern.ptr[i]);
	}
	units_add_ascii(arena, out, SLASH "?");
	return true;
}

/* ---- patterns without slashes and groups ---------------------------------------------------- */

static bool is_simple(Units pattern)
{
	if (pattern.len && unit_is_one_of(pattern.ptr[0], "*!"))
		return false;
	for (size_t i = 0; i < pattern.len; i++)
		if (unit_is_one_of(pattern.ptr[i], "/()[]{}\""))
			return false;
	return true;
}

/* `count` times the same sign, perhaps after a backslash. */
static void simple_run(Arena *arena, UnitBuf *out, bool escaped, Units run)
{
	uint16_t sign = run.ptr[0];
	bool wild = sign == '?' || sign == '*';
	if (sign == '.') {
		for (size_t i = 0; i < run.len; i++)
			units_add_ascii(arena, out, DOT);
		return;
	}
	if (escaped || (!wild && sign != '\\'))
		units_add_unit(arena, out, '\\');
	if (!wild) {
		units_add(arena, out, run);
		return;
	}
	if (escaped) {
		units_add_unit(arena, out, sign);
		run = units_skip(run, 1);
	}
	for (size_t i = 0; i < run.len && (i == 0 || sign == '?'); i++)
		units_add_ascii(arena, out, sign == '?' ? NO_SLASH : STAR);
}

/* Of every run of backslashes, one or two are left. */
static UnitBuf collapse_backslashes(Arena *arena, Units text)
{
	UnitBuf out = {0};
	for (size_t i = 0, run = 0; i < text.len; i += run ? run : 1) {
		for (run = 0; i + run < text.len && text.ptr[i + run] == '\\';)
			run++;
		if (run)
			units_add_ascii(arena, &out, run % 2 ? "\\" : "\\\\");
		else
			units_add_unit(arena, &out, text.ptr[i]);
	}
	return out;
}

static UnitBuf escape_simple(Arena *arena, Units pattern)
{
	UnitBuf out = {0};
	bool collapse = false;
	for (size_t i = 0; i < pattern.len;) {
		uint16_t unit = pattern.ptr[i];
		if (unit_is_word(unit)) {
			units_add_unit(arena, &out, unit);
			i++;
			continue;
		}
		bool escaped =
			unit == '\\' && i + 1 < pattern.len && !unit_is_word(pattern.ptr[i + 1]);
		size_t end = i += escaped;
		for (; end < pattern.len && pattern.ptr[end] == pattern.ptr[i];)
			end++;
		simple_run(arena, &out, escaped, (Units){pattern.ptr + i, end - i});
		collapse = collapse || pattern.ptr[i] == '\\';
		i = end;
	}
	return collapse ? collapse_backslashes(arena, units_of(&out)) : out;
}

bool simple_source(Arena *arena, Units pattern, UnitBuf *out)
{
	if (!is_simple(pattern))
		return false;
	*out = escape_simple(arena, pattern);
	return true;
}
