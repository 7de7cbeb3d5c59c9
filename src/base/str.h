/* Strings as length-carrying views, and a builder with a maximum.
 *
 * A Str does not own its bytes: they live in an arena, in the environment or in a literal, and may
 * hold NUL. NUL-terminated copies are made where a library wants one (str_z). A Buf never grows
 * above its maximum: what does not fit is cut off and `full` is set, so that the platform's limits
 * are checked once, at the end. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"
#include "base/vec.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Str {
	const char *ptr;
	size_t len;
} Str;

typedef VEC(Str) Names;

#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})
/* The same as an initialiser in a static table. */
#define STR_INIT(literal)                                                                          \
	{                                                                                          \
		"" literal, sizeof(literal) - 1                                                    \
	}
/* For printf's "%.*s". */
static inline const char *str_chars(Str s)
{
	return s.ptr ? s.ptr : "";
}
#define STR_ARG(s) (int)(s).len, str_chars(s)

Str str_from(const char *z); /* view of a NUL-terminated string; NULL is empty */
Str str_copy(Arena *arena, Str s);
char *str_z(Arena *arena, Str s); /* NUL-terminated copy */
/* One after the other; for what is made so often that a format takes too long. */
Str str_concat(Arena *arena, const Str *parts, size_t count);
Str str_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
Str str_vformat(Arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0), nonnull));

bool str_equal(Str a, Str b);
bool names_have(const Names *names, Str name);
bool str_is_among(Str s, const Str *words, size_t count);
/* Of a static table. */
#define STR_IS_AMONG(s, words) str_is_among((s), (words), sizeof(words) / sizeof *(words))
int str_compare(Str a, Str b); /* by bytes, a prefix first: the order of git and of the CLI */
int str_order(const void *a, const void *b); /* the same of two Str, for qsort */
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
bool str_contains(Str s, Str part);
Str str_skip(Str s, size_t count); /* without its first `count` bytes */
Str str_head(Str s, size_t count); /* at most its first `count` bytes */
Str str_before(Str s, char stop); /* all of it, if `stop` is not there */
Str str_trim(Str s); /* without ASCII white space at both ends */

/* The part before the first `separator`, which is cut off `rest` together with it. False at the
 * end, when `rest` was exhausted by the call before. Start with `rest` = the whole. */
bool str_next(Str *rest, char separator, Str *part);

/* Length of the UTF-8 character at `s`, or 0 if the bytes are not valid (RFC 3629: no surrogates,
 * no overlong form, nothing above U+10FFFF). */
size_t str_utf8_length(Str s);
/* Offset of the first byte that is not UTF-8, or s.len. */
size_t str_utf8_invalid(Str s);
/* Offset of the `chars`-th character (from 0), at most s.len. Invalid bytes count one each. */
size_t str_utf8_offset(Str s, size_t chars);
size_t str_utf8_count(Str s);
/* With U+FFFD for each byte that is not UTF-8. */
Str str_utf8_repair(Arena *arena, Str s);

/* Percent-encodes all but unreserved characters (RFC 3986, 2.3), the slash too. */
Str str_percent(Arena *arena, Str s);
/* One shell word: quoted with '…' where it holds anything but safe characters. */
Str str_shell(Arena *arena, Str s);
/* A name in SQL, whatever it holds: "…" with each double quote doubled. */
Str str_sql_name(Arena *arena, Str name);
/* What is between the quotes of a name or a string in SQL, of either kind; anything else as it is.
 */
Str str_sql_unquoted(Arena *arena, Str token);
/* The length of a control character at the beginning, 0 if there is none: those of ASCII and of
 * Latin-1 (C1, which some terminals obey), and those that turn the direction of text. */
size_t str_control(Str s);
/* For one line of text: control characters and invalid UTF-8 as \xNN, newlines as \n. */
Str str_visible(Arena *arena, Str s);

typedef struct Buf {
	Arena *arena;
	char *ptr;
	size_t len, capacity, max;
	bool full; /* something was dropped */
} Buf;

Buf buf_new(Arena *arena, size_t max);
void buf_add(Buf *buf, Str s);
void buf_add_char(Buf *buf, char c);
void buf_format(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
Str buf_str(const Buf *buf);

#endif
