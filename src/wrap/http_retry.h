/* Whether a request is sent again, and when: one table for all of HTTP, and no library.
 *
 * What is sent again, and what comes instead of it, is the transport's (wrap/http). */
#ifndef WRAP_HTTP_RETRY_H
#define WRAP_HTTP_RETRY_H

#include "base/str.h"

typedef enum HttpMethod {
	HTTP_GET,
	HTTP_POST,
	HTTP_PUT,
	HTTP_PATCH,
	HTTP_DELETE,
} HttpMethod;

/* RFC 9110, 9.2.2: does no harm twice. */
bool http_is_idempotent(HttpMethod method);

typedef struct HttpResponse {
	int status;
	unsigned attempts;
	Str body; /* NUL-terminated after its length; may hold NUL */
	Str url; /* where it came from, after redirects */
	Str link, retry_after, rate_remaining, rate_reset, content_type, request_id; /* headers */
	int64_t us; /* from the first attempt's start to the answer's end */
} HttpResponse;

enum {
	HTTP_THROTTLE_SECONDS = 60 /* GitHub's documentation: "wait for at least one minute" */
};

/* Does the answer say that there were too many requests? 429, or GitHub's 403 with Retry-After,
 * with x-ratelimit-remaining: 0 or with "rate limit" in its text (its documentation, "Rate limits
 * for the REST API"). */
bool http_is_throttled(const HttpResponse *response);
/* Is the limit of an hour used up: x-ratelimit-remaining: 0? */
bool http_is_used_up(const HttpResponse *response);

/* What has become of an attempt. */
typedef enum HttpOutcome {
	HTTP_ANSWERED, /* also with a status that is the caller's to judge */
	HTTP_UNSENT, /* resolving, connecting or TLS: no byte of the request left */
	HTTP_BROKEN, /* reset, cut off or silent after the request was sent */
	HTTP_FAULTY, /* 408, 500 and above but for 501 and 505 */
	HTTP_THROTTLED, /* http_is_throttled */
	HTTP_HOPELESS, /* the same would come again */
} HttpOutcome;

HttpOutcome http_outcome(const HttpResponse *response);

typedef struct HttpTry {
	HttpOutcome outcome;
	HttpMethod method;
	bool repeatable;
	unsigned attempts; /* made so far, from 1 */
	int64_t asked_ms; /* the wait that the server asks for; -1: none */
	int64_t left_ms; /* until the deadline */
	uint32_t chance; /* any number: the jitter */
} HttpTry;

/* Seconds until the limit of an x-ratelimit-reset header ends, at least 1; -1 if it cannot be read.
 * GitHub tells the time of that (seconds since 1970, as `now`), Supabase how long from now. */
int64_t http_reset_after(Str header, int64_t now);

/* Milliseconds to wait before the request is sent again, or -1: not again. */
int64_t http_retry_wait(const HttpTry *attempt, int64_t backoff_ms, int64_t cap_ms);
/* Its rule, in words, for people. */
const char *http_why(HttpOutcome outcome);

#endif
