#include "api/supabase_place.h"

#include "wrap/http_text.h"

#include <string.h>

typedef struct Place {
	Str api, project, pooler;
	bool rooted;
} Place;

static const Place places[] = {
#define SUPABASE_PLACE(api, project, pooler, rooted)                                               \
	{STR_INIT(api), STR_INIT(project), STR_INIT(pooler), rooted},
#include "api/supabase_place.def"
#undef SUPABASE_PLACE
};

enum {
	PLACES = sizeof places / sizeof *places
};

/* One host, and nothing that is a list of them, a path or a port to somebody else. */
static bool is_name(Str host)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
	for (size_t i = 0; i < host.len; i++)
		if (!memchr(allowed, host.ptr[i], sizeof allowed - 1))
			return false;
	return host.len > 0;
}

bool supabase_host_is_in(Str host, Str domain)
{
	if (str_ends(host, STR(".")))
		host.len--; /* of a name that is written out to the root */
	if (!domain.len || host.len < domain.len || !is_name(host))
		return false;
	size_t before = host.len - domain.len;
	return http_equal_nocase(str_skip(host, before), domain) &&
	       (!before || host.ptr[before - 1] == '.');
}

static size_t dots(Str s)
{
	size_t count = 0;
	for (size_t i = 0; i < s.len; i++)
		count += s.ptr[i] == '.';
	return count;
}

static bool is_numeric(Str host)
{
	return host.len && host.ptr[host.len - 1] >= '0' && host.ptr[host.len - 1] <= '9';
}

SupabasePlace supabase_place(Arena *arena, Str api_url)
{
	HttpUrl url = {0};
	http_url(api_url, &url);
	Str host = url.host, domain = host, label;
	for (size_t i = 0; i < PLACES; i++)
		if (http_equal_nocase(host, places[i].api))
			return (SupabasePlace){places[i].api, places[i].project, places[i].pooler};
	if (dots(host) >= 2 && !is_numeric(host))
		str_next(&domain, '.', &label);
	domain = str_copy(arena, domain);
	return (SupabasePlace){str_copy(arena, host), domain, domain};
}

bool supabase_host_is_rooted(Str hosts)
{
	bool found = false;
	Str host;
	while (str_next(&hosts, ',', &host))
		for (size_t i = 0; i < PLACES; i++)
			found |= places[i].rooted &&
				 (supabase_host_is_in(host, places[i].project) ||
					 supabase_host_is_in(host, places[i].pooler));
	return found;
}

static bool is_known(Str host)
{
	bool known = false;
	for (size_t i = 0; i < PLACES; i++)
		known |= supabase_host_is_in(host, places[i].project) ||
			 supabase_host_is_in(host, places[i].pooler);
	return known;
}

Str supabase_transaction_host(Str hosts, Str ports)
{
	enum {
		TRANSACTION_PORT = 6543
	};
	bool several = str_contains(ports, STR(","));
	Str host, port = ports;
	while (str_next(&hosts, ',', &host)) {
		if (several && !str_next(&ports, ',', &port))
			port = (Str){0};
		if (is_known(host) && http_number(str_trim(port)) == TRANSACTION_PORT)
			return host;
	}
	return (Str){0};
}
