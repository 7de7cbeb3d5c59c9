/* PostgreSQL URLs, read as libpq does (manual, "Connection URIs"), before anything is contacted. */
#ifndef WRAP_DB_URL_H
#define WRAP_DB_URL_H

#include "base/str.h"
#include "base/vec.h"

/* The parts of a connection URL that matter to us, percent-decoded. */
typedef struct DbUrl {
	Str host, hostaddr, port, user, password, database, sslmode, sslrootcert;
} DbUrl;

/* Reads a postgres:// or postgresql:// URL. False if libpq cannot: its reason is not passed on, for
 * it holds parts of the URL. */
bool db_url_parse(Arena *arena, Str url, DbUrl *out);

/* What is in a URL's query part. */
typedef struct DbUrlParameters {
	Str clean; /* the URL without those that only other programs understand, */
	VEC(Str) ignored; /* which are these */
	Str unknown; /* the first that nobody knows; empty: there is none */
	Str misfit; /* the first whose value libpq does not take; empty: there is none */
	const char *values; /* that it takes: "a|b|c", or "a number" */
	bool is_list; /* the former */
} DbUrlParameters;

/* Where a password cannot be distinguished from the rest, which a bare @ in the query part shows,
 * nothing is named. */
void db_url_parameters(Arena *arena, Str url, DbUrlParameters *out);

#endif
