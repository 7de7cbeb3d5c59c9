/* Where a connection may go: the hosts of a URL, each with its addresses.
 *
 * libpq looks names up by itself, but heeds neither limit nor signal while a name server is silent,
 * and stays with the first address of several until somebody else loses patience. It is handed
 * addresses instead, and the one that is tried can be left out. Knows no libpq. */
#ifndef WRAP_DB_ROUTE_H
#define WRAP_DB_ROUTE_H

#include "base/clock.h"
#include "base/err.h"
#include "base/vec.h"

typedef struct DbHop {
	Str host, address, port; /* none is empty */
} DbHop;

typedef struct DbRoute {
	VEC(DbHop) hops; /* none: libpq needs no help */
} DbRoute;

/* Lists with commas, as libpq takes them. */
typedef struct DbHosts {
	Str names, ports;
} DbHosts;

/* No hop comes of sockets, of one
 * numeric address, where a host is `localhost` or in it, and of what libpq has to refuse. Errors:
 * ERR_CONNECT if none of the hosts has an address, or the deadline comes first; ERR_CANCELLED. */
bool db_route_find(Arena *arena, DbHosts hosts, Deadline deadline, DbRoute *out, Err *err);

/* One column of the route, as a list with commas. */
typedef enum DbColumn {
	DB_COLUMN_HOST,
	DB_COLUMN_ADDRESS,
	DB_COLUMN_PORT,
} DbColumn;
Str db_route_list(Arena *arena, const DbRoute *route, DbColumn column);
/* Leaves this address out. */
void db_route_drop(DbRoute *route, Str address, Str port);

#endif
