#include "glob/glob_shape.h"

#include <string.h>

/* Letters that are literal everywhere in a glob. */
static bool is_literal(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (unsigned char)c >= 0x80 || c == '_' || c == '-' || c == '.' || c == '/';
}

static Str take_literal(Str *rest)
{
	size_t length = 0;
	while (length < rest->len && is_literal(rest->ptr[length]))
		length++;
	Str literal = str_head(*rest, length);
	*rest = str_skip(*rest, length);
	return literal;
}

static bool take_prefix(Str *rest, Str text)
{
	if (!str_starts(*rest, text))
		return false;
	*rest = str_skip(*rest, text.len);
	return true;
}

/* `{js,ts}` at the pattern's end: two literal texts or more, none with a slash. Two dots in a brace
 * would make it a range. */
static bool take_endings(Arena *arena, Str *rest, Shape *shape)
{
	if (!rest->len)
		return true;
	if (!take_prefix(rest, STR("{")))
		return false;
	do {
		Str ending = take_literal(rest);
		if (str_contains(ending, STR("/")) || str_contains(ending, STR("..")))
			return false;
		*vec_add(arena, &shape->endings) = ending;
	} while (take_prefix(rest, STR(",")));
	return shape->endings.count > 1 && take_prefix(rest, STR("}")) && !rest->len;
}

/* What follows `prefix*`. */
static ShapeKind star_shape(Arena *arena, Str rest, Shape *shape)
{
	shape->suffix = take_literal(&rest);
	bool one_part = !str_contains(shape->suffix, STR("/"));
	return one_part && take_endings(arena, &rest, shape) ? SHAPE_FLAT : SHAPE_NONE;
}

/* What follows `prefix` and a globstar with its slash. */
static ShapeKind globstar_shape(Arena *arena, Str rest, Shape *shape)
{
	if (take_prefix(&rest, STR("*")))
		return star_shape(arena, rest, shape) == SHAPE_FLAT ? SHAPE_DEEP : SHAPE_NONE;
	shape->suffix = take_literal(&rest);
	if (shape->suffix.len && !rest.len)
		return SHAPE_NAMED;
	bool within = shape->suffix.len > 1 && str_ends(shape->suffix, STR("/"));
	if (!within || !str_equal(rest, STR("**")))
		return SHAPE_NONE;
	shape->suffix.len--;
	return SHAPE_WITHIN;
}

static ShapeKind find_kind(Arena *arena, Str rest, Shape *shape)
{
	shape->prefix = take_literal(&rest);
	if (!rest.len)
		return SHAPE_TEXT;
	bool part_begins = !shape->prefix.len || str_ends(shape->prefix, STR("/"));
	if (part_begins && str_equal(rest, STR("**"))) {
		shape->prefix.len -= shape->prefix.len > 0;
		return SHAPE_TREE;
	}
	if (part_begins && take_prefix(&rest, STR("**/")))
		return globstar_shape(arena, rest, shape);
	if (take_prefix(&rest, STR("*")))
		return star_shape(arena, rest, shape);
	return SHAPE_NONE;
}

/* `./` at the beginning is dropped: such patterns, and those from the root, have no shape. */
Shape shape_of(Arena *arena, Str pattern)
{
	Shape shape = {0};
	bool odd = str_starts(pattern, STR("./")) || str_starts(pattern, STR("/"));
	if (pattern.len && !odd && str_utf8_invalid(pattern) == pattern.len)
		shape.kind = find_kind(arena, pattern, &shape);
	return shape;
}

/* `part` at `at`, which the caller knows to be inside of the path. */
static bool is_at(Str path, size_t at, Str part)
{
	return memcmp(path.ptr + at, part.ptr, part.len) == 0;
}

/* `prefix*suffix ending` */
static bool star_matches(const Shape *shape, Str path, Str ending)
{
	size_t start = shape->prefix.len, tail = shape->suffix.len + ending.len;
	if (path.len < start + tail || !is_at(path, path.len - ending.len, ending) ||
		!is_at(path, path.len - tail, shape->suffix) || !is_at(path, 0, shape->prefix))
		return false;
	return shape->kind == SHAPE_DEEP || !memchr(path.ptr + start, '/', path.len - tail - start);
}

static bool any_ending_matches(const Shape *shape, Str path)
{
	for (size_t i = 0; i < shape->endings.count; i++)
		if (star_matches(shape, path, shape->endings.items[i]))
			return true;
	return false;
}

static bool tree_matches(Str folder, Str path)
{
	if (path.len < folder.len || !is_at(path, 0, folder))
		return false;
	return !folder.len || path.len == folder.len || path.ptr[folder.len] == '/';
}

static bool named_matches(const Shape *shape, Str path)
{
	Str name = shape->suffix;
	size_t start = shape->prefix.len;
	if (path.len < start + name.len || !is_at(path, path.len - name.len, name) ||
		!is_at(path, 0, shape->prefix))
		return false;
	return path.len == start + name.len || path.ptr[path.len - name.len - 1] == '/';
}

static bool within_matches(const Shape *shape, Str path)
{
	size_t at = shape->prefix.len;
	if (path.len < at || !is_at(path, 0, shape->prefix))
		return false;
	for (;;) {
		Str rest = {path.ptr + at, path.len - at};
		if (tree_matches(shape->suffix, rest))
			return true;
		const char *slash = memchr(rest.ptr, '/', rest.len);
		if (!slash)
			return false;
		at = (size_t)(slash - path.ptr) + 1;
	}
}

bool shape_matches(const Shape *shape, Str path)
{
	switch (shape->kind) {
	case SHAPE_NONE:
		break;
	case SHAPE_TEXT:
		return path.len == shape->prefix.len && is_at(path, 0, shape->prefix);
	case SHAPE_TREE:
		return tree_matches(shape->prefix, path);
	case SHAPE_FLAT:
	case SHAPE_DEEP:
		return shape->endings.count ? any_ending_matches(shape, path)
					    : star_matches(shape, path, STR(""));
	case SHAPE_NAMED:
		return named_matches(shape, path);
	case SHAPE_WITHIN:
		return within_matches(shape, path);
	}
	return false;
}
