#include "glob/glob.h"

#include "glob/glob_shape.h"
#include "glob/glob_source.h"
#include "glob/regex.h"

#include <string.h>

/* What the beginning and the end of a plain path have to be. Nearly all paths fail here, before
 * anything else is looked at. */
typedef struct Gate {
	uint64_t head, head_mask; /* of 8 bytes from `head_at` */
	uint64_t tail, tail_mask; /* of the last 8 bytes */
	uint32_t head_at, min, max; /* lengths */
} Gate;

/* What nearly every match needs comes first, together. */
struct Glob {
	Gate gate;
	bool shaped;
	bool negated;
	bool text_differs; /* the shape may say no to the pattern's own text */
	bool nothing; /* matches not even its own text */
	const Regex *regex; /* NULL if there is none */
	Str text; /* of the pattern */
	Shape shape; /* of the pattern without its `!` */
	Units units; /* of the pattern */
	Str unsupported;
};

static bool is_ascii(Str s)
{
	unsigned char all = 0;
	for (size_t i = 0; i < s.len; i++)
		all |= (unsigned char)s.ptr[i];
	return all < 0x80;
}

/* ---- the gate ------------------------------------------------------------------------------- */

static uint64_t load_word(const char *at)
{
	uint64_t word;
	memcpy(&word, at, sizeof word);
	return word;
}

/* The first bytes of a text, followed by zeros. */
static uint64_t head_word(Str s)
{
	char bytes[8] = {0};
	if (s.len)
		memcpy(bytes, s.ptr, s.len < 8 ? s.len : 8);
	return load_word(bytes);
}

/* The last bytes of a text, zeros before it. */
static uint64_t tail_word(Str s)
{
	char bytes[8] = {0};
	size_t count = s.len < 8 ? s.len : 8;
	if (count)
		memcpy(bytes + 8 - count, s.ptr + s.len - count, count);
	return load_word(bytes);
}

