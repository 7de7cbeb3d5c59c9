#include "api/github_comment.h"

#include "wrap/json.h"

enum {
	PAGE_BYTES_MAX = 64 << 20, /* 100 bodies of 65,536 characters, escaped */
	REQUEST_MS = 10 * 1000,
};

static const char needs_read[] = "pull-requests: read";
static const char needs_write[] = "pull-requests: write";

/* False, with a fault, when the time for all of them is up. */
static bool send(Arena *arena, const Github *github, HttpRequest *request, HttpResponse *out)
{
	int left = github->deadline ? deadline_left(github->deadline) : REQUEST_MS;
	if (left == 0) {
		err_add(github->err, ERR_SERVICE, "GitHub takes too long to answer");
		return false;
	}
	request->deadline_ms = left > 0 && left < REQUEST_MS ? left : REQUEST_MS;
	return http_send(arena, github->http, request, out, github->err);
}

static Str object_of(Arena *arena, const char *name, Str value)
{
	AUTO_JSON json = json_object();
	json_add_str(json, name, value);
	return json_print(arena, json);
}

static void add_body(Arena *arena, HttpRequest *request, HttpMethod method, Str body)
{
	HttpHeader *headers = arena_array(arena, HttpHeader, request->header_count + 1);
	for (size_t i = 0; i < request->header_count; i++)
		headers[i] = request->headers[i];
	headers[request->header_count++] =
		(HttpHeader){STR("Content-Type"), STR("application/json")};
	request->headers = headers;
	request->method = method;
	request->body = body;
}

/* ---- reading ---- */

bool github_commit_pull(const Github *github, Str sha, Str branch, int64_t *number)
{
	ARENA_SCRATCH(scratch);
	HttpRequest request;
	HttpResponse response;
	Str reason,
		what = str_format(github->arena, "the pull request of commit %.*s", STR_ARG(sha));
	Str path = str_format(
		&scratch, "/commits/%.*s/pulls?per_page=100", STR_ARG(str_percent(&scratch, sha)));
	*number = 0;
	if (!github_request(&scratch, github, path, PAGE_BYTES_MAX, &request) ||
		!send(&scratch, github, &request, &response))
		return false;
	if (response.status == 422) /* GitHub does not know the commit */
		return true;
	if (response.status != 200)
		return github_refused(github, &response, what, needs_read);
	int64_t found =
		github_parse_commit_pulls(github->arena, response.body, sha, branch, &reason);
	if (found < 0)
		return github_malformed(github, what, reason);
	*number = found;
	return true;
}

static bool read_page(
	const Github *github, HttpRequest *request, Str what, Str mark, GithubComments *out)
{
	ARENA_SCRATCH(scratch);
	HttpResponse response;
	Str reason;
	if (!send(&scratch, github, request, &response))
		return false;
	if (response.status != 200)
		return github_refused(github, &response, what, needs_read);
	if (!github_parse_comments(github->arena, response.body, mark, out, &reason))
		return github_malformed(github, what, reason);
	request->url = str_copy(github->arena, http_link(response.link, STR("next")));
	if (request->url.len && !http_same_origin(request->url, github->api_url))
		return github_malformed(github, what, STR("the next page is at another host"));
	return true;
}

bool github_comments(const Github *github, int64_t pull, Str mark, GithubComments *out)
{
	Arena *arena = github->arena;
	HttpRequest request;
	Str what = str_format(arena, "the comments of pull request #%lld", (long long)pull);
	Str path = str_format(arena, "/issues/%lld/comments?per_page=100", (long long)pull);
	*out = (GithubComments){0};
	if (!github_request(arena, github, path, PAGE_BYTES_MAX, &request))
		return false;
	for (size_t page = 0; request.url.len && page < GITHUB_COMMENT_PAGES; page++)
		if (!read_page(github, &request, what, mark, out))
			return false;
	return true;
}

/* https://api.github.com → /graphql; https://host/api/v3 → https://host/api/graphql. */
static Str graphql_url(Arena *arena, Str api_url)
{
	while (str_ends(api_url, STR("/")))
		api_url.len--;
	if (str_ends(api_url, STR("/v3")))
		api_url.len -= 3;
	return str_format(arena, "%.*s/graphql", STR_ARG(api_url));
}

bool github_viewer(const Github *github, Str *login)
{
	ARENA_SCRATCH(scratch);
	HttpRequest request;
	HttpResponse response;
	Str reason, what = STR("the token's owner");
	if (!github_request(&scratch, github, STR("/"), 0, &request))
		return false;
	request.url = graphql_url(&scratch, github->api_url);
	request.repeatable = true;
	add_body(&scratch, &request, HTTP_POST,
		object_of(&scratch, "query", STR("{ viewer { login } }")));
	if (!send(&scratch, github, &request, &response))
		return false;
	if (response.status != 200)
		return github_refused(github, &response, what, needs_read);
	return github_parse_viewer(github->arena, response.body, login, &reason) ||
	       github_malformed(github, what, reason);
}

/* ---- writing ---- */

bool github_comment_create(const Github *github, int64_t pull, Str body)
{
	ARENA_SCRATCH(scratch);
	HttpRequest request;
	HttpResponse response;
	Str what = str_format(github->arena, "the comment on pull request #%lld", (long long)pull);
	Str path = str_format(&scratch, "/issues/%lld/comments", (long long)pull);
	if (!github_request(&scratch, github, path, 0, &request))
		return false;
	add_body(&scratch, &request, HTTP_POST, object_of(&scratch, "body", body));
	if (!send(&scratch, github, &request, &response))
		return false;
	return response.status == 201 ||
	       github_refused_to(github, &response, what, "written", needs_write);
}

bool github_comment_edit(const Github *github, int64_t id, Str body, bool *gone)
{
	ARENA_SCRATCH(scratch);
	HttpRequest request;
	HttpResponse response;
	Str what = str_format(github->arena, "comment %lld", (long long)id);
	Str path = str_format(&scratch, "/issues/comments/%lld", (long long)id);
	*gone = false;
	if (!github_request(&scratch, github, path, 0, &request))
		return false;
	request.repeatable = true;
	add_body(&scratch, &request, HTTP_PATCH, object_of(&scratch, "body", body));
	if (!send(&scratch, github, &request, &response))
		return false;
	*gone = response.status == 403 || response.status == 404 || response.status == 410;
	if (*gone && !http_is_throttled(&response))
		return true;
	*gone = false;
	return response.status == 200 ||
	       github_refused_to(github, &response, what, "edited", needs_write);
}
