/* Files and folders: read whole, list, append. Errors carry the path and the system's reason; the
 * kind of fault is the caller's to choose. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/str.h"

/* The whole of a regular file, NUL-terminated after its length, writable. A file above `max` bytes
 * and anything that is no regular file are refused. `reason` is a literal or lives in the arena. */
bool file_read(Arena *arena, Str path, size_t max, Str *content, Str *reason);
/* Names in a folder without "." and "..", sorted by bytes. */
bool file_list(Arena *arena, Str path, Names *names, Str *reason);
/* Appends to an existing file, or creates it. */
bool file_append(Str path, Str content, Str *reason);

typedef enum FileType {
	FILE_MISSING,
	FILE_REGULAR,
	FILE_FOLDER,
	FILE_OTHER
} FileType;
/* Type of what the path leads to; symbolic links are followed. */
FileType file_type(Str path);
bool file_is_symlink(Str path);
/* The path without symbolic links and dots, or an empty Str if it does not exist. */
Str file_resolve(Arena *arena, Str path);
/* The absolute path with its first symbolic link replaced by what it leads to, or an empty Str if
 * there is none in it. Dots and doubled slashes are taken out. */
Str file_follow_link(Arena *arena, Str path);
/* The absolute path without dots and doubled slashes, as far as the text alone tells. */
Str file_normal(Arena *arena, Str path);
/* Is `path` `folder` itself or below it? Both resolved. */
bool file_is_within(Str path, Str folder);
/* The path from that folder on; "" for itself, the whole path if it is not within. */
Str file_below(Str folder, Str path);
/* The same, but not below a folder of it that is called .git: what is there is git's, and may
 * be a credential that checkout has left. Of what a pull request brings nothing else is read. */
bool file_is_content(Str path, Str folder);
/* folder/name; a name that is absolute stays as it is, "" and "." give the folder. */
Str file_join(Arena *arena, Str folder, Str name);
/* The part after the last slash, and the part before it ("/" at the root). */
Str file_base(Str path);
Str file_parent(Str path);

#endif
