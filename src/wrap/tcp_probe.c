#define _GNU_SOURCE /* memccpy */
#include "wrap/tcp_probe.h"

#include "base/interrupt.h"
#include "base/task.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct TcpProbe {
	CURL *curl;
	CURLcode code;
	int64_t start, end; /* clock_us */
	char error[CURL_ERROR_SIZE];
	char address[64];
	pthread_t thread;
	bool running;
	atomic_bool unwanted; /* nobody is going to wait for the answer */
};

static int is_cancelled(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	TcpProbe *reach = context;
	(void)(a + b + c + d);
	return atomic_load(&reach->unwanted) || interrupt_pending();
}

static void *try(void *context)
{
	TcpProbe *reach = context;
	char *address = NULL;
	reach->code = curl_easy_perform(reach->curl);
	reach->end = clock_us();
	if (reach->code == CURLE_OK &&
		curl_easy_getinfo(reach->curl, CURLINFO_PRIMARY_IP, &address) == CURLE_OK &&
		address)
		memccpy(reach->address, address, '\0', sizeof reach->address - 1);
	return NULL;
}

/* The signals are for the main thread, which waits for them. */
static bool start_thread(TcpProbe *reach)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	bool started = pthread_create(&reach->thread, NULL, try, reach) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return started;
}

static void set(TcpProbe *reach, const char *url, int64_t limit_ms)
{
	curl_easy_setopt(reach->curl, CURLOPT_URL, url);
	curl_easy_setopt(reach->curl, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(reach->curl, CURLOPT_PROXY, "");
	curl_easy_setopt(reach->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(reach->curl, CURLOPT_QUICK_EXIT, 1L); /* from a silent name server, too */
	curl_easy_setopt(reach->curl, CURLOPT_TIMEOUT_MS, (long)limit_ms);
	curl_easy_setopt(reach->curl, CURLOPT_CONNECTTIMEOUT_MS, (long)limit_ms);
	curl_easy_setopt(reach->curl, CURLOPT_ERRORBUFFER, reach->error);
	curl_easy_setopt(reach->curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(reach->curl, CURLOPT_XFERINFOFUNCTION, is_cancelled);
	curl_easy_setopt(reach->curl, CURLOPT_XFERINFODATA, reach);
}

TcpProbe *tcp_probe_start(Str host, unsigned port, int64_t limit_ms)
{
	ARENA_SCRATCH(scratch);
	TcpProbe *reach = calloc(1, sizeof *reach);
	if (!reach || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
		!(reach->curl = curl_easy_init()))
		arena_exhausted();
	Str url = str_format(&scratch, "http://%.*s:%u", STR_ARG(host), port);
	set(reach, str_z(&scratch, url), limit_ms);
	reach->start = clock_us();
	reach->code = CURLE_COULDNT_CONNECT;
	reach->running = start_thread(reach);
	return reach;
}

static Str reason_of(Arena *arena, const TcpProbe *reach)
{
	if (reach->code == CURLE_OPERATION_TIMEDOUT)
		return str_format(arena, "no answer within %.1f s",
			(double)(reach->end - reach->start) / 1e6);
	const char *said = reach->error[0] ? reach->error : curl_easy_strerror(reach->code);
	return str_copy(arena, str_from(said));
}

static void join_thread(TcpProbe *reach)
{
	task_rest_begin();
	if (reach->running)
		pthread_join(reach->thread, NULL);
	task_rest_end();
	reach->running = false;
}

bool tcp_probe_wait(Arena *arena, TcpProbe *reach, Str *address, int64_t *us, Str *reason)
{
	join_thread(reach);
	if (reach->code != CURLE_OK || !reach->address[0]) {
		*reason = reason_of(arena, reach);
		return false;
	}
	*address = str_copy(arena, str_from(reach->address));
	*us = reach->end - reach->start;
	return true;
}

void tcp_probe_close(TcpProbe **reach)
{
	if (!*reach)
		return;
	atomic_store(&(*reach)->unwanted, true);
	join_thread(*reach);
	curl_easy_cleanup((*reach)->curl);
	curl_global_cleanup();
	free(*reach);
	*reach = NULL;
}

/* ---- names ---- */

typedef struct Lookup {
	Arena *arena;
	TcpAddresses *to;
} Lookup;

/* Notes the address, and refuses the socket: libcurl tries the next one. */
static curl_socket_t note(void *context, curlsocktype purpose, struct curl_sockaddr *found)
{
	const Lookup *lookup = context;
	char text[INET6_ADDRSTRLEN];
	const void *bytes =
		found->family == AF_INET6
			? (const void *)&((struct sockaddr_in6 *)(void *)&found->addr)->sin6_addr
			: (const void *)&((struct sockaddr_in *)(void *)&found->addr)->sin_addr;
	(void)purpose;
	if ((found->family == AF_INET || found->family == AF_INET6) &&
		inet_ntop(found->family, bytes, text, sizeof text))
		*vec_add(lookup->arena, lookup->to) = str_copy(lookup->arena, str_from(text));
	return CURL_SOCKET_BAD;
}

bool tcp_probe_resolve(Arena *arena, Str host, int64_t limit_ms, TcpAddresses *out, Str *reason)
{
	ARENA_SCRATCH(scratch);
	TcpAddresses found = {0}; /* another task may use the caller's arena meanwhile */
	Lookup lookup = {&scratch, &found};
	TcpProbe reach = {.start = clock_us()};
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !(reach.curl = curl_easy_init()))
		arena_exhausted();
	Str url = str_format(&scratch, "http://%.*s", STR_ARG(host));
	set(&reach, str_z(&scratch, url), limit_ms);
	curl_easy_setopt(reach.curl, CURLOPT_OPENSOCKETFUNCTION, note);
	curl_easy_setopt(reach.curl, CURLOPT_OPENSOCKETDATA, &lookup);
	task_rest_begin();
	reach.code = curl_easy_perform(reach.curl);
	task_rest_end();
	reach.end = clock_us();
	for (size_t i = 0; i < found.count; i++)
		*vec_add(arena, out) = str_copy(arena, found.items[i]);
	if (!out->count)
		*reason = reason_of(arena, &reach);
	curl_easy_cleanup(reach.curl);
	curl_global_cleanup();
	return out->count > 0;
}
