/* Whether a host can be reached: one TCP connection, opened and closed, in the background; and what
 * addresses a name has.
 *
 * libcurl does it, without HTTP: it looks the name up in a thread, and races the addresses of both
 * families (RFC 8305), so that a host with an IPv6 address only costs no wait where there is no way
 * to it. libpq can neither. Proxies are not asked: they carry no PostgreSQL. No byte is sent. */
#ifndef WRAP_TCP_PROBE_H
#define WRAP_TCP_PROBE_H

#include "base/str.h"
#include "base/vec.h"

typedef struct TcpProbe TcpProbe;

/* Begins, and returns at once. Gives up after `limit_ms`, or when a signal comes. */
TcpProbe *tcp_probe_start(Str host, unsigned port, int64_t limit_ms);
/* Waits for the end. True: `address` (numeric) has answered after `us`. False: `reason` says what
 * was in the way. Once only. */
bool tcp_probe_wait(Arena *arena, TcpProbe *reach, Str *address, int64_t *us, Str *reason);
/* Ends what is still under way, within a second or so. NULL is ignored. */
void tcp_probe_close(TcpProbe **reach);
#define AUTO_TCP_PROBE __attribute__((cleanup(tcp_probe_close))) TcpProbe *

typedef VEC(Str) TcpAddresses;
/* The addresses of a name, numeric, in the order in which they should be tried; nothing is
 * connected to. Waits for name servers no longer than `limit_ms` (0: as long as they want), or
 * until a signal comes. False without one: `reason`. */
bool tcp_probe_resolve(Arena *arena, Str host, int64_t limit_ms, TcpAddresses *out, Str *reason);

#endif
