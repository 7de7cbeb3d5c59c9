/* Text as JavaScript has it: UTF-16 code units. Patterns and paths become this before they are
 * compared with anything that is not ASCII, since a class or a `?` of a glob takes one unit. */
#ifndef GLOB_GLOB_UNITS_H
#define GLOB_GLOB_UNITS_H

#include "base/str.h"
#include "base/vec.h"

typedef struct Units {
	const uint16_t *ptr;
	size_t len;
} Units;

/* A text that is being written. */
typedef VEC(uint16_t) UnitBuf;

/* Decodes UTF-8 as TextDecoder does: each maximal part of an ill-formed sequence is one U+FFFD. */
Units units_decode(Arena *arena, Str s);

bool units_equal(Units a, Units b);
bool units_start(Units text, const char *ascii);
bool units_hold(Units text, uint16_t unit);
Units units_skip(Units text, size_t count);

Units units_of(const UnitBuf *buf);
void units_add(Arena *arena, UnitBuf *buf, Units text);
void units_add_unit(Arena *arena, UnitBuf *buf, uint16_t unit);
void units_add_ascii(Arena *arena, UnitBuf *buf, const char *ascii);
/* Without its last `count` units; nothing is left if there are fewer. */
void units_cut(UnitBuf *buf, size_t count);

bool unit_is_word(uint16_t unit); /* [A-Za-z0-9_] */
bool unit_ends_line(uint16_t unit); /* LF, CR, U+2028, U+2029 */

#endif
