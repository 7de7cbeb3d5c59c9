/* A strict TOML 1.0 reader (https://toml.io/en/v1.0.0): text in, a tree out. It writes nothing.
 * What TOML 1.1 has beyond that is refused, and called by its name.
 *
 * No packaged C library reads TOML, so this one is ours. It takes what the specification takes and
 * refuses everything else, with line and column: a document that two readers understand differently
 * is not one to deploy from. Time is linear in the size; nesting is limited to TOML_DEPTH_MAX. */
#ifndef TOML_TOML_H
#define TOML_TOML_H

#include "toml/toml_tree.h"

enum {
	TOML_SIZE_MAX = 1 << 20 /* bytes */
};

/* Where and why a text is not TOML; the column in characters, from 1. */
typedef struct TomlError TomlError;
struct TomlError {
	size_t line, col;
	Str message;
	Str hint; /* what would help; may be empty */
};

/* Reads a whole document: the root table, in the arena, whose strings may be views into `text`.
 * NULL, and an error, if it is not TOML 1.0, not UTF-8, nested too deeply or above TOML_SIZE_MAX. A
 * byte order mark at the beginning is skipped. */
Toml *toml_parse(Arena *arena, Str text, TomlError *error);

#endif
