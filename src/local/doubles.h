/* Versions that several files have. Pure. */
#ifndef LOCAL_DOUBLES_H
#define LOCAL_DOUBLES_H

#include "base/err.h"
#include "local/migration.h"

/* Adds an ERR_SOURCE for those of copies that an operating system has made, and one for all others;
 * nothing if each file of the source has a version of its own. */
void doubles_check(const Source *source, Err *err);

#endif
