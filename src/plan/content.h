/* What a migration does, whatever it looks like: its identity by content.
 *
 * Two texts are the same content if their scanner tokens are: comments, white space, `;` and the
 * letter case of words aside, names in quotes, constants and bodies as they are, CRLF as LF. The
 * identity is a SHA-256 of the tokens with a version in front, so that its rules may change.
 * (pg_query_fingerprint is of no use here: it leaves constants, defaults and bodies out.)
 *
 * The digest is of statements as they are stored, byte for byte: where two are equal, nothing needs
 * to be fetched from the server. */
#ifndef PLAN_CONTENT_H
#define PLAN_CONTENT_H

#include "plan/history.h"
#include "sql/script.h"

/* "1-" and 64 hexadecimal digits; empty for a text without tokens. */
Str content_identity(Arena *arena, Str text);
/* The identity of a list of statements that grows at its end: `before` is that of the list so far,
 * empty at first. */
Str content_chain(Arena *arena, Str before, Str statement);

/* The digest of a script's statements, as history_read has the server make it. */
Str content_digest(Arena *arena, const Script *script);

typedef struct Content {
	Str digest; /* of the file's statements; as history_read has the server make it */
	bool is_identified;
	Str identity; /* of the file, once made; empty if it holds comments only */
} Content;

/* The text as a server stores it that takes its bytes for ISO 8859-1: what the Supabase CLI leaves
 * of a file with `SET client_encoding = 'LATIN1'`. Empty if the file does not speak of it, or has
 * nothing but ASCII. */
Str content_misread(Arena *arena, Str text);

/* Of all files of a source, one for each migration, in its order. */
typedef struct Contents {
	Arena *arena;
	const Source *source;
	Content *items;
} Contents;

Contents content_read(Arena *arena, const Source *source);
/* The identity of a file of the source; made when it is first asked for. */
Str content_of(const Contents *contents, size_t index);

/* A record's identity after content_compare; empty if it is unknown, or of comments only. */
Str content_recorded(const Contents *contents, const History *history, size_t index);

#endif
