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

/* Is `host` the domain itself, or in it? Case does not matter. What is not one plain name, of
 * letters, digits, `-` and `.`, is nowhere: libpq takes a comma for a list, and a slash for a path.
 */
bool supabase_host_is_in(Str host, Str domain);

/* Is it a database or pooler host that the pinned roots sign for? */
bool supabase_host_is_rooted(Str host);
/* Is it a pooler of the table's, shared or a project's own (db.<ref>…:6543), and `port` that of its
 * transaction mode? (Supabase's documentation, "Connect to your database": 6543 is transaction
 * mode, 5432 on the same host is session mode or the database itself.) */
bool supabase_is_transaction_port(Str host, Str port);

#endif
