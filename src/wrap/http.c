#include "wrap/http.h"

#include "base/interrupt.h"
#include "base/task.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char ca_bundle[] = "/etc/ssl/certs/ca-certificates.crt";

enum {
	PARALLEL_MAX = 8, /* GitHub allows 100 at a time for all jobs of a repository together */
	REDIRECTS_MAX = 3,
	SLICE_MS = 50, /* a signal that comes between test and poll is seen after so long */
	MAX_BODY = 1 << 20,
};

/* ---- the client ---- */

struct Http {
	HttpOptions options;
	CURLM *multi;
	const char *ca_file;
};

/* A request on its way, over all its attempts. */
typedef struct Transfer {
	Http *http;
	const HttpRequest *request;
	HttpResponse *response;
	Arena *arena; /* of the response */
	Err *err;
	CURL *easy; /* while an attempt is under way */
	struct curl_slist *headers;
	Str url; /* of this attempt */
	bool probing; /* looks at a certificate that was refused */
	Str refusal; /* why it was refused */
	bool done, failed, too_large;
	unsigned redirects;
	size_t max_body;
	Deadline deadline;
	int64_t begun, started, heard, due; /* clock_us: all, this attempt, last byte, next one */
	Buf body;
	char reason[CURL_ERROR_SIZE];
} Transfer;

Http *http_open(const HttpOptions *options)
{
	Http *http = calloc(1, sizeof *http);
	if (!http || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		arena_exhausted();
	http->multi = curl_multi_init();
	if (!http->multi)
		arena_exhausted();
	http->options = *options;
	HttpOptions *o = &http->options;
	o->deadline_ms = o->deadline_ms > 0 ? o->deadline_ms : 60000;
	o->connect_timeout_ms = o->connect_timeout_ms > 0 ? o->connect_timeout_ms : 10000;
	o->silence_ms = o->silence_ms > 0 ? o->silence_ms : 15000;
	o->wait_cap_ms = o->wait_cap_ms > 0 ? o->wait_cap_ms : 30000;
	o->backoff_ms = o->backoff_ms > 0 ? o->backoff_ms : 500;
	const char *file = getenv("SSL_CERT_FILE");
	http->ca_file = file && file[0] ? file : ca_bundle;
	return http;
}

void http_close(Http **http)
{
	if (!*http)
		return;
	curl_multi_cleanup((*http)->multi);
	curl_global_cleanup();
	free(*http);
	*http = NULL;
}

/* ---- errors ---- */

static bool fail_by(Transfer *t, Str message, const char *hint)
{
	if (t->request->optional) {
		t->response->status = 0;
		t->done = true;
		return true;
	}
	if (!t->failed && t->response->attempts > 1)
		message = str_format(t->err->arena, "%.*s (%u attempts)", STR_ARG(message),
			t->response->attempts);
	if (!t->failed)
		err_add(t->err, ERR_SERVICE, "%.*s", STR_ARG(message))->hint = str_from(hint);
	t->done = t->failed = true;
	return false;
}

typedef struct Trouble {
	const char *before, *after, *hint;
	CURLcode code;
	bool passes, reason;
} Trouble;

static const Trouble *trouble_of(CURLcode code)
{
	static const Trouble table[] = {
#define HTTP_TROUBLE(code, passes, before, after, reason, hint)                                    \
	{before, after, hint, CURLE_##code, passes, reason},
#include "wrap/http_trouble.def"
#undef HTTP_TROUBLE
	};
	static const Trouble other = {"request failed to ", "", "", CURLE_OK, false, true};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].code == code)
			return &table[i];
	return &other;
}

static Str describe(Transfer *t, Arena *arena, CURLcode code)
{
	const Trouble *trouble = trouble_of(code);
	Str host = http_host(t->url);
	Str text = str_format(arena, "%s%.*s%s", trouble->before, STR_ARG(host), trouble->after);
	if (code == CURLE_OPERATION_TIMEDOUT)
		return str_format(arena, "%.*s after %.1f s", STR_ARG(text),
			(double)(clock_us() - t->started) / 1e6);
	const char *reason = t->reason[0] ? t->reason : curl_easy_strerror(code);
	return trouble->reason ? str_format(arena, "%.*s: %s", STR_ARG(text), reason) : text;
}

