/* The local side: the supabase folder and the migration files in it.
 *
 * Reads files, judges their names and bytes, knows no SQL. The rules are the Supabase CLI's (names,
 * order, the skipped `_init`), but nothing is silent: what the CLI skips is named, and what it
 * stumbles over later (folders, links, doubled versions, bytes that are not UTF-8) is an error now.
 * All faults are reported together. */
#ifndef LOCAL_SOURCE_H
#define LOCAL_SOURCE_H

#include "base/err.h"
#include "local/migration.h"

enum {
	SOURCE_FILE_MAX = 64 * 1024 * 1024
};

/* Finds `supabase/migrations`, relative to the workspace: `directory` (relative to the workspace,
 * or absolute below it) is the supabase folder, holds it, or lies below what holds it; the search
 * goes upward to the workspace's root. Adds ERR_SOURCE faults. */
bool source_find(Arena *arena, Str workspace, Str directory, Str *folder, Err *err);
/* The supabase folder alone, found in the same way, resolved; `root` is the workspace, resolved. It
 * need not hold migrations. False if there is none. */
bool source_supabase(Arena *arena, Str workspace, Str directory, Str *root, Str *supabase);
/* There is a supabase folder, and no migrations folder in it: where that would be, relative to the
 * workspace. */
bool source_lacks_folder(Arena *arena, Str workspace, Str directory, Str *folder);
/* Finds the folder and reads every migration in it. */
bool source_read(Arena *arena, Str workspace, Str directory, Source *out, Err *err);

/* One SQL file below `root` (a resolved folder), read and judged as a migration is: its text
 * without a byte order mark, writable one byte past its end. Adds ERR_SOURCE. */
bool source_text(Arena *arena, Str root, Str path, Str *text, Err *err);

/* Splits `^([0-9]+)_(.*)\.sql$` as the CLI's regular expression does; false if it does not match.
 * `.` does not match a line end, so a name with one is no migration. */
bool source_name(Str file, Str *version, Str *title);

#endif
