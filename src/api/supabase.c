#include "api/supabase.h"

#include "api/supabase_place.h"
#include "wrap/json.h"

enum {
	BODY_MAX = 256 * 1024,
	TYPES_MAX = 64 * 1024 * 1024,
	SAID_MAX = 500,
	BANS_LIMIT_MS = 5000,
	TRACE_LIMIT_MS = 2000,
	NOT_FOUND = 404,
};

typedef enum CallKind {
#define SUPABASE_CALL(name, method, kind, path, status, scope, fails) CALL_##name,
#include "api/supabase_call.def"
#undef SUPABASE_CALL
} CallKind;

typedef struct Call {
	const char *kind, *path, *scope, *fails;
	HttpMethod method;
	int success;
} Call;

/* One call's answer, and what becomes of it. */
typedef struct Answer {
	const Call *call;
	const HttpResponse *response;
	Arena *arena;
	Err *err;
} Answer;

static const Call calls[] = {
#define SUPABASE_CALL(name, method, kind, path, status, scope, fails)                              \
	[CALL_##name] = {kind, path, scope, fails, HTTP_##method, status},
#include "api/supabase_call.def"
#undef SUPABASE_CALL
};

static HttpRequest request_of(Arena *arena, const SupabaseApi *api, CallKind kind, Str body)
{
	static const HttpHeader json[] = {{STR_INIT("Accept"), STR_INIT("application/json")},
		{STR_INIT("Content-Type"), STR_INIT("application/json")}};
	return (HttpRequest){
		.method = calls[kind].method,
		.url = str_format(arena, "%.*s/v1/%s/%.*s%s", STR_ARG(api->url), calls[kind].kind,
			STR_ARG(api->ref), calls[kind].path),
		.bearer = api->token,
		.headers = json,
		.header_count = body.len ? 2 : 1,
		.body = body,
		.max_body = BODY_MAX,
	};
}

/* The API's own errors are JSON with a message; what is in front of it has pages for people. */
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
		return STR("is project-ref right, "
			   "and is the token's owner a member of the project's organization?");
	case 429:
		return STR("the API counts requests a minute: run the job again");
	default:
		return status >= 500 ? STR("run the job again; status.supabase.com lists incidents")
		       : call == &calls[CALL_LOGIN_ROLE]
			       ? STR("the project's database gives no such role")
			       : STR("has the project been removed?");
	}
}

static Cause cause_of(const Call *call, int status)
{
	switch (status) {
	case 401:
		return CAUSE_ACCESS_TOKEN;
	case 403:
		return CAUSE_ACCESS_TOKEN_RIGHTS;
	case NOT_FOUND:
		return call == &calls[CALL_PROJECT] ? CAUSE_NO_PROJECT : CAUSE_NONE;
	default:
		return CAUSE_NONE;
	}
}

static Str somebody_else(void)
{
	return STR("is api-url right, and is there a proxy or a firewall in between?");
}

static bool judge_answer(const Answer *answer)
{
	const Call *call = answer->call;
	const HttpResponse *response = answer->response;
	Err *err = answer->err;
	if (response->status == call->success)
		return true;
	ARENA_SCRATCH(scratch);
	AUTO_JSON root = json_parse(response->body, NULL);
	Str message = str_head(str_visible(&scratch, json_str(root, "message")), SAID_MAX);
	Fault *fault = err_add(err, ERR_SERVICE, "%s: %s (%d%s%.*s)", call->fails,
		meaning(response->status, root != NULL), response->status, message.len ? ": " : "",
		STR_ARG(message));
	fault->cause = root ? cause_of(call, response->status) : CAUSE_NONE;
	fault->passes = response->status == 429 || response->status >= 500;
	fault->hint = root || response->status >= 429 ? advice(err->arena, call, response->status)
						      : somebody_else();
	if (call == &calls[CALL_LOGIN_ROLE] && response->status < 429)
		fault->hint =
			str_format(err->arena, "%.*s\nor give db-password", STR_ARG(fault->hint));
	return false;
}

/* What has the right status, and is nothing that the API would say. */
static bool misunderstood(const Answer *answer)
{
	err_add(answer->err, ERR_SERVICE, "%s: %s (%d)", answer->call->fails, meaning(400, false),
		answer->response->status)
		->hint = somebody_else();
	return false;
}

static bool lacks(const Answer *answer, const char *field)
{
	err_add(answer->err, ERR_SERVICE, "%s: the answer has no field \"%s\"", answer->call->fails,
		field)
		->hint =
		STR("the Management API has changed: please report it, and use db-url until then");
	return false;
}

