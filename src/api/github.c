#include "api/github.h"

#include "base/clock.h"

enum {
	PAGE_BYTES_MAX = 64 << 20, /* 100 files with patches, or 300 on a comparison's first page */
	COMMIT_BYTES_MAX = 16 << 20, /* the message may be long */
	SHA_BYTES_MAX = 4096,
	PAGES_MAX = GITHUB_FILES_MAX / 100 + 1,
};

static const char accept_json[] = "application/vnd.github+json";

/* ---- requests ---- */

static bool is_name(Str name)
{
	return name.len && !str_equal(name, STR(".")) && !str_equal(name, STR(".."));
}

bool github_request(Arena *arena, const Github *github, Str path, const char *accept, size_t max,
	HttpRequest *out, Err *err)
{
	Str name = github->repository, owner = {0}, root = github->api_url;
	if (str_ends(root, STR("/")))
		root.len--;
	str_next(&name, '/', &owner);
	if (!is_name(owner) || !is_name(name)) {
		err_add(err, ERR_SERVICE, "GITHUB_REPOSITORY is not owner/name: %.*s",
			STR_ARG(github->repository));
		return false;
	}
	HttpHeader *headers = arena_array(arena, HttpHeader, 2);
	headers[0] = (HttpHeader){STR("Accept"), str_from(accept)};
	headers[1] = (HttpHeader){STR("X-GitHub-Api-Version"), STR("2022-11-28")};
	owner = str_percent(arena, owner);
	name = str_percent(arena, name);
	*out = (HttpRequest){
		.url = str_format(arena, "%.*s/repos/%.*s/%.*s%.*s", STR_ARG(root), STR_ARG(owner),
			STR_ARG(name), STR_ARG(path)),
		.bearer = github->token,
		.headers = headers,
		.header_count = 2,
		.max_body = max,
	};
	return true;
}

static bool get(Arena *arena, const Github *github, Str path, const char *accept, size_t max,
	HttpResponse *out, Err *err)
{
	HttpRequest request;
	return github_request(arena, github, path, accept, max, &request, err) &&
	       http_send(arena, github->http, &request, out, err);
}

/* ---- errors ---- */

/* Seconds since 1970 as a time of the day. */
static Str time_text(Arena *arena, int64_t seconds)
{
	int day = (int)(seconds % 86400);
	return str_format(arena, "%02d:%02d:%02d UTC", day / 3600, day / 60 % 60, day % 60);
}

static void rate_limited(const HttpResponse *response, Str what, const char *done, Err *err)
{
	int64_t now = clock_wall(), wait = http_asked_wait(response, now);
	bool used_up = http_is_used_up(response);
	Str until = {0};
	if (wait >= 0)
		until = str_format(
			err->arena, " until %.*s", STR_ARG(time_text(err->arena, now + wait)));
	Fault *fault =
		err_add(err, ERR_SERVICE, "%.*s cannot be %s: GitHub's %s%.*s", STR_ARG(what), done,
			used_up ? "rate limit is used up" : "secondary rate limit is exceeded",
			STR_ARG(until));
	fault->passes = !used_up;
	fault->hint = used_up ? STR("a job's token has 1,000 requests an hour, together with "
				    "all other jobs of the repository")
			      : STR("too many requests at a time or within a minute, of all "
				    "jobs that use this token's account: run the job again "
				    "later");
}

static Str hint_for(
	const Github *github, const HttpResponse *response, const char *permission, Arena *arena)
{
	if (response->status >= 500)
		return STR("GitHub has a fault of its own: see githubstatus.com, and run the job "
			   "again");
	if (!github->token.len)
		return str_format(arena,
			"there is no `token`: give it ${{ github.token }}, and the job `%s` under "
			"`permissions:`",
			permission);
	if (response->status == 401)
		return STR("the token is wrong or has expired; usual is `token: ${{ github.token "
			   "}}`, which lives as long as the job");
	if (response->status == 403 || response->status == 404)
		return str_format(arena,
			"the job needs `%s` under `permissions:`, where naming one sets all others "
			"to none%s",
			permission,
			response->status == 404
				? "; of what a token may not see GitHub says that it is not there"
				: "");
	return (Str){0};
}

