/* The files of a filter as one text: the output `<filter>_files`, in the formats of paths-filter.
 *
 *     json    ["a b.sql","c.sql"]
 *     csv     "a b.sql",c.sql
 *     shell   'a b.sql' c.sql
 *     escape  a\ b.sql c.sql
 *
 * Shell and escape are made for `run: lint ${{ ... }}`: a POSIX shell and bash split them into
 * exactly the names, whatever characters those have. A name that begins with - gets ./ in front
 * there, as otherwise a program takes it for an option. The runner reads outputs as UTF-8, so a
 * byte that is not is U+FFFD in every format, as in paths-filter: such a name leads to no file.
 * Nothing is ever cut.
 *
 * Source: dorny/paths-filter v4.0.2, src/list-format. Whether a name needs quotes depends on the
 * whole of it, line breaks included. */
#ifndef DETECT_LISTING_H
#define DETECT_LISTING_H

#include "base/str.h"

typedef enum ListFormat {
	LIST_NONE,
	LIST_CSV,
	LIST_JSON,
	LIST_SHELL,
	LIST_ESCAPE
} ListFormat;

typedef struct Listing {
	ListFormat format;
	const Str *names;
	size_t count;
} Listing;

/* False, and an empty text, if it would take more than `max` bytes as UTF-16: so the runner counts,
 * with a limit of 1 MiB for all outputs of a job. LIST_NONE is an empty text. */
bool listing_format(Arena *arena, const Listing *listing, size_t max, Str *out);

/* Bytes of a text (valid UTF-8) as UTF-16. */
size_t listing_size(Str text);

#endif