/* Nothing of ours may travel over a wire that others can read. */
static bool check_url(Transfer *t, Str text)
{
	HttpUrl url;
	if (!http_url(text, &url)) {
		bool login = str_contains(text, STR("@"));
		Str shown = login ? STR("it holds a user name") : text;
		return fail_by(t, str_format(t->arena, "no http(s) URL: %.*s", STR_ARG(shown)), "");
	}
	if (!url.encrypted && !t->http->options.plain_allowed && !http_is_loopback(url.host))
		return fail_by(t,
			str_format(t->arena,
				"http://%.*s is not encrypted: no token is sent that way",
				STR_ARG(url.host)),
			"use https://");
	return true;
}

static bool check_headers(Transfer *t)
{
	const HttpRequest *request = t->request;
	bool bad = http_has_control(request->bearer);
	for (size_t i = 0; i < request->header_count; i++)
		bad = bad || http_has_control(request->headers[i].name) ||
		      http_has_control(request->headers[i].value);
	if (bad)
		return fail_by(t, STR("a token or header holds a control character"),
			"is there a line break in the token?");
	return true;
}

/* ---- one attempt ---- */

static size_t on_body(char *data, size_t size, size_t count, void *context)
{
	Transfer *t = context;
	size *= count;
	t->heard = clock_us();
	t->too_large = size > t->max_body - t->body.len;
	if (t->too_large)
		return 0;
	buf_add(&t->body, (Str){data, size});
	return size;
}

static void keep_header(Transfer *t, Str name, Str value)
{
	HttpResponse *r = t->response;
	const struct {
		Str name;
		Str *to;
	} kept[] = {
		{STR("link"), &r->link},
		{STR("retry-after"), &r->retry_after},
		{STR("x-ratelimit-remaining"), &r->rate_remaining},
		{STR("x-ratelimit-reset"), &r->rate_reset},
		{STR("content-type"), &r->content_type},
		{STR("x-github-request-id"), &r->request_id},
	};
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		if (http_equal_nocase(name, kept[i].name))
			*kept[i].to = str_copy(t->arena, str_trim(value));
}

/* The header of one answer; what an answer before it (100, a proxy's) has left is forgotten. */
static size_t on_header(char *data, size_t size, size_t count, void *context)
{
	Transfer *t = context;
	Str value = {data, size * count}, name;
	t->heard = clock_us();
	if (str_starts(value, STR("HTTP/")))
		*t->response = (HttpResponse){.attempts = t->response->attempts};
	else if (str_next(&value, ':', &name))
		keep_header(t, name, value);
	return size * count;
}

static void add_header(Transfer *t, const char *name, Str value)
{
	ARENA_SCRATCH(scratch);
	Str line = str_format(&scratch, "%s: %.*s", name, STR_ARG(value));
	struct curl_slist *longer = curl_slist_append(t->headers, line.ptr);
	if (!longer)
		arena_exhausted();
	t->headers = longer;
}

static void set_headers(Transfer *t)
{
	const HttpRequest *request = t->request;
	for (size_t i = 0; i < request->header_count; i++)
		add_header(t, str_z(t->arena, request->headers[i].name), request->headers[i].value);
	if (request->bearer.len && http_same_origin(request->url, t->url))
		add_header(t, "Authorization",
			str_format(t->arena, "Bearer %.*s", STR_ARG(request->bearer)));
	t->headers = curl_slist_append(t->headers, "Expect:"); /* would wait for a 100 */
}

#define SET(option, value) (curl_easy_setopt(t->easy, (option), (value)) == CURLE_OK)

