/* A long INSERT … VALUES without its rows: their tree would cost a hundred times what the check of
 * their syntax does, and says nothing that the head does not. */
#ifndef SQL_ROWS_H
#define SQL_ROWS_H

#include "base/str.h"

/* The statement with one row in place of all: what precedes VALUES keeps its offsets, what
 * comes after the rows (ON CONFLICT, RETURNING) follows. Empty if it is none, or is short. In the
 * arena, NUL-terminated. */
Str rows_cut(Arena *arena, Str statement);

#endif