/* A text field that must be there. */
static bool take_field(const Answer *answer, const Json *from, const char *field, Str *to)
{
	Str value = json_str(from, field);
	if (!value.len)
		return lacks(answer, field);
	*to = str_copy(answer->arena, value);
	return true;
}

typedef enum StateVerdict {
	STATE_GO_ON,
	STATE_WARN,
	STATE_STOP
} StateVerdict;

Str supabase_name(Arena *arena, const SupabaseProject *project)
{
	Str name = str_visible(arena, project->name);
	return str_format(arena, "%s%.*s%s(%.*s)", project->is_branch ? "" : "project ",
		STR_ARG(name), name.len ? " " : "", STR_ARG(project->ref));
}

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
	Str name = supabase_name(to->arena, project), ref = project->ref;
	Str status = str_visible(to->arena, str_head(project->status, 40));
	err_add(to, ERR_CONNECT, "%.*s %.*s (%.*s)", STR_ARG(name), STR_ARG(is), STR_ARG(status))
		->hint = str_format(to->arena, "%.*s%shttps://supabase.com/dashboard/project/%.*s",
		STR_ARG(known ? states[i].hint : (Str){0}), known ? ": " : "", STR_ARG(ref));
	return verdict == STATE_WARN;
}

static bool call_api(
	Arena *arena, const SupabaseApi *api, CallKind kind, HttpResponse *out, Err *err)
{
	HttpRequest request = request_of(arena, api, kind, (Str){0});
	return http_send(arena, api->http, &request, out, err);
}

/* What is said of projects and preview branches alike. `version` is a path. */
static bool take_project(const Answer *answer, const char *version, SupabaseProject *out)
{
	AUTO_JSON root = json_parse(answer->response->body, NULL);
	Arena *arena = answer->arena;
	if (!json_is_object(root))
		return misunderstood(answer);
	if (!take_field(answer, root, "status", &out->status))
		return false;
	out->name = str_copy(arena, json_str(root, "name")); /* the rest is nice to know */
	out->region = str_copy(arena, json_str(root, "region"));
	out->version = str_copy(arena, json_str(root, version));
	return true;
}

/* A reference that no project has may be a preview branch's: its project is not shown by itself.
 * What else the answer holds, passwords among it, is left where it is. False without an error: it
 * is none, and `unknown` says if that could not be found out. */
static bool find_branch(const SupabaseApi *api, SupabaseProject *out, Str *unknown, Err *err)
{
	ARENA_SCRATCH(scratch);
	HttpResponse response = {0};
	Err refused = {.arena = api->arena};
	Answer answer = {&calls[CALL_BRANCH], &response, api->arena, &refused};
	if (!call_api(&scratch, api, CALL_BRANCH, &response, err))
		return false;
	if (response.status == NOT_FOUND)
		return false;
	if (!judge_answer(&answer)) {
		*unknown = str_format(api->arena, "%.*s; %.*s", STR_ARG(refused.last->message),
			STR_ARG(refused.last->hint));
		return false;
	}
	answer.err = err;
	if (!take_project(&answer, "postgres_version", out))
		return false;
	out->name = STR("preview branch");
	out->is_branch = true;
	return true;
}

bool supabase_project(const SupabaseApi *api, SupabaseProject *out, Err *warnings, Err *err)
{
	ARENA_SCRATCH(scratch);
	HttpResponse response = {0};
	Err none = {.arena = err->arena};
	Answer answer = {&calls[CALL_PROJECT], &response, api->arena, &none};
	Str unknown = {0};
	size_t before = err->count;
	*out = (SupabaseProject){.ref = api->ref};
	if (!call_api(&scratch, api, CALL_PROJECT, &response, err))
		return false;
	if (judge_answer(&answer)) {
		answer.err = err;
		return take_project(&answer, "database.version", out) &&
		       check_state(out, warnings, err);
	}
	if (response.status == NOT_FOUND && find_branch(api, out, &unknown, err))
		return check_state(out, warnings, err);
	if (err->count > before)
		return false;
	if (unknown.len)
		none.last->hint = str_format(err->arena, "%.*s\nif it is a preview branch's: %.*s",
			STR_ARG(none.last->hint), STR_ARG(unknown));
	err_append(err, &none);
	return false;
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
	const SupabaseApi *api, const Answer *answer, const Json *row, SupabasePooler *out)
{
	Str user = {0};
	return take_field(answer, row, "db_user", &user) &&
	       take_field(answer, row, "db_host", &out->host) &&
	       take_field(answer, row, "db_name", &out->database) &&
	       check_pooler(api, user, out->host, answer->err);
}

