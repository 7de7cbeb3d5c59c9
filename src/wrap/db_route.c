#define _DEFAULT_SOURCE /* strncasecmp */
#include "wrap/db_route.h"

#include "base/interrupt.h"
#include "wrap/tcp_probe.h"

#include <string.h>
#include <strings.h>

typedef VEC(Str) Items;

/* An empty item stays one. */
static Items items_of(Arena *arena, Str list)
{
	Items items = {0};
	Str item;
	while (str_next(&list, ',', &item))
		*vec_add(arena, &items) = item;
	return items;
}

static bool consists_of(Str s, const char *allowed)
{
	for (size_t i = 0; i < s.len; i++)
		if (!s.ptr[i] || !strchr(allowed, s.ptr[i]))
			return false;
	return s.len > 0;
}

static bool is_numeric(Str host)
{
	return consists_of(host, "0123456789.") ||
	       (str_contains(host, STR(":")) && consists_of(host, "0123456789abcdefABCDEF:."));
}

static bool is_name(Str host)
{
	return consists_of(
		host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");
}

/* libcurl knows these, whatever a hosts file says; and no name server is asked for them. */
static bool is_local(Str host)
{
	static const char name[] = "localhost";
	size_t length = sizeof name - 1;
	host.len -= str_ends(host, STR("."));
	return host.len >= length && strncasecmp(host.ptr + host.len - length, name, length) == 0 &&
	       (host.len == length || host.ptr[host.len - length - 1] == '.');
}

/* Nothing that libpq alone understands, and something that it should not look up by itself. */
static bool is_ours(const Items *hosts, const Items *ports)
{
	bool names = hosts->count > 1;
	for (size_t i = 0; i < hosts->count; i++) {
		Str host = hosts->items[i];
		if (is_local(host) || (!is_numeric(host) && !is_name(host)))
			return false;
		names |= !is_numeric(host);
	}
	return names && (ports->count <= 1 || ports->count == hosts->count);
}

static void add_hop(Arena *arena, DbRoute *route, const DbHop *at, Str address)
{
	*vec_add(arena, &route->hops) = (DbHop){str_copy(arena, at->host), str_copy(arena, address),
		at->port.len ? str_copy(arena, at->port) : STR("5432")};
}

/* Milliseconds for one of `shares`; 0: no limit. */
static int64_t share(Deadline deadline, size_t shares)
{
	int left = deadline_left(deadline);
	return left < 0 ? 0 : left / (int64_t)shares + 1;
}

/* The host and port of `at`, which may have no port. */
static void look_up(Arena *arena, const DbHop *at, int64_t limit_ms, DbRoute *out, Err *err)
{
	TcpAddresses found = {0};
	Str reason = {0};
	bool known = is_numeric(at->host);
	if (known)
		add_hop(arena, out, at, at->host);
	else if (!tcp_probe_resolve(arena, at->host, limit_ms, &found, &reason))
		err_add(err, ERR_CONNECT, "could not translate host name \"%.*s\" to address: %.*s",
			STR_ARG(at->host), STR_ARG(reason));
	for (size_t i = 0; i < found.count; i++)
		add_hop(arena, out, at, found.items[i]);
}

bool db_route_find(Arena *arena, DbHosts hosts, Deadline deadline, DbRoute *out, Err *err)
{
	Items names = items_of(arena, hosts.names), numbers = items_of(arena, hosts.ports);
	Err missing = {.arena = err->arena};
	if (!is_ours(&names, &numbers))
		return true;
	for (size_t i = 0; i < names.count && !interrupt_pending(); i++) {
		DbHop at = {.host = names.items[i]};
		if (numbers.count)
			at.port = numbers.items[numbers.count > 1 ? i : 0];
		look_up(arena, &at, share(deadline, names.count - i), out, &missing);
	}
	if (interrupt_pending()) {
		err_add(err, ERR_CANCELLED, "cancelled while connecting");
		return false;
	}
	if (!out->hops.count)
		err_append(err, &missing);
	return out->hops.count > 0;
}

Str db_route_list(Arena *arena, const DbRoute *route, DbColumn column)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < route->hops.count; i++) {
		const DbHop *hop = &route->hops.items[i];
		const Str cells[] = {[DB_COLUMN_HOST] = hop->host,
			[DB_COLUMN_ADDRESS] = hop->address,
			[DB_COLUMN_PORT] = hop->port};
		if (i)
			buf_add_char(&buf, ',');
		buf_add(&buf, cells[column]);
	}
	return buf_str(&buf);
}

void db_route_drop(DbRoute *route, Str address, Str port)
{
	size_t kept = 0, count = route->hops.count;
	for (size_t i = 0; i < count; i++) {
		const DbHop *hop = &route->hops.items[i];
		if (!str_equal(hop->address, address) || !str_equal(hop->port, port))
			route->hops.items[kept++] = *hop;
	}
	route->hops.count = kept;
}
