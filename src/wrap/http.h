/* libcurl: requests over HTTP(S), with every retry decided in one place.
 *
 * A status is an answer, not an error: the caller judges it, after the retries that make sense have
 * been made. An error is what keeps an answer from coming. A token travels encrypted, and to the
 * host it was meant for. Waiting ends as soon as a signal comes. It does not know GitHub or
 * Supabase, and it neither decompresses, caches nor keeps cookies.
 *
 * Servers are verified by the bundle of the image, /etc/ssl/certs/ca-certificates.crt, or by the
 * file that SSL_CERT_FILE names. Proxies are taken from the environment as curl does: https_proxy,
 * all_proxy and no_proxy in either case; http_proxy in lower case only, since a CGI program gets
 * HTTP_PROXY from whoever sends it a header `Proxy:`. Loopback is never reached through a proxy. */
#ifndef WRAP_HTTP_H
#define WRAP_HTTP_H

#include "base/err.h"
#include "base/log.h"
#include "wrap/http_retry.h"
#include "wrap/http_text.h"

/* 0 is the default that is named, for each of the times (milliseconds). */
typedef struct HttpOptions {
	int64_t deadline_ms; /* of one request with all its retries and redirects: 60 s */
	int64_t connect_timeout_ms; /* of one attempt, until TLS is established: 10 s */
	int64_t silence_ms; /* an attempt ends when nothing has come for so long: 15 s */
	int64_t wait_cap_ms; /* a server that asks for a longer wait than this is not asked again:
				30 s */
	int64_t backoff_ms; /* before the first retry; doubles with each: 500 ms */
	bool plain_allowed; /* http:// to hosts other than this machine */
	const Log *log; /* gets a line for each retry; may be NULL */
} HttpOptions;

/* Without a control character in name and value. No secrets: headers follow a redirect. */
typedef struct HttpHeader {
	Str name, value;
} HttpHeader;

typedef struct HttpRequest {
	Str url; /* absolute, http or https, percent-encoded (str_percent) */
	Str bearer; /* sent as `Authorization: Bearer …`, if there is one */
	const HttpHeader *headers;
	size_t header_count;
	Str body; /* for all but GET; its Content-Type is among the headers */
	size_t max_body; /* bytes of the answer that are accepted; 0: 1 MiB */
	int64_t deadline_ms; /* instead of the client's; 0: the client's */
	HttpMethod method; /* 0: GET */
	bool repeatable; /* a POST or PATCH that does no harm twice */
	bool optional; /* what keeps its answer from coming is no error: its status is 0 */
	bool ipv4; /* by that family only, over a connection of its own */
	bool heedless; /* is not ended by a signal: for cleaning up, with a short deadline */
} HttpRequest;

typedef struct Http Http;

/* `options` is copied, its texts are not. Close with http_close. Never fails but for memory. */
Http *http_open(const HttpOptions *options);
/* NULL is ignored. */
void http_close(Http **http);
#define AUTO_HTTP __attribute__((cleanup(http_close))) Http *

/* Sends one request. Texts of `out` live in `arena`. Errors, each with what it is about and a hint:
 * ERR_SERVICE, and ERR_CANCELLED when a signal has come, also before. Connections are kept open
 * for the next request. */
bool http_send(Arena *arena, Http *http, const HttpRequest *request, HttpResponse *out, Err *err);

/* As many responses as requests. */
typedef struct HttpBatch {
	const HttpRequest *requests;
	HttpResponse *responses;
	size_t count;
} HttpBatch;

/* Several side by side, 8 at a time; the first error ends all, but for optional ones. */
bool http_send_all(Arena *arena, Http *http, const HttpBatch *batch, Err *err);

/* A Retry-After header (RFC 9110, 10.2.3: seconds or a date) in seconds from `now` (since 1970);
 * -1 if there is none that can be read. */
int64_t http_retry_after(Str header, int64_t now);
/* Seconds that the server wants to be left alone, from `now`: Retry-After, or the end of GitHub's
 * hour, or HTTP_THROTTLE_SECONDS of a 403 that speaks of a rate limit and no more; -1: it does not
 * say. */
int64_t http_asked_wait(const HttpResponse *response, int64_t now);
/* For example "8.14.1". */
const char *http_library_version(void);

#endif