/* The first row of the primary database that is in order, or what is wrong with the first. */
static bool take_pooler(const SupabaseApi *api, const Answer *answer, SupabasePooler *out)
{
	AUTO_JSON root = json_parse(answer->response->body, NULL);
	Err *err = answer->err, first = {.arena = err->arena};
	const Json *rows;
	Str reason;
	if (!json_read_array(err->arena, root, "", &rows, &reason))
		return misunderstood(answer);
	for (const Json *row = json_first(rows); row; row = json_next(row)) {
		Err attempt = {.arena = err->arena};
		Answer tried = *answer;
		Str type = {0};
		tried.err = &attempt;
		if (take_field(&tried, row, "database_type", &type) &&
			!str_equal(type, STR("PRIMARY")))
			continue;
		if (type.len && take_row(api, &tried, row, out))
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

static bool take_login(const SupabaseApi *api, const Answer *answer, SupabaseLogin *out)
{
	AUTO_JSON root = json_parse(answer->response->body, NULL);
	if (!json_is_object(root))
		return misunderstood(answer);
	if (!take_field(answer, root, "role", &out->role) ||
		!take_field(answer, root, "password", &out->password))
		return false;
	secret_add_forms(api->secrets, out->password);
	return true;
}

/* There is no such role for this project, or not for this token: not what passes, and not what
 * holds for any other question, too. */
static bool is_not_given(int status)
{
	return status >= 400 && status < 500 && status != 401 && status != 408 && status != 429;
}

static HttpRequest login_request(Arena *arena, const SupabaseApi *api, bool writes)
{
	return request_of(arena, api, CALL_LOGIN_ROLE,
		writes ? STR("{\"read_only\":false}") : STR("{\"read_only\":true}"));
}

static bool finish_login(const SupabaseApi *api, SupabaseRights rights, HttpResponse *response,
	SupabaseLogin *out, Err *err)
{
	ARENA_SCRATCH(scratch);
	const Answer answer = {&calls[CALL_LOGIN_ROLE], response, api->arena, err};
	out->writes = rights == SUPABASE_WRITES;
	if (rights == SUPABASE_READS_IF_IT_CAN && is_not_given(response->status)) {
		HttpRequest again = login_request(&scratch, api, true);
		if (!http_send(&scratch, api->http, &again, response, err))
			return false;
		out->writes = true;
	}
	return judge_answer(&answer) && take_login(api, &answer, out);
}

static bool finish_pooler(
	const SupabaseApi *api, const HttpResponse *response, SupabasePooler *out, Err *err)
{
	const Answer answer = {&calls[CALL_POOLER], response, api->arena, err};
	return judge_answer(&answer) && take_pooler(api, &answer, out);
}

bool supabase_entry(const SupabaseApi *api, SupabaseRights rights, SupabaseLogin *login,
	SupabasePooler *pooler, Err *err)
{
	ARENA_SCRATCH(scratch);
	HttpRequest requests[2];
	HttpResponse responses[2] = {0};
	HttpBatch batch = {requests, responses, 0};
	size_t login_at = pooler != NULL;
	if (pooler)
		requests[batch.count++] = request_of(&scratch, api, CALL_POOLER, (Str){0});
	if (login)
		requests[batch.count++] = login_request(&scratch, api, rights == SUPABASE_WRITES);
	if (batch.count && !http_send_all(&scratch, api->http, &batch, err))
		return false;
	return (!pooler || finish_pooler(api, &responses[0], pooler, err)) &&
	       (!login || finish_login(api, rights, &responses[login_at], login, err));
}

/* The API writes times alike (ISO 8601, UTC), so that they sort as text. */
static void take_newest(Arena *arena, const Json *backups, SupabaseBackups *out)
{
	for (const Json *item = json_first(backups); item; item = json_next(item)) {
		Str at = json_str(item, "inserted_at");
		if (str_equal(json_str(item, "status"), STR("COMPLETED")) &&
			str_compare(at, out->newest) > 0)
			out->newest = str_copy(arena, at);
	}
}

bool supabase_backups(const SupabaseApi *api, SupabaseBackups *out, Err *err)
{
	ARENA_SCRATCH(scratch);
	HttpResponse response = {0};
	Str ignored;
	const Answer answer = {&calls[CALL_BACKUPS], &response, api->arena, err};
	*out = (SupabaseBackups){0};
	if (!call_api(&scratch, api, CALL_BACKUPS, &response, err) || !judge_answer(&answer))
		return false;
	AUTO_JSON root = json_parse(response.body, NULL);
	if (!json_is_object(root))
		return misunderstood(&answer);
	json_read_bool(&scratch, root, "pitr_enabled", &out->pitr, &ignored);
	take_newest(api->arena, json_at(root, "backups"), out);
	return true;
}

static bool take_point(const Answer *answer, SupabasePoint *out)
{
	AUTO_JSON root = json_parse(answer->response->body, NULL);
	if (!json_is_object(root))
		return misunderstood(answer);
	Str status = json_str(root, "status");
	if (!status.len)
		return lacks(answer, "status");
	out->state = str_equal(status, STR("AVAILABLE")) ? SUPABASE_POINT_AVAILABLE
		     : str_equal(status, STR("PENDING")) ? SUPABASE_POINT_PENDING
							 : SUPABASE_POINT_FAILED;
	return true;
}

bool supabase_make_point(const SupabaseApi *api, SupabasePoint *point, Err *err)
{
	ARENA_SCRATCH(scratch);
	HttpResponse response = {0};
	const Answer answer = {&calls[CALL_MAKE_POINT], &response, api->arena, err};
	Str body = str_format(&scratch, "{\"name\":\"%.*s\"}", STR_ARG(point->name));
	HttpRequest request = request_of(&scratch, api, CALL_MAKE_POINT, body);
	return http_send(&scratch, api->http, &request, &response, err) && judge_answer(&answer) &&
	       take_point(&answer, point);
}

bool supabase_read_point(const SupabaseApi *api, SupabasePoint *point, Err *err)
{
	ARENA_SCRATCH(scratch);
	HttpResponse response = {0};
	const Answer answer = {&calls[CALL_GET_POINT], &response, api->arena, err};
	HttpRequest request = request_of(&scratch, api, CALL_GET_POINT, (Str){0});
	request.url = str_format(&scratch, "%.*s?name=%.*s", STR_ARG(request.url),
		STR_ARG(str_percent(&scratch, point->name)));
	return http_send(&scratch, api->http, &request, &response, err) && judge_answer(&answer) &&
	       take_point(&answer, point);
}

bool supabase_types(const SupabaseApi *api, const Names *schemas, Str *out, Err *err)
{
	ARENA_SCRATCH(scratch);
	HttpRequest request = request_of(&scratch, api, CALL_TYPES, (Str){0});
	HttpResponse response = {0};
	const Answer answer = {&calls[CALL_TYPES], &response, api->arena, err};
	Buf url = buf_new(&scratch, SIZE_MAX);
	buf_format(&url, "%.*s?included_schemas=", STR_ARG(request.url));
	for (size_t i = 0; i < schemas->count; i++)
		buf_format(&url, "%s%.*s", i ? "," : "",
			STR_ARG(str_percent(&scratch, schemas->items[i])));
	request.url = buf_str(&url);
	request.max_body = TYPES_MAX;
	if (!http_send(&scratch, api->http, &request, &response, err) || !judge_answer(&answer))
		return false;
	AUTO_JSON root = json_parse(response.body, NULL);
	return json_is_object(root) ? take_field(&answer, root, "types", out)
				    : misunderstood(&answer);
}

/* `ip=…` of the page by which the network in front of the API tells callers who they are. */
static Str own_address(Arena *arena, const HttpResponse *response)
{
	Str rest = response->body, line;
	while (response->status == 200 && str_next(&rest, '\n', &line))
		if (str_starts(line, STR("ip=")) && !str_contains(line, STR(":")))
			return str_visible(arena, str_head(str_skip(line, 3), 45));
	return (Str){0};
}

bool supabase_bans(const SupabaseApi *api, SupabaseBans *out)
{
	ARENA_SCRATCH(scratch);
	Err ignored = {.arena = &scratch};
	HttpRequest requests[] = {request_of(&scratch, api, CALL_BANS, (Str){0}),
		{.method = HTTP_GET,
			.url = str_format(&scratch, "%.*s/cdn-cgi/trace", STR_ARG(api->url)),
			.max_body = BODY_MAX,
			.deadline_ms = TRACE_LIMIT_MS,
			.optional = true,
			.ipv4 = true}}; /* bans are of such addresses */
	HttpResponse responses[2] = {0};
	const HttpBatch batch = {requests, responses, 2};
	const Answer answer = {&calls[CALL_BANS], &responses[0], &scratch, &ignored};
	requests[0].repeatable = true;
	requests[0].deadline_ms = BANS_LIMIT_MS;
	*out = (SupabaseBans){0};
	if (!http_send_all(&scratch, api->http, &batch, &ignored) || !judge_answer(&answer))
		return false;
	out->own = own_address(api->arena, &responses[1]);
	AUTO_JSON root = json_parse(responses[0].body, NULL);
	Buf buf = buf_new(api->arena, 1000);
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
