/* Where Supabase keeps what: the names of its hosts, which decide who is sent a password, and whose
 * certificates are expected. Knows no network. */
#ifndef API_SUPABASE_PLACE_H
#define API_SUPABASE_PLACE_H

#include "base/str.h"

typedef struct SupabasePlace {
	Str api_host; /* as in the API's URL, without port */
	Str project_domain; /* of db.<ref>.<domain> */
	Str pooler_domain; /* pooler hosts are in it */
} SupabasePlace;

/* Of the API at this URL. An API that is not in the table has everything in its own domain: that of
 * https://api.example.org is example.org, that of http://localhost:8080 is localhost. */
SupabasePlace supabase_place(Arena *arena, Str api_url);

/* Is `host` the domain itself, or in it? Case does not matter, nor does a dot at the end. What is
 * not one plain name, of letters, digits, `-` and `.`, is nowhere: libpq takes a comma for a list,
 * and a slash for a path. */
bool supabase_host_is_in(Str host, Str domain);

/* Is one of a URL's hosts a database or pooler host that the pinned roots sign for? */
bool supabase_host_is_rooted(Str hosts);
/* The first of a URL's hosts that is a pooler of the table's, shared or a project's own
 * (db.<ref>…), at the port of its transaction mode; empty if there is none. Hosts and ports are
 * lists with commas, as libpq takes them. (Supabase's documentation, "Connect to your database":
 * 6543 is transaction mode, 5432 on the same host is session mode or the database itself.) */
Str supabase_transaction_host(Str hosts, Str ports);

#endif
