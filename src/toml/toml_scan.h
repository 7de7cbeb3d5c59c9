/* Part of toml/toml: a cursor on the text, and the lexical forms that know no tables: blanks,
 * comments, strings. The first error is kept, and every function then returns false. */
#ifndef TOML_TOML_SCAN_H
#define TOML_TOML_SCAN_H

#include "base/str.h"

typedef struct Scan {
	Arena *arena;
	Str text;
	size_t at; /* offset of the next byte */
	size_t wrong; /* offset of what is wrong */
	Str message; /* why; empty if nothing is */
	bool is_newer; /* TOML 1.1 would have it */
} Scan;

enum {
	SCAN_END = -1
};

/* The byte that many after the next one, or SCAN_END. */
int scan_peek(const Scan *scan, size_t ahead);
/* Passes over a literal, if it comes next. */
bool scan_take(Scan *scan, const char *literal);
/* Notes the error, unless there is one; returns false. */
bool scan_fail(Scan *scan, size_t at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The same for what comes next: "expected …, found …". */
bool scan_expected(Scan *scan, const char *what);

/* Notes that the error which comes next is at what TOML 1.1 takes and 1.0 does not. */
void scan_newer(Scan *scan);

/* Passes over spaces and tabs. */
void scan_blanks(Scan *scan);
/* A comment, if any, and the line's end or the text's. */
bool scan_line_end(Scan *scan);
/* Blanks, comments and line ends, as between the items of an array. */
bool scan_gap(Scan *scan);

/* A string in one of its four forms; the cursor is at its first quote. `multiline` allows the two
 * that go over lines. */
bool scan_string(Scan *scan, bool multiline, Str *out);

#endif
