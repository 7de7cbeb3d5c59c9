/* Why a line is no YAML, and what to write instead: a pattern that begins with * is an alias, with
 * ! a tag, with { or [ a collection, with & an anchor; none may begin with @, % or a backtick. */
#ifndef WRAP_YAML_HINT_H
#define WRAP_YAML_HINT_H

#include "base/str.h"

/* The `number`-th line of a text (from 0), without its end: LF, CR or CRLF. */
Str yaml_hint_line(Str text, size_t number);

/* Does something else than a plain string begin here? */
bool yaml_hint_is_special(Str s);

/* Is there a tab before the first character that is neither a blank nor a dash? */
bool yaml_hint_has_tab(Str line);

/* Advice on a line that has an error at a column (in characters, from 0), or an empty Str. */
Str yaml_hint(Arena *arena, Str line, size_t col);

#endif
