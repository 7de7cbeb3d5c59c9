#include "stage/pull_comment.h"

#include "action/event.h"
#include "api/github_comment.h"
#include "base/interrupt.h"
#include "report/comment.h"
#include "wrap/crypto.h"

enum {
	LIMIT_MS = 20 * 1000,
	WAIT_CAP_MS = 5 * 1000,
	CONNECT_MS = 5 * 1000,
};

typedef struct Notice {
	Arena *arena;
	const Run *run;
	const Report *report;
	Github github;
	int64_t pull;
	Str target; /* of the mark */
	int64_t id; /* of our comment; 0: there is none */
	Str body; /* what it says */
	CommentMark mark;
} Notice;

/* A reference may be a secret of the repository: what is public is a digest of it. */
static Str target_digest(Arena *arena, Str ref)
{
	enum {
		DIGITS = 16
	};
	if (!ref.len)
		return ref;
	CryptoSha256 *hash = crypto_sha256_begin();
	crypto_sha256_add(hash, ref);
	return str_head(crypto_sha256_end(arena, hash), DIGITS);
}

/* The hosts of a PostgreSQL URL: between the last @, or the two slashes, and the path. */
static void add_hosts(Secrets *secrets, Str url)
{
	Str part = {0}, one, host;
	for (int slashes = 0; slashes < 3; slashes++)
		if (!str_next(&url, '/', &part))
			return;
	for (size_t i = part.len; i > 0; i--)
		if (part.ptr[i - 1] == '@') {
			part = str_skip(part, i);
			break;
		}
	while (str_next(&part, ',', &one))
		if (str_next(&one, ':', &host))
			secret_add(secrets, host);
}

/* Logs mask more than what this program knows to be secret: where the targets are is left out, too,
 * for comments are masked by nobody. */
static Str redacted(const Notice *n, Str text)
{
	Secrets secrets = {.arena = n->arena};
	const Secrets *known = n->run->workflow->log.secrets;
	Str host = n->report->target, target = host;
	str_next(&target, ':', &host);
	for (size_t i = 0; i < known->values.count; i++)
		secret_add(&secrets, known->values.items[i]);
	secret_add(&secrets, n->report->target);
	secret_add(&secrets, host);
	add_hosts(&secrets, n->run->inputs->db_url);
	add_hosts(&secrets, n->run->inputs->staging_db_url);
	secret_add(&secrets, n->run->inputs->project_ref);
	secret_add(&secrets, n->run->inputs->staging_project_ref);
	return secret_redact(&secrets, n->arena, text);
}

static bool find_pull(Notice *n, const Event *event)
{
	Str branch = event->ref;
	n->pull = event->pull;
	if (n->pull)
		return true;
	if (!str_starts(branch, STR("refs/heads/")) || !event->sha.len)
		return true;
	branch = str_skip(branch, sizeof "refs/heads/" - 1);
	return github_commit_pull(&n->github, event->sha, branch, &n->pull);
}

/* An app is called name[bot] where comments are listed. */
static bool is_by(const GithubComment *comment, Str login)
{
	if (str_equal(comment->author, login))
		return true;
	return comment->is_bot && str_ends(comment->author, STR("[bot]")) &&
	       str_equal(str_head(comment->author, comment->author.len - 5), login);
}

/* Others may copy the mark: only what the token's owner has written is edited. */
static void choose(Notice *n, const GithubComments *comments)
{
	Err ignored = {.arena = n->arena};
	Github asked = n->github;
	Str login = {0};
	asked.err = &ignored;
	for (size_t i = comments->count; i > 0; i--) {
		const GithubComment *comment = &comments->items[i - 1];
		CommentMark mark;
		if (!comment_read_mark(n->arena, comment->body, &mark) ||
			!comment_is_of(&mark, n->report->environment, n->target))
			continue;
		if (!login.len && !github_viewer(&asked, &login))
			login = STR("github-actions[bot]");
		if (!is_by(comment, login))
			continue;
		n->id = comment->id;
		n->body = comment->body;
		n->mark = mark;
		return;
	}
}

static bool write_text(const Notice *n, Str text, CommentWish wish, const char **done)
{
	bool gone = false;
	*done = "edited";
	if (n->id && !github_comment_edit(&n->github, n->id, text, &gone))
		return false;
	if (n->id && !gone)
		return true;
	*done = wish == COMMENT_OUTDATE ? "gone" : "created";
	return wish == COMMENT_OUTDATE || github_comment_create(&n->github, n->pull, text);
}

static Str text_of(const Notice *n, CommentWish wish)
{
	Report report = *n->report;
	Str text = comment_text(n->arena, &report, n->run->err, n->target, wish);
	if (redacted(n, text).ptr == text.ptr)
		return text;
	report.masked = true;
	return redacted(n, comment_text(n->arena, &report, n->run->err, n->target, wish));
}

static bool update(Notice *n)
{
	GithubComments comments;
	const char *done = "left as it is";
	if (!github_comments(&n->github, n->pull, STR(COMMENT_MARK), &comments))
		return false;
	choose(n, &comments);
	CommentWish wish = comment_wish(n->report, n->id ? &n->mark : NULL);
	if (wish != COMMENT_LEAVE) {
		Str text = text_of(n, wish);
		if (n->id && comment_is_same(n->body, text))
			done = "says the same already";
		else if (!write_text(n, text, wish, &done))
			return false;
	}
	log_line(&n->run->workflow->log, "comment on pull request #%lld: %s", (long long)n->pull,
		done);
	return true;
}

static bool notify(Notice *n, const Event *event)
{
	if (!n->github.token.len) {
		err_add(n->github.err, ERR_SERVICE, "there is no token to write it with")->hint =
			STR("give `token`, and the job `pull-requests: write`");
		return false;
	}
	if (!find_pull(n, event))
		return false;
	if (n->pull)
		return update(n);
	log_line(&n->run->workflow->log, "no comment: no pull request has brought commit %.*s",
		STR_ARG(event->sha));
	return true;
}

void pull_comment(const Run *run, Err *warnings)
{
	const Event *event = run->inputs->event;
	HttpOptions options = {.log = &run->workflow->log,
		.deadline_ms = LIMIT_MS,
		.connect_timeout_ms = CONNECT_MS,
		.wait_cap_ms = WAIT_CAP_MS};
	if (interrupt_pending())
		return;
	AUTO_HTTP http = http_open(&options);
	Notice notice = {.arena = run->arena,
		.run = run,
		.report = run->report,
		.github = {.http = http,
			.api_url = event->api_url,
			.repository = event->repository,
			.token = run->inputs->token,
			.deadline = deadline_in(LIMIT_MS),
			.arena = run->arena,
			.err = warnings},
		.target = target_digest(run->arena, run->inputs->project_ref)};
	notify(&notice, event);
}
