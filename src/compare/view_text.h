/* One view, as two versions of the server print it. Until 15 every column of a view had its table
 * in front; since 16 those of a view over a single table have none. Pure. */
#ifndef COMPARE_VIEW_TEXT_H
#define COMPARE_VIEW_TEXT_H

#include "base/str.h"

typedef struct ViewTexts {
	Str older, newer;
	int older_version, newer_version; /* of the servers */
} ViewTexts;

/* Is the newer text the older one without one table's name in front of columns? */
bool view_text_is_same(const ViewTexts *texts);

#endif
