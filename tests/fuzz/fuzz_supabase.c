#define _GNU_SOURCE /* memmem */
/* The Management API's answers, any bytes with any status, as if the network had brought them: the
 * Makefile leads the two functions that send to the ones below. What is accepted is as the header
 * says: a pooler is where a password may go, and a password is masked before it is known. */
#include "fuzz.h"

#include "api/supabase.h"
#include "api/supabase_place.h"

#include <ctype.h>

enum {
	STATUSES = 10,
	SHORTEST_SECRET = 4,
};

static Str bodies[2];
static int status[2];

bool __wrap_http_send(
	Arena *arena, Http *http, const HttpRequest *request, HttpResponse *out, Err *err);
bool __wrap_http_send_all(Arena *arena, Http *http, const HttpBatch *batch, Err *err);

bool __wrap_http_send_all(Arena *arena, Http *http, const HttpBatch *batch, Err *err)
{
	(void)arena;
	(void)http;
	(void)err;
	for (size_t i = 0; i < batch->count; i++) {
		require(str_starts(batch->requests[i].url, STR("https://api.supabase.com/")));
		batch->responses[i] = (HttpResponse){.status = status[i], .body = bodies[i]};
	}
	return true;
}

bool __wrap_http_send(
	Arena *arena, Http *http, const HttpRequest *request, HttpResponse *out, Err *err)
{
	const HttpBatch batch = {request, out, 1};
	return __wrap_http_send_all(arena, http, &batch, err);
}

static void check_project(const SupabaseApi *api, Err *err)
{
	SupabaseProject project = {0};
	Err warnings = {.arena = api->arena};
	if (supabase_project(api, &project, &warnings, err))
		require(project.status.len > 0);
}

/* libpq has more to say of a host than its name: lists, paths, addresses. */
static bool is_one_name(Str host)
{
	for (size_t i = 0; i < host.len; i++)
		if (!isalnum((unsigned char)host.ptr[i]) && host.ptr[i] != '-' &&
			host.ptr[i] != '.')
			return false;
	return host.len > 0;
}

static void check_entry(const SupabaseApi *api, Err *err)
{
	SupabaseLogin login = {0};
	SupabasePooler pooler = {0};
	if (!supabase_entry(api, SUPABASE_READS_IF_IT_CAN, &login, &pooler, err))
		return;
	require(supabase_host_is_in(pooler.host, api->pooler_domain) && pooler.database.len);
	require(is_one_name(pooler.host));
	require(login.role.len && login.password.len);
	Str seen = secret_redact(api->secrets, api->arena, login.password);
	require(login.password.len < SHORTEST_SECRET || !str_equal(seen, login.password) ||
		!secret_add(api->secrets, login.password));
}

static void check_bans(const SupabaseApi *api, Err *err)
{
	SupabaseBans bans;
	(void)err;
	if (supabase_bans(api, &bans))
		require(!bans.is_banned || bans.own.len);
}

/* Which call, the two statuses, and the two bodies with an empty line between. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int codes[STATUSES] = {200, 201, 204, 302, 400, 401, 403, 404, 429, 503};
	static void (*const checks[])(const SupabaseApi *, Err *) = {
		check_project, check_entry, check_bans};
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	Err err = {.arena = &scratch};
	SupabaseApi api = {.url = STR("https://api.supabase.com"),
		.token = STR("sbp_0123456789abcdef0123456789abcdef01234567"),
		.ref = STR("abcdefghijklmnopqrst"),
		.pooler_domain = STR("supabase.com"),
		.secrets = &secrets,
		.arena = &scratch};
	if (size < 3)
		return 0;
	status[0] = codes[data[1] % STATUSES];
	status[1] = codes[data[2] % STATUSES];
	Str text = fuzz_text(&scratch, data + 3, size - 3);
	char *gap = memmem(text.ptr, text.len, "\n\n", 2);
	bodies[0] = gap ? str_head(text, (size_t)(gap - text.ptr)) : text;
	bodies[1] = gap ? str_skip(text, bodies[0].len + 2) : text;
	checks[data[0] % (sizeof checks / sizeof *checks)](&api, &err);
	for (const Fault *fault = err.first; fault; fault = fault->next)
		require(fault->message.len && str_utf8_count(fault->message));
	return 0;
}