static bool set_connection(Transfer *t)
{
	const HttpOptions *options = &t->http->options;
	HttpUrl url;
	bool local = http_url(t->url, &url) && http_is_loopback(url.host);
	int left = deadline_left(t->deadline);
	return SET(CURLOPT_URL, str_z(t->arena, t->url)) && SET(CURLOPT_NOSIGNAL, 1L) &&
	       SET(CURLOPT_PROTOCOLS_STR, "http,https") && SET(CURLOPT_FOLLOWLOCATION, 0L) &&
	       SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) &&
	       SET(CURLOPT_TIMEOUT_MS, left > 0 ? (long)left : 1L) &&
	       SET(CURLOPT_CONNECTTIMEOUT_MS, (long)options->connect_timeout_ms) &&
	       SET(CURLOPT_QUICK_EXIT, 1L) && /* a name server that is silent is not waited for */
	       SET(CURLOPT_CAINFO, t->http->ca_file) && SET(CURLOPT_CAPATH, NULL) &&
	       SET(CURLOPT_PROXY_CAINFO, t->http->ca_file) && SET(CURLOPT_PROXY_CAPATH, NULL) &&
	       SET(CURLOPT_SSL_VERIFYPEER, t->probing ? 0L : 1L) &&
	       SET(CURLOPT_SSL_VERIFYHOST, t->probing ? 0L : 2L) &&
	       (!local || SET(CURLOPT_PROXY, "")) && SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L) &&
	       (!t->request->ipv4 || SET(CURLOPT_IPRESOLVE, (long)CURL_IPRESOLVE_V4)) &&
	       SET(CURLOPT_ERRORBUFFER, t->reason) && SET(CURLOPT_PRIVATE, t);
}

/* curl sends a request again by itself when an idle connection turns out to be dead; harmless but
 * for requests that must not come twice. */
static bool set_request(Transfer *t)
{
	static const char *const names[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
	const HttpRequest *request = t->request;
	bool once = !request->repeatable && !http_is_idempotent(request->method);
	if (t->probing)
		return SET(CURLOPT_CONNECT_ONLY, 1L) && SET(CURLOPT_CERTINFO, 1L);
	set_headers(t);
	bool ok = SET(CURLOPT_HTTPHEADER, t->headers) &&
		  SET(CURLOPT_USERAGENT, "supabase-promote/" PROMOTE_VERSION) &&
		  SET(CURLOPT_WRITEFUNCTION, on_body) && SET(CURLOPT_WRITEDATA, t) &&
		  SET(CURLOPT_HEADERFUNCTION, on_header) && SET(CURLOPT_HEADERDATA, t) &&
		  SET(CURLOPT_FRESH_CONNECT, once || request->ipv4 ? 1L : 0L);
	if (request->method != HTTP_GET && (request->body.len || request->method != HTTP_DELETE))
		ok = ok && SET(CURLOPT_POST, 1L) &&
		     SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.len) &&
		     SET(CURLOPT_POSTFIELDS, request->body.len ? request->body.ptr : "");
	return ok && SET(CURLOPT_CUSTOMREQUEST, names[request->method]);
}

static void start(Transfer *t)
{
	t->easy = curl_easy_init();
	t->started = t->heard = clock_us();
	t->reason[0] = '\0';
	t->body.len = 0;
	t->response->attempts += !t->probing;
	if (!t->easy || !set_connection(t) || !set_request(t) ||
		curl_multi_add_handle(t->http->multi, t->easy) != CURLM_OK)
		arena_exhausted();
}

static void detach(Transfer *t)
{
	if (t->easy)
		curl_multi_remove_handle(t->http->multi, t->easy);
	curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->headers);
	t->easy = NULL;
	t->headers = NULL;
}

/* ---- the end of an attempt ---- */

int64_t http_retry_after(Str header, int64_t now)
{
	Str text = str_trim(header);
	int64_t seconds = http_number(text);
	if (seconds >= 0 || !text.len || text.len > 64)
		return seconds;
	ARENA_SCRATCH(scratch);
	int64_t date = curl_getdate(str_z(&scratch, text), NULL);
	return date < 0 ? -1 : date < now ? 0 : date - now;
}

int64_t http_asked_wait(const HttpResponse *response, int64_t now)
{
	int64_t seconds = http_retry_after(response->retry_after, now);
	if (seconds >= 0 || !http_is_throttled(response))
		return seconds;
	if (http_is_used_up(response))
		seconds = http_reset_after(response->rate_reset, now);
	return seconds < 0 && response->status == 403 ? HTTP_THROTTLE_SECONDS : seconds;
}

static HttpOutcome outcome_of(Transfer *t, CURLcode code)
{
	long sent = 0;
	curl_easy_getinfo(t->easy, CURLINFO_REQUEST_SIZE, &sent);
	if (code == CURLE_OK)
		return http_outcome(t->response);
	return !trouble_of(code)->passes ? HTTP_HOPELESS : sent ? HTTP_BROKEN : HTTP_UNSENT;
}

