/* A getaddrinfo that finds what other C libraries find. Linked with --wrap=getaddrinfo, so that the
 * libraries use it too.
 *
 * musl (1.2.5) asks for A and AAAA records at once, and fails the whole lookup if either answer is
 * an error: a name server that answers AAAA with SERVFAIL, REFUSED, NXDOMAIN or not at all hides a
 * perfectly good IPv4 address. So after such a failure each family is asked for by itself.
 *
 * And musl knows "localhost" from /etc/hosts or the name server only; where neither says anything,
 * it is the loopback address here (RFC 6761, section 6.3). */
#define _GNU_SOURCE
#include <netdb.h>
#include <stdbool.h>
#include <stddef.h>
#include <strings.h>
#include <sys/socket.h>

typedef struct addrinfo Address;

/* The names are the linker's, not ours. NOLINTBEGIN(bugprone-reserved-identifier) */
int __real_getaddrinfo(
	const char *name, const char *service, const Address *hints, Address **result);
int __wrap_getaddrinfo(
	const char *name, const char *service, const Address *hints, Address **result);

/* The name server, or its answer, was at fault: not the caller, nor memory. */
static bool error_is_of_lookup(int error)
{
	return error == EAI_AGAIN || error == EAI_FAIL || error == EAI_NONAME ||
	       error == EAI_NODATA;
}

static bool lookup_loopback(const char *service, const Address *hints, Address **result)
{
	Address numeric = *hints;
	numeric.ai_flags |= AI_NUMERICHOST;
	const char *loopback = hints->ai_family == AF_INET6 ? "::1" : "127.0.0.1";
	return __real_getaddrinfo(loopback, service, &numeric, result) == 0;
}

static bool lookup_family(
	int family, const char *name, const char *service, const Address *hints, Address **result)
{
	Address one = *hints;
	one.ai_family = family;
	return __real_getaddrinfo(name, service, &one, result) == 0;
}

int __wrap_getaddrinfo(
	const char *name, const char *service, const Address *hints, Address **result)
{
	int error = __real_getaddrinfo(name, service, hints, result);
	if (error == 0 || name == NULL || !error_is_of_lookup(error))
		return error;

	const Address any = {.ai_family = AF_UNSPEC};
	if (hints == NULL)
		hints = &any;
	if (hints->ai_flags & AI_NUMERICHOST)
		return error; /* no lookup was asked for */

	bool found = false;
	if (strcasecmp(name, "localhost") == 0) {
		found = lookup_loopback(service, hints, result);
	} else if (hints->ai_family == AF_UNSPEC) {
		found = lookup_family(AF_INET, name, service, hints, result) ||
			lookup_family(AF_INET6, name, service, hints, result);
	}
	return found ? 0 : error;
}
/* NOLINTEND(bugprone-reserved-identifier) */