bool github_refused_to(const Github *github, const HttpResponse *response, Str what,
	const char *done, const char *permission, Err *err)
{
	if (http_is_throttled(response)) {
		rate_limited(response, what, done, err);
		return false;
	}
	Str message = github_parse_message(err->arena, response->body);
	Str tries = response->attempts > 1
			    ? str_format(err->arena, ", %u attempts", response->attempts)
			    : (Str){0};
	Str id = response->status >= 500 && response->request_id.len
			 ? str_format(err->arena, ", request %.*s", STR_ARG(response->request_id))
			 : (Str){0};
	if (!message.len)
		message = STR("GitHub gives no reason");
	Fault *fault = err_add(err, ERR_SERVICE, "%.*s cannot be %s: %.*s (status %d%.*s%.*s)",
		STR_ARG(what), done, STR_ARG(message), response->status, STR_ARG(tries),
		STR_ARG(id));
	fault->passes = response->status >= 500;
	fault->hint = hint_for(github, response, permission, err->arena);
	return false;
}

bool github_refused(const Github *github, const HttpResponse *response, Str what,
	const char *permission, Err *err)
{
	return github_refused_to(github, response, what, "read", permission, err);
}

bool github_malformed(Str what, Str reason, Err *err)
{
	err_add(err, ERR_SERVICE, "GitHub's answer for %.*s cannot be used: %.*s", STR_ARG(what),
		STR_ARG(reason))
		->hint = STR("is GITHUB_API_URL the address of GitHub's API, or does a proxy "
			     "answer in its place?");
	return false;
}

/* ---- pull requests ---- */

/* One page; `next` is the URL of the one behind it, or empty. */
static bool read_page(Arena *arena, const Github *github, const HttpRequest *request, Str what,
	GithubFiles *out, Str *next, Err *err)
{
	ARENA_SCRATCH(scratch);
	HttpResponse response;
	Str reason;
	if (!http_send(&scratch, github->http, request, &response, err))
		return false;
	if (response.status != 200)
		return github_refused(github, &response, what, "pull-requests: read", err);
	if (!github_parse_files(arena, response.body, out, &reason))
		return github_malformed(what, str_copy(err->arena, reason), err);
	*next = str_copy(arena, http_link(response.link, STR("next")));
	if (next->len && !http_same_origin(*next, github->api_url))
		return github_malformed(what, STR("the next page is at another host"), err);
	return true;
}

bool github_pull_files(
	Arena *arena, const Github *github, int64_t number, GithubFiles *out, Err *err)
{
	HttpRequest request;
	Str what = str_format(arena, "the list of files of pull request #%lld", (long long)number);
	Str path = str_format(arena, "/pulls/%lld/files?per_page=100", (long long)number);
	*out = (GithubFiles){0};
	if (!github_request(arena, github, path, accept_json, PAGE_BYTES_MAX, &request, err))
		return false;
	for (size_t page = 0; page < PAGES_MAX && out->rows.count < GITHUB_FILES_MAX; page++) {
		Str next = {0};
		if (!read_page(arena, github, &request, what, out, &next, err))
			return false;
		out->cut = out->rows.count >= GITHUB_FILES_MAX;
		if (!next.len)
			return true;
		request.url = next;
	}
	out->cut = true;
	return true;
}

/* ---- comparison ---- */