/* Logs, and sets the time of the next attempt; false if there is to be none. */
static bool retry(Transfer *t, HttpOutcome outcome, CURLcode code)
{
	const HttpOptions *options = &t->http->options;
	int64_t asked = code == CURLE_OK ? http_asked_wait(t->response, clock_wall()) : -1;
	HttpTry attempt = {.outcome = outcome,
		.method = t->request->method,
		.repeatable = t->request->repeatable,
		.attempts = t->response->attempts,
		.asked_ms = asked < 0 ? -1 : asked * 1000,
		.left_ms = deadline_left(t->deadline),
		.chance = (uint32_t)(((uint64_t)clock_us() * 0x9E3779B97F4A7C15U) >> 32)};
	int64_t wait = http_retry_wait(&attempt, options->backoff_ms, options->wait_cap_ms);
	if (wait < 0)
		return false;
	t->due = clock_us() + wait * 1000;
	if (!options->log)
		return true;
	ARENA_SCRATCH(scratch);
	Str host = http_host(t->url);
	Str what = code != CURLE_OK ? describe(t, &scratch, code)
				    : str_format(&scratch, "%.*s answered with status %d",
					      STR_ARG(host), t->response->status);
	log_line(options->log, "%.*s (%s); again in %.1f s", STR_ARG(what), http_why(outcome),
		(double)wait / 1000);
	return true;
}

/* Where a GET is sent to; NULL if it is an answer of its own. The text is the handle's. */
static const char *redirect_of(Transfer *t)
{
	const char *url = NULL;
	int status = t->response->status;
	bool moved =
		status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
	if (moved && t->request->method == HTTP_GET)
		curl_easy_getinfo(t->easy, CURLINFO_REDIRECT_URL, &url);
	return url;
}

static void follow(Transfer *t, Str url)
{
	if (++t->redirects > REDIRECTS_MAX) {
		Str host = http_host(t->url);
		fail_by(t,
			str_format(t->arena, "%.*s redirects more than %d times", STR_ARG(host),
				REDIRECTS_MAX),
			"");
	} else if (check_url(t, url)) {
		t->url = url;
		t->due = 0;
		t->response->attempts--; /* a redirect is no retry */
	}
}

static void finish(Transfer *t)
{
	buf_add_char(&t->body, '\0');
	t->response->body = (Str){t->body.ptr, t->body.len - 1};
	t->response->url = t->url;
	t->response->us = clock_us() - t->begun;
	t->done = true;
}

static void refuse_size(Transfer *t)
{
	Str host = http_host(t->url), size = http_size(t->arena, t->max_body);
	fail_by(t,
		str_format(t->arena, "the answer of %.*s is larger than %.*s", STR_ARG(host),
			STR_ARG(size)),
		"");
}

/* A refused certificate's issuer names what is in between, such as a proxy that inspects: a
 * second connection, over which nothing is sent, looks at it. */
static void probe(Transfer *t)
{
	t->refusal = describe(t, t->arena, CURLE_PEER_FAILED_VERIFICATION);
	t->probing = true;
	detach(t);
	start(t);
}

static void probed(Transfer *t, CURLcode code)
{
	struct curl_certinfo *info = NULL;
	Str text = t->refusal;
	if (code == CURLE_OK)
		curl_easy_getinfo(t->easy, CURLINFO_CERTINFO, &info);
	struct curl_slist *line = info && info->num_of_certs > 0 ? info->certinfo[0] : NULL;
	for (; line; line = line->next)
		if (str_starts(str_from(line->data), STR("Issuer:")))
			text = str_format(t->arena, "%.*s (issuer: %s)", STR_ARG(t->refusal),
				line->data + sizeof "Issuer:" - 1);
	detach(t);
	fail_by(t, text, trouble_of(CURLE_PEER_FAILED_VERIFICATION)->hint);
}

static void ended(Transfer *t, CURLcode code)
{
	if (t->probing) {
		probed(t, code);
		return;
	}
	long status = 0, system = 0;
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	t->response->status = (int)status;
	t->response->body = buf_str(&t->body);
	HttpOutcome outcome = outcome_of(t, code);
	Str redirect = {0};
	if (code == CURLE_OK)
		redirect = str_copy(t->arena, str_from(redirect_of(t)));
	curl_easy_getinfo(t->easy, CURLINFO_OS_ERRNO, &system);
	if (code == CURLE_COULDNT_CONNECT && system) /* plainer than what curl makes of it */
		snprintf(t->reason, sizeof t->reason, "%s", strerror((int)system));
	if (code == CURLE_PEER_FAILED_VERIFICATION) {
		probe(t);
		return;
	}
	detach(t);
	if (t->too_large)
		refuse_size(t);
	else if (redirect.len)
		follow(t, redirect);
	else if (retry(t, outcome, code))
		return;
	else if (code == CURLE_OK)
		finish(t);
	else
		fail_by(t, describe(t, t->arena, code), trouble_of(code)->hint);
}