static uint64_t byte_mask(size_t bytes, bool tail)
{
	static const Str full = STR_INIT("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
	return tail ? tail_word(str_head(full, bytes)) : head_word(str_head(full, bytes));
}

/* For a prefix of more than 8 bytes, its last 8 tell more. */
static Gate gate_of(Str prefix, Str suffix)
{
	Gate gate = {.max = UINT32_MAX};
	gate.min = (uint32_t)(prefix.len > suffix.len ? prefix.len : suffix.len);
	gate.head_at = prefix.len > 8 ? (uint32_t)prefix.len - 8 : 0;
	gate.head = head_word(str_skip(prefix, gate.head_at));
	gate.head_mask = byte_mask(prefix.len, false);
	gate.tail = tail_word(suffix);
	gate.tail_mask = byte_mask(suffix.len, true);
	return gate;
}

static Gate gate_of_shape(Arena *arena, const Shape *shape)
{
	bool ends = shape->kind == SHAPE_FLAT || shape->kind == SHAPE_DEEP ||
		    shape->kind == SHAPE_NAMED;
	Gate gate = gate_of(shape->prefix, ends ? shape->suffix : STR(""));
	if (shape->kind == SHAPE_TEXT) {
		gate = gate_of(shape->prefix, shape->prefix);
		gate.max = gate.min;
	}
	for (size_t i = 0; i < shape->endings.count; i++) {
		Str tail = str_format(arena, "%.*s%.*s", STR_ARG(shape->suffix),
			STR_ARG(shape->endings.items[i]));
		Gate one = gate_of(shape->prefix, tail);
		gate.tail_mask = i ? gate.tail_mask & one.tail_mask : one.tail_mask;
		gate.tail = i ? gate.tail : one.tail;
		gate.tail_mask &= ~(gate.tail ^ one.tail);
	}
	return gate;
}

static inline bool gate_lets(const Gate *gate, const GlobPath *path)
{
	size_t len = path->text.len;
	if (len < gate->min || len > gate->max)
		return false;
	uint64_t head = gate->head_at ? load_word(path->text.ptr + gate->head_at) : path->head;
	return !(((head ^ gate->head) & gate->head_mask) |
		 ((path->tail ^ gate->tail) & gate->tail_mask));
}

/* ---- globs ---------------------------------------------------------------------------------- */

static void compile_regex(Arena *arena, Glob *glob)
{
	ARENA_SCRATCH(scratch);
	const char *why = NULL;
	GlobSource source = glob_source(&scratch, glob->units);
	if (source.endless) {
		glob->unsupported = STR("picomatch never ends with it");
		return;
	}
	glob->negated = source.negated;
	glob->regex = regex_compile(arena, source.text, &why);
	if (!glob->regex) {
		glob->unsupported = str_from(why);
		return;
	}
	glob->shape = shape_of(arena, str_skip(glob->text, source.negated));
	glob->shaped = glob->shape.kind != SHAPE_NONE;
	glob->text_differs = source.negated || glob->shape.endings.count || !glob->shaped;
	if (!glob->shaped)
		glob->gate = gate_of(regex_prefix(glob->regex), regex_suffix(glob->regex));
	else
		glob->gate = gate_of_shape(arena, &glob->shape);
}

Glob *glob_compile(Arena *arena, Str pattern)
{
	Glob *glob = arena_new(arena, Glob);
	glob->text = str_copy(arena, pattern);
	glob->units = units_decode(arena, pattern);
	glob->nothing = !glob->units.len || glob->units.len > GLOB_MAX_LENGTH;
	if (!glob->units.len)
		glob->unsupported = STR("an empty pattern");
	else if (glob->nothing)
		glob->unsupported = STR("longer than 65,536 characters");
	else
		compile_regex(arena, glob);
	return glob;
}

Str glob_unsupported(const Glob *glob)
{
	return glob->unsupported;
}

/* Every part is something, but not `.` or `..`. */
static bool has_plain_parts(Str path)
{
	size_t start = 0;
	for (size_t i = 0; i <= path.len; i++) {
		if (i < path.len && path.ptr[i] != '/')
			continue;
		Str part = {path.ptr + start, i - start};
		if (!part.len || str_equal(part, STR(".")) || str_equal(part, STR("..")))
			return false;
		start = i + 1;
	}
	return true;
}

GlobPath glob_path(Arena *arena, Str path)
{
	GlobPath out = {.text = path, .head = head_word(path), .tail = tail_word(path)};
	if (!is_ascii(path)) {
		out.units = units_decode(arena, path);
		for (size_t i = 0; i < out.units.len; i++)
			out.ends_line = out.ends_line || unit_ends_line(out.units.ptr[i]);
	} else {
		for (size_t i = 0; i < path.len; i++)
			out.ends_line = out.ends_line || unit_ends_line((unsigned char)path.ptr[i]);
	}
	out.plain = path.len < UINT32_MAX && !out.ends_line && has_plain_parts(path) &&
		    (!out.units.len || str_utf8_invalid(path) == path.len);
	return out;
}

static bool is_own_text(const Glob *glob, const GlobPath *path)
{
	if (path->units.len)
		return units_equal(path->units, glob->units);
	return path->text.len == glob->text.len && str_equal(path->text, glob->text);
}

static bool has_needle(Str text, Str needle)
{
	const char *at = text.ptr, *end = text.ptr + text.len;
	if (!needle.len)
		return true;
	while ((size_t)(end - at) >= needle.len) {
		at = memchr(at, needle.ptr[0], (size_t)(end - at) - needle.len + 1);
		if (!at || memcmp(at, needle.ptr, needle.len) == 0)
			return at;
		at++;
	}
	return false;
}

/* A broken expression may have alternatives outside of its anchors; it is searched for, but not
 * where it is in a look-ahead (negated). */
static bool matches_regex(const Glob *glob, const GlobPath *path, size_t *steps)
{
	Str text = path->text;
	if (!has_needle(text, regex_needle(glob->regex)))
		return false;
	Subject subject = {(const unsigned char *)text.ptr, path->units.ptr,
		path->units.len ? path->units.len : text.len};
	return glob->negated ? regex_match(glob->regex, &subject, steps)
			     : regex_search(glob->regex, &subject, steps);
}

/* A negated glob is `^(?!…).*$`: the end of a line stops it. */
bool glob_match_slowly(const Glob *glob, const GlobPath *path, size_t *steps)
{
	if (!path->text.len || glob->nothing)
		return false;
	if (is_own_text(glob, path))
		return true;
	if (!glob->regex || (glob->negated && path->ends_line))
		return false;
	return matches_regex(glob, path, steps) != glob->negated;
}

bool glob_match(const Glob *glob, const GlobPath *path)
{
	if (!path->plain || !glob->regex)
		return glob_match_slowly(glob, path, NULL);
	if (gate_lets(&glob->gate, path)) {
		if (!glob->shaped)
			return glob_match_slowly(glob, path, NULL);
		if (shape_matches(&glob->shape, path->text) != glob->negated)
			return true;
	} else if (glob->negated) {
		return true;
	}
	return glob->text_differs && is_own_text(glob, path);
}
