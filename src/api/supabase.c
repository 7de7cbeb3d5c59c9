#include "api/supabase.h"

#include "api/supabase_place.h"
#include "wrap/json.h"

enum {
	BODY_MAX = 256 * 1024,
	SAID_MAX = 500,
	BANS_LIMIT_MS = 5000,
};

typedef enum CallKind {
#define SUPABASE_CALL(name, method, path, status, scope, fails) CALL_##name,
#include "api/supabase_call.def"
#undef SUPABASE_CALL
} CallKind;

typedef struct Call {
	const char *path, *scope, *fails;
	HttpMethod method;
	int success;
} Call;

static const Call calls[] = {
#define SUPABASE_CALL(name, method, path, status, scope, fails)                                    \
	[CALL_##name] = {path, scope, fails, HTTP_##method, status},
#include "api/supabase_call.def"
#undef SUPABASE_CALL
};

static HttpRequest request_of(Arena *arena, const SupabaseApi *api, CallKind kind, Str body)
{
	static const HttpHeader json[] = {{STR_INIT("Accept"), STR_INIT("application/json")},
		{STR_INIT("Content-Type"), STR_INIT("application/json")}};
	return (HttpRequest){
		.method = calls[kind].method,
		.url = str_format(arena, "%.*s/v1/projects/%.*s%s", STR_ARG(api->url),
			STR_ARG(api->ref), calls[kind].path),
		.bearer = api->token,
		.headers = json,
		.header_count = body.len ? 2 : 1,
		.body = body,
		.max_body = BODY_MAX,
	};
}

/* The API's own errors are JSON with a message; what stands in front of it has pages for people. */
static const char *meaning(int status, bool is_api)
{
	return status == 429   ? "too many requests"
	       : status >= 500 ? "Supabase's API is failing"
	       : !is_api       ? "an answer that is not from Supabase's API"
	       : status == 401 ? "the access token is not accepted"
	       : status == 403 ? "the access token may not"
	       : status == 404 ? "the access token sees no such project"
			       : "an unexpected answer";
}

static Str advice(Arena *arena, const Call *call, int status)
{
	switch (status) {
	case 401:
		return STR("access-token: has it expired, or been revoked? A new one is made in "
			   "the dashboard: Account, Access Tokens");
	case 403:
		return str_format(arena,
			"the token's owner must be a member of the project's organization; a token "
			"with chosen permissions needs %s",
			call->scope);
	case 404:
		return STR("is project-ref right, and is the token's owner a member of the "
			   "project's organization?");
	case 429:
		return STR("the API counts requests a minute: run the job again");
	default:
		return status >= 500 ? STR("run the job again; status.supabase.com tells of "
					   "incidents")
				     : STR("has the project been removed?");
	}
}

static bool judge(const Call *call, const HttpResponse *response, Err *err)
{
	if (response->status == call->success)
		return true;
	ARENA_SCRATCH(scratch);
	AUTO_JSON root = json_parse(response->body, NULL);
	Str message = str_head(str_visible(&scratch, json_str(root, "message")), SAID_MAX);
	Fault *fault = err_add(err, ERR_SERVICE, "%s: %s (%d%s%.*s)", call->fails,
		meaning(response->status, root != NULL), response->status, message.len ? ": " : "",
		STR_ARG(message));
	fault->hint =
		root || response->status >= 429
			? advice(err->arena, call, response->status)
			: STR("is api-url right, and is there a proxy or a firewall in between?");
	if (call == &calls[CALL_LOGIN_ROLE] && response->status < 429)
		fault->hint =
			str_format(err->arena, "%.*s\nor give db-password", STR_ARG(fault->hint));
	return false;
}

static bool lacks(const Call *call, const char *field, Err *err)
{
	err_add(err, ERR_SERVICE, "%s: the answer has no field \"%s\"", call->fails, field)->hint =
		STR("the Management API has changed: please report it, and use db-url until then");
	return false;
}

/* A text field that must be there. */
static bool take(
	Arena *arena, CallKind kind, const Json *from, const char *field, Str *to, Err *err)
{
	Str value = json_str(from, field);
	if (!value.len)
		return lacks(&calls[kind], field, err);
	*to = str_copy(arena, value);
	return true;
}

typedef enum StateVerdict {
	STATE_GO_ON,
	STATE_WARN,
	STATE_STOP
} StateVerdict;

static bool check_state(const SupabaseProject *project, Err *warnings, Err *err)
{
	static const struct {
		Str status;
		StateVerdict verdict;
		Str is, hint;
	} states[] = {
#define SUPABASE_STATE(status, verdict, is, hint)                                                  \
	{STR_INIT(#status), STATE_##verdict, STR_INIT(is), STR_INIT(hint)},
#include "api/supabase_state.def"
#undef SUPABASE_STATE
	};
	size_t i = 0;
	while (i < sizeof states / sizeof *states && !str_equal(states[i].status, project->status))
		i++;
	bool known = i < sizeof states / sizeof *states;
	StateVerdict verdict = known ? states[i].verdict : STATE_WARN;
	if (verdict == STATE_GO_ON)
		return true;
	Err *to = verdict == STATE_STOP ? err : warnings;
	Str is = known ? states[i].is : STR("is in a state that this program does not know");
	Str name = str_visible(to->arena, project->name), ref = project->ref;
	Str status = str_visible(to->arena, str_head(project->status, 40));
	err_add(to, ERR_CONNECT, "project %.*s (%.*s) %.*s (%.*s)", STR_ARG(name), STR_ARG(ref),
		STR_ARG(is), STR_ARG(status))
		->hint = str_format(to->arena, "%.*s%shttps://supabase.com/dashboard/project/%.*s",
		STR_ARG(known ? states[i].hint : (Str){0}), known ? ": " : "", STR_ARG(ref));
	return verdict == STATE_WARN;
}

bool supabase_project(
	Arena *arena, const SupabaseApi *api, SupabaseProject *out, Err *warnings, Err *err)
{
	ARENA_SCRATCH(scratch);
	HttpRequest request = request_of(&scratch, api, CALL_PROJECT, (Str){0});
	HttpResponse response = {0};
	if (!http_send(&scratch, api->http, &request, &response, err) ||
		!judge(&calls[CALL_PROJECT], &response, err))
		return false;
	AUTO_JSON root = json_parse(response.body, NULL);
	out->ref = api->ref;
	if (!take(arena, CALL_PROJECT, root, "status", &out->status, err) ||
		!take(arena, CALL_PROJECT, root, "name", &out->name, err) ||
		!take(arena, CALL_PROJECT, root, "region", &out->region, err))
		return false;
	out->version = str_copy(arena, json_str(root, "database.version")); /* nice to know */
	return check_state(out, warnings, err);
}

/* `postgres.<ref>` at a host of Supabase's: whoever else is there gets no password from us. */
static bool check_pooler(const SupabaseApi *api, Str user, Str host, Err *err)
{
	Str rest = user, role;
	str_next(&rest, '.', &role);
	bool foreign_user = !str_equal(rest, api->ref);
	if (!foreign_user && supabase_host_is_in(host, api->pooler_domain))
		return true;
	Str shown = str_visible(err->arena, str_head(foreign_user ? user : host, 100));
	if (foreign_user)
		err_add(err, ERR_SERVICE,
			"the pooler's user %.*s is not of project %.*s; no password was sent",
			STR_ARG(shown), STR_ARG(api->ref));
	else
		err_add(err, ERR_SERVICE,
			"the pooler's host %.*s is not in %.*s; no password was sent",
			STR_ARG(shown), STR_ARG(api->pooler_domain));
	err->last->hint = STR("that is not what Supabase's API answers: is api-url right?");
	return false;
}

static bool take_row(
	Arena *arena, const SupabaseApi *api, const Json *row, SupabasePooler *out, Err *err)
{
	Str user = {0};
	return take(arena, CALL_POOLER, row, "db_user", &user, err) &&
	       take(arena, CALL_POOLER, row, "db_host", &out->host, err) &&
	       take(arena, CALL_POOLER, row, "db_name", &out->database, err) &&
	       check_pooler(api, user, out->host, err);
}

/* The first row of the primary database that is in order; otherwise what is wrong with the first.
 */
static bool take_pooler(
	Arena *arena, const SupabaseApi *api, Str body, SupabasePooler *out, Err *err)
{
	AUTO_JSON root = json_parse(body, NULL);
	Err first = {.arena = err->arena};
	for (const Json *row = json_first(root); row; row = json_next(row)) {
		Err attempt = {.arena = err->arena};
		if (!str_equal(json_str(row, "database_type"), STR("PRIMARY")))
			continue;
		if (take_row(arena, api, row, out, &attempt))
			return true;
		if (!first.count)
			err_append(&first, &attempt);
	}
	if (!first.count)
		err_add(&first, ERR_SERVICE, "the project has no pooler for its primary database")
			->hint = STR("look at Database settings, Connection pooling");
	err_append(err, &first);
	return false;
}

static bool take_login(Arena *arena, const SupabaseApi *api, Str body, SupabaseLogin *out, Err *err)
{
	AUTO_JSON root = json_parse(body, NULL);
	if (!take(arena, CALL_LOGIN_ROLE, root, "role", &out->role, err) ||
		!take(arena, CALL_LOGIN_ROLE, root, "password", &out->password, err))
		return false;
	secret_add_forms(api->secrets, out->password);
	return true;
}

bool supabase_entry(Arena *arena, const SupabaseApi *api, bool read_only, SupabaseLogin *login,
	SupabasePooler *pooler, Err *err)
{
	ARENA_SCRATCH(scratch);
	HttpRequest requests[2];
	HttpResponse responses[2] = {0};
	size_t count = 0, login_at = 0, pooler_at = 0;
	Str body = read_only ? STR("{\"read_only\":true}") : STR("{\"read_only\":false}");
	if (pooler) {
		pooler_at = count;
		requests[count++] = request_of(&scratch, api, CALL_POOLER, (Str){0});
	}
	if (login) {
		login_at = count;
		requests[count++] = request_of(&scratch, api, CALL_LOGIN_ROLE, body);
	}
	if (count && !http_send_all(&scratch, api->http, requests, responses, count, err))
		return false;
	return (!pooler ||
		       (judge(&calls[CALL_POOLER], &responses[pooler_at], err) &&
			       take_pooler(arena, api, responses[pooler_at].body, pooler, err))) &&
	       (!login || (judge(&calls[CALL_LOGIN_ROLE], &responses[login_at], err) &&
				  take_login(arena, api, responses[login_at].body, login, err)));
}

/* `ip=…` of the page by which the network in front of the API tells callers who they are. */
static Str own_address(Arena *arena, const HttpResponse *response)
{
	Str rest = response->body, line;
	while (response->status == 200 && str_next(&rest, '\n', &line))
		if (str_starts(line, STR("ip=")))
			return str_visible(arena, str_head(str_skip(line, 3), 45));
	return (Str){0};
}

bool supabase_bans(Arena *arena, const SupabaseApi *api, SupabaseBans *out)
{
	ARENA_SCRATCH(scratch);
	Err ignored = {.arena = &scratch};
	HttpRequest requests[] = {request_of(&scratch, api, CALL_BANS, (Str){0}),
		{.method = HTTP_GET,
			.url = str_format(&scratch, "%.*s/cdn-cgi/trace", STR_ARG(api->url)),
			.max_body = BODY_MAX,
			.deadline_ms = BANS_LIMIT_MS}};
	HttpResponse responses[2] = {0};
	requests[0].repeatable = true;
	requests[0].deadline_ms = BANS_LIMIT_MS;
	*out = (SupabaseBans){0};
	if (!http_send_all(&scratch, api->http, requests, responses, 2, &ignored) ||
		!judge(&calls[CALL_BANS], &responses[0], &ignored))
		return false;
	out->own = own_address(arena, &responses[1]);
	AUTO_JSON root = json_parse(responses[0].body, NULL);
	Buf buf = buf_new(arena, 1000);
	for (const Json *item = json_first(json_at(root, "banned_ipv4_addresses")); item;
		item = json_next(item)) {
		Str address = json_str(item, "");
		if (!address.len)
			continue;
		buf_format(&buf, "%s%.*s", buf.len ? ", " : "",
			STR_ARG(str_visible(&scratch, str_head(address, 45))));
		out->is_banned |= str_equal(address, out->own);
	}
	out->banned = buf_str(&buf);
	return true;
}
