/* A migration's text cut into statements, as the Supabase CLI 3.1.0 cuts it, so that the history
 * holds the same strings whichever of the two has pushed.
 *
 * Pure and without allocation but for the list: it knows quotes, comments, parentheses and the body
 * of BEGIN ATOMIC, not the grammar. Each statement is then proven to be one by sql/sql. Where the
 * CLI is wrong (nested parentheses, `\;`), this is right; docs/differences-from-the-cli.md has the
 * list.
 *
 * What a statement is: the text up to a `;` at the top level, without it, trimmed of white space
 * (that of ECMAScript, as the CLI's trim) and of further `;`. Comments stay where they are; one
 * without a statement at the end is a statement itself. Empty ones are dropped. */
#ifndef SQL_SPLIT_H
#define SQL_SPLIT_H

#include "base/vec.h"
#include "base/str.h"

typedef VEC(Str) Pieces; /* views into the text, in order */

void split_text(Arena *arena, Str text, Pieces *pieces);

#endif
