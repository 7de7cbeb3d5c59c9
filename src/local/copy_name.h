/* Names that operating systems and browsers give to a copy of a file: "x 2", "x copy", "x (1)",
 * "x - Copy". Pure. */
#ifndef LOCAL_COPY_NAME_H
#define LOCAL_COPY_NAME_H

#include "base/str.h"

/* Is `title` the name of a copy, and of which? The genuine name is a head of `title`; false if it
 * is none. Both without version and ending. */
bool copy_name_read(Str title, Str *genuine);

#endif
