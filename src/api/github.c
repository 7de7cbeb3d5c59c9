#include "api/github.h"

#include "base/clock.h"

enum {
	PAGE_BYTES_MAX = 64 << 20, /* 100 files with patches, or 300 on a comparison's first page */
	COMMIT_BYTES_MAX = 16 << 20, /* the message may be long */
	SHA_BYTES_MAX = 4096,
	PAGES_MAX = GITHUB_FILES_MAX / 100 + 1,
};

/* ---- requests ---- */

#define API_VERSION                                                                                \
	{                                                                                          \
		STR_INIT("X-GitHub-Api-Version"), STR_INIT("2022-11-28")                           \
	}

static bool is_name(Str name)
{
	return name.len && !str_equal(name, STR(".")) && !str_equal(name, STR(".."));
}

bool github_request(Arena *arena, const Github *github, Str path, size_t max, HttpRequest *out)
{
	static const HttpHeader headers[] = {
		{STR_INIT("Accept"), STR_INIT("application/vnd.github+json")}, API_VERSION};
	Str name = github->repository, owner = {0}, root = github->api_url;
	if (str_ends(root, STR("/")))
		root.len--;
	str_next(&name, '/', &owner);
	if (!is_name(owner) || !is_name(name)) {
		err_add(github->err, ERR_SERVICE, "GITHUB_REPOSITORY is not owner/name: %.*s",
			STR_ARG(github->repository));
		return false;
	}
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

static bool get(Arena *arena, const Github *github, Str path, size_t max, HttpResponse *out)
{
	HttpRequest request;
	return github_request(arena, github, path, max, &request) &&
	       http_send(arena, github->http, &request, out, github->err);
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
	fault->hint =
		used_up ? STR("a job's token has 1,000 requests an hour, together with "
			      "all other jobs of the repository")
			: STR("too many requests at a time or within a minute, "
			      "of all jobs that use this token's account: run the job again later");
}

static Str hint_for(
	const Github *github, const HttpResponse *response, const char *permission, Arena *arena)
{
	if (response->status >= 500)
		return STR("GitHub has a fault of its own: "
			   "see githubstatus.com, and run the job again");
	if (!github->token.len)
		return str_format(arena,
			"there is no `token`: give it ${{ github.token }}, "
			"and the job `%s` under `permissions:`",
			permission);
	if (response->status == 401)
		return STR("the token is wrong or has expired; usual is `token: ${{ github.token "
			   "}}`, which lives as long as the job");
	if (response->status == 403 || response->status == 404)
		return str_format(arena,
			"the job needs `%s` under `permissions:`, "
			"where naming one sets all others to none%s",
			permission,
			response->status == 404
				? "; of what a token may not see GitHub says that it is not there"
				: "");
	return (Str){0};
}

bool github_refused_to(const Github *github, const HttpResponse *response, Str what,
	const char *done, const char *permission)
{
	Err *err = github->err;
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

bool github_refused(
	const Github *github, const HttpResponse *response, Str what, const char *permission)
{
	return github_refused_to(github, response, what, "read", permission);
}

bool github_malformed(const Github *github, Str what, Str reason)
{
	err_add(github->err, ERR_SERVICE, "GitHub's answer for %.*s cannot be used: %.*s",
		STR_ARG(what), STR_ARG(reason))
		->hint = STR("is GITHUB_API_URL the address of GitHub's API, or does a proxy "
			     "answer in its place?");
	return false;
}

/* ---- pull requests ---- */

/* One page; `next` is the URL of the next one, or empty. */
static bool read_page(
	const Github *github, const HttpRequest *request, Str what, GithubFiles *out, Str *next)
{
	ARENA_SCRATCH(scratch);
	HttpResponse response;
	Str reason;
	if (!http_send(&scratch, github->http, request, &response, github->err))
		return false;
	if (response.status != 200)
		return github_refused(github, &response, what, "pull-requests: read");
	if (!github_parse_files(github->arena, response.body, out, &reason))
		return github_malformed(github, what, reason);
	*next = str_copy(github->arena, http_link(response.link, STR("next")));
	if (next->len && !http_same_origin(*next, github->api_url))
		return github_malformed(github, what, STR("the next page is at another host"));
	return true;
}

bool github_pull_files(const Github *github, int64_t number, GithubFiles *out)
{
	Arena *arena = github->arena;
	HttpRequest request;
	Str what = str_format(arena, "the list of files of pull request #%lld", (long long)number);
	Str path = str_format(arena, "/pulls/%lld/files?per_page=100", (long long)number);
	*out = (GithubFiles){0};
	if (!github_request(arena, github, path, PAGE_BYTES_MAX, &request))
		return false;
	for (size_t page = 0; page < PAGES_MAX && out->rows.count < GITHUB_FILES_MAX; page++) {
		Str next = {0};
		if (!read_page(github, &request, what, out, &next))
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

/* `out` stays empty if the page does not tell, and is not the `last`. */
static bool read_comparison(
	const Github *github, Str path, Str what, bool last, GithubComparison *out)
{
	ARENA_SCRATCH(scratch);
	HttpResponse response;
	Str reason;
	if (!get(&scratch, github, path, PAGE_BYTES_MAX, &response))
		return false;
	if (response.status == 200) {
		if (github_parse_comparison(github->arena, response.body, out, &reason))
			return true;
		*out = (GithubComparison){0};
		return !last || github_malformed(github, what, reason);
	}
	if (response.status != 404)
		return github_refused(github, &response, what, "contents: read");
	*out = (GithubComparison){.message = github_parse_message(github->arena, response.body)};
	out->unrelated = str_starts(out->message, STR("No common ancestor"));
	out->missing = !out->unrelated;
	return true;
}

static bool is_known(const GithubComparison *comparison)
{
	return comparison->merge_base.len || comparison->unrelated;
}

/* The files, up to 300 with their patches, are on the first page only, and what we ask for is on
 * every page: so the second one is asked for. The first one is read if that brings nothing. */
bool github_compare(const Github *github, Str base, Str head, GithubComparison *out)
{
	static const char *const queries[] = {"per_page=1&page=2", "per_page=1"};
	const size_t count = sizeof queries / sizeof *queries;
	Arena *arena = github->arena;
	Str what = str_format(
		arena, "what %.*s and %.*s have in common", STR_ARG(base), STR_ARG(head));
	Str from = str_percent(arena, base), to = str_percent(arena, head);
	*out = (GithubComparison){.missing = !base.len || !head.len};
	for (size_t i = 0; i < count && !is_known(out) && base.len && head.len; i++) {
		Str path = str_format(
			arena, "/compare/%.*s...%.*s?%s", STR_ARG(from), STR_ARG(to), queries[i]);
		if (!read_comparison(github, path, what, i + 1 == count, out))
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
static bool read_sha(const Github *github, Str ref, Str what, GithubCommit *out)
{
	static const HttpHeader headers[] = {
		{STR_INIT("Accept"), STR_INIT("application/vnd.github.sha")}, API_VERSION};
	Arena *arena = github->arena;
	HttpRequest request;
	HttpResponse response;
	Str name = str_percent(arena, ref);
	Str path = str_format(arena, "/commits/%.*s", STR_ARG(name));
	if (!github_request(arena, github, path, SHA_BYTES_MAX, &request))
		return false;
	request.headers = headers;
	if (!http_send(arena, github->http, &request, &response, github->err))
		return false;
	if (is_missing(&response)) {
		out->missing = true;
		out->message = github_parse_message(arena, response.body);
		return true;
	}
	if (response.status != 200)
		return github_refused(github, &response, what, "contents: read");
	out->sha = str_trim(response.body);
	return github_is_sha(out->sha) || github_malformed(github, what, STR("it is no SHA"));
}

static bool read_commit(const Github *github, Str what, GithubCommit *out)
{
	ARENA_SCRATCH(scratch);
	HttpResponse response;
	Str sha = out->sha, reason;
	Str path = str_format(&scratch, "/git/commits/%.*s", STR_ARG(sha));
	if (!get(&scratch, github, path, COMMIT_BYTES_MAX, &response))
		return false;
	if (is_missing(&response)) {
		*out = (GithubCommit){.missing = true,
			.message = github_parse_message(github->arena, response.body)};
		return true;
	}
	if (response.status != 200)
		return github_refused(github, &response, what, "contents: read");
	if (!github_parse_commit(github->arena, response.body, out, &reason))
		return github_malformed(github, what, reason);
	return str_equal(out->sha, sha) ||
	       github_malformed(github, what, STR("it is another commit"));
}

bool github_commit(const Github *github, Str ref, GithubCommit *out)
{
	Str what = str_format(github->arena, "the commit of %.*s", STR_ARG(ref));
	*out = (GithubCommit){.missing = !is_name(ref)};
	if (out->missing)
		return true;
	if (github_is_sha(ref))
		out->sha = ref;
	else if (!read_sha(github, ref, what, out))
		return false;
	return out->missing || read_commit(github, what, out);
}
