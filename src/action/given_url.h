/* A PostgreSQL URL that an input gives: its secrets, and its faults before anything is contacted.
 */
#ifndef ACTION_GIVEN_URL_H
#define ACTION_GIVEN_URL_H

#include "base/err.h"
#include "base/secret.h"
#include "wrap/db_url.h"

typedef struct GivenUrl {
	const char *id; /* the input's */
	Str text;
	DbUrlParameters parameters;
	bool parsed; /* without those that are ignored, into */
	DbUrl parts;
} GivenUrl;

GivenUrl given_url_read(Arena *arena, const char *id, Str text);
/* Registers all forms of a URL's secrets. False if one of them cannot be masked. */
bool given_url_keep(const GivenUrl *url, Secrets *secrets);
/* Is the server on this machine? Its password keeps nobody out who could read a log of it. */
bool given_url_is_here(const GivenUrl *url);
/* Adds an ERR_INPUT. No part of the URL is shown but names of parameters and sslmode. */
void given_url_check(const GivenUrl *url, Str ca_cert, Err *err);
/* A sentence about the parameters that are left out; empty if there are none. */
Str given_url_ignored(Arena *arena, const GivenUrl *url);

#endif
