#include "wrap/http_retry.h"

#include "wrap/http_text.h"

enum {
	ATTEMPTS_MAX = 4,
	BACKOFF_MAX_MS = 60 * 1000,
};

/* The table of retries. */
static const struct {
	bool repeatable; /* requests that do no harm twice are sent again */
	bool others; /* all others too */
	const char *why;
} rules[] = {
	[HTTP_ANSWERED] = {false, false, "it is the answer"},
	[HTTP_UNSENT] = {true, true, "nothing was sent"},
	[HTTP_BROKEN] = {true, false, "to ask twice does no harm"},
	[HTTP_FAULTY] = {true, false, "often gone in a moment"},
	[HTTP_THROTTLED] = {true, true, "refused for now, and not carried out"},
	[HTTP_HOPELESS] = {false, false, "the same would come again"},
};

bool http_is_idempotent(HttpMethod method)
{
	return method == HTTP_GET || method == HTTP_PUT || method == HTTP_DELETE;
}

static bool starts_with_word(Str text, Str word)
{
	size_t i = 0;
	while (i < word.len && i < text.len && (text.ptr[i] | 0x20) == (word.ptr[i] | 0x20))
		i++;
	return i == word.len;
}

/* GitHub's 403 for a token that may do it but has asked too often comes without any header at
 * times. */
static bool speaks_of_rate_limit(Str body)
{
	static const Str words = STR_INIT("rate limit");
	for (; body.len >= words.len; body = str_skip(body, 1))
		if (starts_with_word(body, words))
			return true;
	return false;
}

bool http_is_used_up(const HttpResponse *response)
{
	return str_equal(str_trim(response->rate_remaining), STR("0"));
}

bool http_is_throttled(const HttpResponse *response)
{
	return response->status == 429 ||
	       (response->status == 403 &&
		       (response->retry_after.len || http_is_used_up(response) ||
			       speaks_of_rate_limit(response->body)));
}

HttpOutcome http_outcome(const HttpResponse *response)
{
	int status = response->status;
	if (http_is_throttled(response))
		return HTTP_THROTTLED;
	if (status == 408 || (status >= 500 && status != 501 && status != 505))
		return HTTP_FAULTY;
	return HTTP_ANSWERED;
}

int64_t http_reset_after(Str header, int64_t now)
{
	enum {
		LONGEST = 100 * 1000 * 1000 /* three years; as a time, one of 1973 */
	};
	int64_t value = http_number(str_trim(header));
	if (value < 0)
		return -1;
	int64_t wait = value < LONGEST ? value : value - now + 1;
	return wait < 1 ? 1 : wait;
}

int64_t http_retry_wait(const HttpTry *attempt, int64_t backoff_ms, int64_t cap_ms)
{
	bool repeatable = attempt->repeatable || http_is_idempotent(attempt->method);
	bool again =
		repeatable ? rules[attempt->outcome].repeatable : rules[attempt->outcome].others;
	if (!again || attempt->attempts >= ATTEMPTS_MAX)
		return -1;
	int64_t wait = backoff_ms;
	for (unsigned i = 1; i < attempt->attempts && wait < BACKOFF_MAX_MS; i++)
		wait *= 2;
	wait = wait / 2 + (wait > 1 ? attempt->chance % (wait / 2 + 1) : 0);
	if (attempt->asked_ms >= 0) /* jitter on top: not all at the same moment */
		wait = attempt->asked_ms + wait / 2;
	return attempt->asked_ms > cap_ms || wait >= attempt->left_ms ? -1 : wait;
}

const char *http_why(HttpOutcome outcome)
{
	return rules[outcome].why;
}
