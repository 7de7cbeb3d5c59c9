/* Migrations as the checkout has them. Plain data. */
#ifndef LOCAL_MIGRATION_H
#define LOCAL_MIGRATION_H

#include "base/str.h"
#include "base/vec.h"

typedef struct Migration {
	Str file; /* name in the migrations folder: 20240101000000_users.sql */
	Str path; /* relative to the workspace, for annotations and commands */
	Str version; /* the digits as written: 20240101000000 */
	Str title; /* what is between the first _ and .sql: users; may be empty */
	Str text; /* the content without a byte order mark; writable one byte past its end */
} Migration;

typedef struct Skipped {
	Str file, path, reason;
	bool is_misnamed; /* begins with digits and ends with .sql: it is meant as a migration */
	Str fitting; /* the path that it should have, of the first that are misnamed; else empty */
} Skipped;

typedef struct Source {
	Str folder; /* the migrations folder, relative to the workspace */
	VEC(Migration) migrations; /* ordered by version, by bytes, as the CLI orders them */
	VEC(Skipped) skipped;
} Source;

#endif
