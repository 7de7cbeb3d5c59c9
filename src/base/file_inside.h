/* Files that are written where others may write, too: below a folder that is trusted, along a path
 * that is not. No symbolic link is followed below that folder, nothing outside of it is touched. */
#ifndef BASE_FILE_INSIDE_H
#define BASE_FILE_INSIDE_H

#include "base/str.h"

typedef struct FileInside {
	const Str *roots; /* absolute; empty ones are skipped */
	size_t root_count;
	Str path; /* below one of them; one that is relative is the first one's */
} FileInside;

/* Puts a file in the path's place, or replaces what is there (a link too, not what it leads to), in
 * one step. It belongs to whom the root belongs to. Its folder must exist. `reason` is a literal or
 * lives in the arena. */
bool file_inside_write(const FileInside *target, Str content, Arena *arena, Str *reason);

#endif