/* ---- all requests together ---- */

typedef struct Transfers {
	Http *http;
	Transfer *items;
	size_t count;
	Err *err;
} Transfers;

static bool prepare(Transfer *t)
{
	const HttpRequest *request = t->request;
	t->max_body = request->max_body ? request->max_body : MAX_BODY;
	t->body = buf_new(t->arena, t->max_body + 1);
	t->url = request->url;
	*t->response = (HttpResponse){0};
	return check_url(t, request->url) && check_headers(t);
}

/* A request's time begins when its turn comes. */
static void begin(Transfer *t)
{
	int64_t limit = t->request->deadline_ms > 0 ? t->request->deadline_ms
						    : t->http->options.deadline_ms;
	if (!t->begun) {
		t->begun = clock_us();
		t->deadline = deadline_in(limit);
	}
	start(t);
}

static bool start_due(Transfers *all)
{
	size_t open = 0;
	for (size_t i = 0; i < all->count && open < PARALLEL_MAX; i++) {
		Transfer *t = &all->items[i];
		open += !t->done;
		if (!t->done && !t->easy && t->due <= clock_us())
			begin(t);
	}
	return open > 0;
}

static void end_silent(Transfers *all)
{
	int64_t limit = all->http->options.silence_ms * 1000, now = clock_us();
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].easy && now - all->items[i].heard > limit)
			ended(&all->items[i], CURLE_OPERATION_TIMEDOUT);
}

/* Has anything ended? */
static bool collect(Transfers *all)
{
	int left;
	bool any = false;
	for (CURLMsg *message; (message = curl_multi_info_read(all->http->multi, &left));) {
		char *transfer = NULL;
		CURLcode code = message->data.result;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
		ended((Transfer *)(void *)transfer, code);
		any = true;
	}
	return any;
}

static bool failed(const Transfers *all)
{
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].failed)
			return true;
	return false;
}

static bool cancelled(const Transfers *all)
{
	for (size_t i = 0; interrupt_pending() && i < all->count; i++) {
		const Transfer *t = &all->items[i];
		if (t->done || t->request->heedless)
			continue;
		Str host = http_host(t->url);
		err_add(all->err, ERR_CANCELLED, "cancelled, and the request to %.*s with it",
			STR_ARG(host));
		return true;
	}
	return false;
}

static bool run_all(Transfers *all)
{
	for (;;) {
		int running;
		if (cancelled(all))
			return false;
		if (!start_due(all))
			return true;
		if (curl_multi_perform(all->http->multi, &running) != CURLM_OK)
			arena_exhausted();
		bool any = collect(all);
		end_silent(all);
		if (failed(all))
			return false;
		if (any)
			continue;
		task_rest_begin();
		CURLMcode code = curl_multi_poll(all->http->multi, NULL, 0, SLICE_MS, NULL);
		task_rest_end();
		if (code != CURLM_OK)
			arena_exhausted();
	}
}

bool http_send_all(Arena *arena, Http *http, const HttpBatch *batch, Err *err)
{
	ARENA_SCRATCH(scratch);
	size_t count = batch->count;
	Transfers all = {http, arena_array(&scratch, Transfer, count), count, err};
	bool ok = true;
	for (size_t i = 0; i < count; i++) {
		Transfer *t = &all.items[i];
		t->http = http;
		t->request = &batch->requests[i];
		t->response = &batch->responses[i];
		t->arena = arena;
		t->err = err;
		ok = ok && prepare(t);
	}
	ok = ok && run_all(&all);
	for (size_t i = 0; i < count; i++)
		detach(&all.items[i]);
	return ok;
}

bool http_send(Arena *arena, Http *http, const HttpRequest *request, HttpResponse *out, Err *err)
{
	return http_send_all(arena, http, &(HttpBatch){request, out, 1}, err);
}

const char *http_library_version(void)
{
	return curl_version_info(CURLVERSION_NOW)->version;
}
