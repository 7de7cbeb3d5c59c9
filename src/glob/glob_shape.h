/* The shapes of globs that can be compared with a path directly. They hold for plain paths only
 * (GlobPath's `plain`), for which the answer is the same as the regular expression's: what that has
 * to guard against (`.`, `..`, empty parts, ends of lines) does not occur there. */
#ifndef GLOB_GLOB_SHAPE_H
#define GLOB_GLOB_SHAPE_H

#include "base/str.h"
#include "base/vec.h"

typedef enum ShapeKind {
	SHAPE_NONE,
	SHAPE_TEXT, /* a/b.js */
	SHAPE_TREE, /* a, a slash, two stars; two stars alone */
	SHAPE_FLAT, /* a/b*.js and *.{js,ts} */
	SHAPE_DEEP, /* two stars and a slash before *.js */
	SHAPE_NAMED, /* two stars and a slash before b.js */
	SHAPE_WITHIN /* two stars, b and two stars */
} ShapeKind;

typedef struct Shape {
	ShapeKind kind;
	Str prefix; /* with its slash; of SHAPE_TREE without */
	Str suffix; /* the text after the star; the text between the globstars */
	VEC(Str) endings; /* one of them after the suffix, if there are any */
} Shape;

Shape shape_of(Arena *arena, Str pattern);
bool shape_matches(const Shape *shape, Str path);

#endif
