/* What a push reads, as paths of the repository: migrations, roles, seeds, settings.
 *
 * Where there is no clone to look into, every place counts that the search for the supabase folder
 * could end at; where there is one, every place that a symbolic link on the way leads over. */
#ifndef STAGE_DETECT_PATHS_H
#define STAGE_DETECT_PATHS_H

#include "base/file.h"
#include "detect/matches.h"
#include "local/config.h"
#include "detect/checkout.h"

/* What of it this run uses. */
typedef struct DetectUse {
	const Config *config; /* which seeds there are */
	bool roles, seeds;
} DetectUse;

typedef struct DetectFolders {
	Str workspace; /* resolved */
	Str spelled; /* the same as it was named */
	Str directory; /* working-directory, absolute, as its text tells */
	Str start; /* a folder that exists, resolved, in the workspace: to look for clones */
	bool found; /* there is a supabase folder */
	Names items; /* absolute: the migrations folder, or all places where it could be */
} DetectFolders;

/* `workspace` is absolute. False, with an ERR_SOURCE, if working-directory leads out of it. */
bool detect_folders_find(Arena *arena, Str workspace, Str directory, DetectFolders *out, Err *err);

/* Returns why the repository's commits do not cover all of it; empty if they do. */
Str detect_paths_find(Arena *arena, const DetectUse *use, const DetectFolders *folders,
	const Checkout *clone, MatchPush *out);

#endif
