/* Versions as time stamps of 14 digits, YYYYMMDDhhmmss, as `supabase migration new` writes them;
 * and which one a file's name means that is written otherwise. Pure. */
#ifndef LOCAL_STAMP_H
#define LOCAL_STAMP_H

#include "base/str.h"
#include "base/str_map.h"

typedef struct Stamp {
	Str version; /* of 14 digits */
	Str title; /* what is left of the name; never empty */
} Stamp;

/* Has it 14 digits? */
bool stamp_is_usual(Str version);
/* Seconds since 1970 of a version that is a time stamp; false if it is none. */
bool stamp_seconds(Str version, int64_t *seconds);

/* What "20260301_090000_first.sql", "2026-03-01 first.SQL" or "007-first.sql" would be called: date
 * and time at the beginning of a name, or the number there with zeros in front. False if the name
 * is none of an SQL file that begins with a digit, or its number is too long. */
bool stamp_read(Arena *arena, Str file, Stamp *out);

/* Names that are offered to a person: each with a version of its own. */
typedef struct Stamps {
	Arena *arena;
	StrMap taken; /* versions: of files, and those offered */
} Stamps;

void stamps_take(Stamps *stamps, Str version);
/* stamp_read's, or the next second that is free. */
bool stamps_offer(Stamps *stamps, Str file, Stamp *out);

#endif