static bool read_comparison(Arena *arena, const Github *github, Str path, Str what, bool last,
	GithubComparison *out, bool *done, Err *err)
{
	ARENA_SCRATCH(scratch);
	HttpResponse response;
	Str reason;
	*done = false;
	if (!get(&scratch, github, path, accept_json, PAGE_BYTES_MAX, &response, err))
		return false;
	if (response.status == 200) {
		*done = github_parse_comparison(arena, response.body, out, &reason);
		return *done || !last || github_malformed(what, str_copy(err->arena, reason), err);
	}
	if (response.status != 404)
		return github_refused(github, &response, what, "contents: read", err);
	*out = (GithubComparison){.message = github_parse_message(arena, response.body)};
	out->unrelated = str_starts(out->message, STR("No common ancestor"));
	out->missing = !out->unrelated;
	*done = out->unrelated;
	return true;
}

/* The files, up to 300 with their patches, are on the first page only, and what we ask for is on
 * every page: so the second one is asked for. The first one is read if that brings nothing. */
bool github_compare(
	Arena *arena, const Github *github, Str base, Str head, GithubComparison *out, Err *err)
{
	static const char *const queries[] = {"per_page=1&page=2", "per_page=1"};
	const size_t count = sizeof queries / sizeof *queries;
	Str what = str_format(
		arena, "what %.*s and %.*s have in common", STR_ARG(base), STR_ARG(head));
	Str from = str_percent(arena, base), to = str_percent(arena, head);
	bool done = false;
	*out = (GithubComparison){.missing = !base.len || !head.len};
	for (size_t i = 0; i < count && !done && base.len && head.len; i++) {
		Str path = str_format(
			arena, "/compare/%.*s...%.*s?%s", STR_ARG(from), STR_ARG(to), queries[i]);
		if (!read_comparison(arena, github, path, what, i + 1 == count, out, &done, err))
			return false;
	}
	return true;
}

/* ---- commits ---- */

/* GitHub says 422 to what cannot be a commit. */
static bool is_missing(const HttpResponse *response)
{
	return response->status == 404 || response->status == 422;
}

/* The SHA alone, without the files that "Get a commit" would bring. */
static bool read_sha(
	Arena *arena, const Github *github, Str ref, Str what, GithubCommit *out, Err *err)
{
	HttpResponse response;
	Str name = str_percent(arena, ref);
	Str path = str_format(arena, "/commits/%.*s", STR_ARG(name));
	if (!get(arena, github, path, "application/vnd.github.sha", SHA_BYTES_MAX, &response, err))
		return false;
	if (is_missing(&response)) {
		out->missing = true;
		out->message = github_parse_message(arena, response.body);
		return true;
	}
	if (response.status != 200)
		return github_refused(github, &response, what, "contents: read", err);
	out->sha = str_trim(response.body);
	return github_is_sha(out->sha) || github_malformed(what, STR("it is no SHA"), err);
}

static bool read_commit(Arena *arena, const Github *github, Str what, GithubCommit *out, Err *err)
{
	ARENA_SCRATCH(scratch);
	HttpResponse response;
	Str sha = out->sha, reason;
	Str path = str_format(&scratch, "/git/commits/%.*s", STR_ARG(sha));
	if (!get(&scratch, github, path, accept_json, COMMIT_BYTES_MAX, &response, err))
		return false;
	if (is_missing(&response)) {
		*out = (GithubCommit){
			.missing = true, .message = github_parse_message(arena, response.body)};
		return true;
	}
	if (response.status != 200)
		return github_refused(github, &response, what, "contents: read", err);
	if (!github_parse_commit(arena, response.body, out, &reason))
		return github_malformed(what, str_copy(err->arena, reason), err);
	return str_equal(out->sha, sha) || github_malformed(what, STR("it is another commit"), err);
}

bool github_commit(Arena *arena, const Github *github, Str ref, GithubCommit *out, Err *err)
{
	Str what = str_format(arena, "the commit of %.*s", STR_ARG(ref));
	*out = (GithubCommit){.missing = !is_name(ref)};
	if (out->missing)
		return true;
	if (github_is_sha(ref))
		out->sha = ref;
	else if (!read_sha(arena, github, ref, what, out, err))
		return false;
	return out->missing || read_commit(arena, github, what, out, err);
}
