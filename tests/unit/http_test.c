/* wrap/http without a network: URLs, the Link and Retry-After headers, what is sent again when. */
#include "check.h"

#include "wrap/http.h"
#include "wrap/http_proxy.h"

TEST(urls_are_taken_apart)
{
	static const struct {
		Str url, host, shown;
		int64_t port;
		bool encrypted;
	} rows[] = {
		{STR_INIT("https://api.github.com"), STR_INIT("api.github.com"),
			STR_INIT("api.github.com"), 443, true},
		{STR_INIT("HTTPS://Host.example:8443/api/v3?a=b@c#d"), STR_INIT("Host.example"),
			STR_INIT("Host.example:8443"), 8443, true},
		{STR_INIT("http://127.0.0.1:80/"), STR_INIT("127.0.0.1"), STR_INIT("127.0.0.1:80"),
			80, false},
		{STR_INIT("http://[::1]:9/x"), STR_INIT("[::1]"), STR_INIT("[::1]:9"), 9, false},
		{STR_INIT("http://h?q"), STR_INIT("h"), STR_INIT("h"), 80, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		HttpUrl url;
		assert_true(http_url(rows[i].url, &url));
		check_str(url.host, rows[i].host);
		check_str(url.shown, rows[i].shown);
		check_str(http_host(rows[i].url), rows[i].shown);
		assert_int_equal(url.port, rows[i].port);
		assert_int_equal(url.encrypted, rows[i].encrypted);
	}
}

TEST(what_parsers_of_urls_disagree_about_is_refused)
{
	static const char *const urls[] = {"", "https", "https:/", "https://", "ftp://h", "//h",
		"file:///etc/passwd", "https://u@h", "https://u:p@h/", "https://h:", "https://h:0",
		"https://h:65536", "https://h:x", "https://h:1:2", "https://h\\@i", "https://h /",
		"https://h/\n", "https://[::1", "https://[::1]x", "https://[g]", "https://a[b]",
		"https://[]", "https://%68", "https://h\x80", "https://h/\xC3\xA4", " https://h"};
	HttpUrl url;
	for (size_t i = 0; i < COUNT(urls); i++)
		if (http_url(str_from(urls[i]), &url))
			fail_msg("accepted: %s", urls[i]);
	assert_false(http_url(STR("https://h\0.example"), &url));
}

TEST(an_origin_is_scheme_host_and_port)
{
	assert_true(http_same_origin(STR("https://a/x"), STR("HTTPS://A:443/y?z")));
	assert_true(http_same_origin(STR("http://a:80"), STR("http://a")));
	assert_false(http_same_origin(STR("https://a"), STR("http://a")));
	assert_false(http_same_origin(STR("https://a"), STR("https://a:8443")));
	assert_false(http_same_origin(STR("https://a"), STR("https://a.b")));
	assert_false(http_same_origin(STR("a"), STR("a")));
}

TEST(loopback_is_told_by_the_address)
{
	static const char *const local[] = {
		"localhost", "LOCALHOST", "127.0.0.1", "127.255.0.9", "[::1]"};
	static const char *const remote[] = {"", "127", "127.1", "127.0.0.1.evil.com", "128.0.0.1",
		"127.0.0.256", "127.0.0.1.", "127.a.0.1", "localhost.evil.com", "[::2]", "0.0.0.0",
		"127.0.0.0001"};
	for (size_t i = 0; i < COUNT(local); i++)
		assert_true(http_is_loopback(str_from(local[i])));
	for (size_t i = 0; i < COUNT(remote); i++)
		if (http_is_loopback(str_from(remote[i])))
			fail_msg("taken for this machine: %s", remote[i]);
}

TEST(the_link_of_a_relation_is_found)
{
	static const struct {
		Str header, next;
	} rows[] = {
		{STR_INIT("<https://a/?page=2>; rel=\"next\", <https://a/?page=9>; rel=\"last\""),
			STR_INIT("https://a/?page=2")},
		{STR_INIT("<a>; rel=\"prev\", <b>; rel=\"next\""), STR_INIT("b")},
		{STR_INIT("<a>;rel=next"), STR_INIT("a")},
		{STR_INIT("<a>; REL = \"First NEXT\""), STR_INIT("a")},
		{STR_INIT("<a,b;c>; title=\"x, <y>; rel=\\\"next\"; rel=next"), STR_INIT("a,b;c")},
		{STR_INIT("  <a>; x; rel=prev; rel=next,,<b>;rel=next"), STR_INIT("b")},
		{STR_INIT("<a>, <b>; rel=next"), STR_INIT("b")},
		{STR_INIT("<a>; rel=\"nextish\""), STR_INIT("")},
		{STR_INIT("<a; rel=next"), STR_INIT("")},
		{STR_INIT("a; rel=next"), STR_INIT("")},
		{STR_INIT("<a>; rel=\"next"), STR_INIT("a")},
		{STR_INIT("<a>; rel"), STR_INIT("")},
		{STR_INIT("<a>; ="), STR_INIT("")},
		{STR_INIT("<a>;;;"), STR_INIT("")},
		{STR_INIT(""), STR_INIT("")},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++)
		check_str(http_link(check_exact(&scratch, rows[i].header), STR("next")),
			rows[i].next);
	check_str(http_link((Str){0}, STR("next")), STR(""));
}

TEST(numbers_have_digits_only)
{
	assert_int_equal(http_number(STR("0")), 0);
	assert_int_equal(http_number(STR("999999999999999")), 999999999999999);
	assert_int_equal(http_number(STR("1000000000000000")), -1);
	assert_int_equal(http_number(STR("")), -1);
	assert_int_equal(http_number(STR("-1")), -1);
	assert_int_equal(http_number(STR("1.5")), -1);
	assert_int_equal(http_number(STR(" 1")), -1);
}

/* The three forms of a date that RFC 9110, 5.6.7, names, all of them 784111777. */
TEST(a_proxys_login_is_found)
{
	static const struct {
		const char *url, *login;
	} rows[] = {
		{"http://user:pass@proxy.example.org:3128", "user:pass"},
		{"user:pass@proxy.example.org:3128/", "user:pass"},
		{"socks6://user:p@ss@proxy.example.org", "user:p@ss"},
		{"socks5h://token@proxy.example.org", "token"},
		{"http://user:pa/ss@proxy.example.org", "user:pa/ss"},
		{"http://proxy.example.org:3128", ""},
		{"http://@proxy.example.org", ""},
		{"://", ""},
		{"@", ""},
		{"", ""},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(rows[i].url, http_proxy_login(str_from(rows[i].url)),
			str_from(rows[i].login));
}

TEST(a_reset_is_a_time_or_a_number_of_seconds)
{
	const int64_t now = 1790000000;
	assert_int_equal(http_reset_after(STR("1790000010"), now), 11);
	assert_int_equal(http_reset_after(STR("1789999990"), now), 1);
	assert_int_equal(http_reset_after(STR("8"), now), 8);
	assert_int_equal(http_reset_after(STR(" 60 "), now), 60);
	assert_int_equal(http_reset_after(STR("0"), now), 1);
	assert_int_equal(http_reset_after(STR("3600"), now), 3600);
	assert_int_equal(http_reset_after(STR("soon"), now), -1);
	assert_int_equal(http_reset_after((Str){0}, now), -1);
}

TEST(retry_after_is_seconds_or_a_date)
{
	const int64_t now = 784111700;
	assert_int_equal(http_retry_after(STR("120"), now), 120);
	assert_int_equal(http_retry_after(STR(" 0 "), now), 0);
	assert_int_equal(http_retry_after(STR("Sun, 06 Nov 1994 08:49:37 GMT"), now), 77);
	assert_int_equal(http_retry_after(STR("Sunday, 06-Nov-94 08:49:37 GMT"), now), 77);
	assert_int_equal(http_retry_after(STR("Sun Nov  6 08:49:37 1994"), now), 77);
	assert_int_equal(http_retry_after(STR("Sun, 06 Nov 1994 08:49:37 GMT"), now + 1000), 0);
	assert_int_equal(http_retry_after(STR(""), now), -1);
	assert_int_equal(http_retry_after((Str){0}, now), -1);
	assert_int_equal(http_retry_after(STR("soon"), now), -1);
	assert_int_equal(http_retry_after(STR("-5"), now), -1);
	assert_int_equal(http_retry_after(STR("99999999999999999999"), now), -1);
}

TEST(a_status_tells_what_has_become_of_a_request)
{
	static const struct {
		int status;
		Str remaining, retry_after;
		HttpOutcome outcome;
	} rows[] = {
		{200, STR_INIT("0"), STR_INIT(""), HTTP_ANSWERED},
		{304, STR_INIT(""), STR_INIT(""), HTTP_ANSWERED},
		{400, STR_INIT(""), STR_INIT(""), HTTP_ANSWERED},
		{401, STR_INIT("0"), STR_INIT(""), HTTP_ANSWERED},
		{403, STR_INIT("17"), STR_INIT(""), HTTP_ANSWERED},
		{403, STR_INIT(""), STR_INIT(""), HTTP_ANSWERED},
		{403, STR_INIT("0"), STR_INIT(""), HTTP_THROTTLED},
		{403, STR_INIT("17"), STR_INIT("60"), HTTP_THROTTLED},
		{404, STR_INIT(""), STR_INIT(""), HTTP_ANSWERED},
		{408, STR_INIT(""), STR_INIT(""), HTTP_FAULTY},
		{429, STR_INIT(""), STR_INIT(""), HTTP_THROTTLED},
		{500, STR_INIT(""), STR_INIT(""), HTTP_FAULTY},
		{501, STR_INIT(""), STR_INIT(""), HTTP_ANSWERED},
		{503, STR_INIT(""), STR_INIT("5"), HTTP_FAULTY},
		{505, STR_INIT(""), STR_INIT(""), HTTP_ANSWERED},
		{522, STR_INIT(""), STR_INIT(""), HTTP_FAULTY},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		HttpResponse response = {.status = rows[i].status,
			.rate_remaining = rows[i].remaining,
			.retry_after = rows[i].retry_after};
		assert_int_equal(http_outcome(&response), rows[i].outcome);
	}
}

TEST(a_refusal_that_speaks_of_a_rate_limit_is_none_of_rights)
{
	static const struct {
		int status;
		const char *body;
		bool throttled;
	} rows[] = {
		{403, "{\"message\": \"You have exceeded a secondary rate limit.\"}", true},
		{403, "API Rate Limit", true},
		{403, "https://docs.github.com/rest/rate-limit", false},
		{403, "a rate limi", false},
		{403, "Resource not accessible by integration", false},
		{403, "", false},
		{404, "rate limit", false},
		{200, "rate limit", false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		HttpResponse response = {.status = rows[i].status, .body = str_from(rows[i].body)};
		check_that(rows[i].body, http_is_throttled(&response) == rows[i].throttled);
	}
}

TEST(a_throttling_server_says_how_long_or_means_a_minute)
{
	static const struct {
		int status;
		Str remaining, reset, retry_after, body;
		int64_t seconds;
	} rows[] = {
		{403, STR_INIT("0"), STR_INIT("1790000090"), STR_INIT(""), STR_INIT(""), 91},
		{403, STR_INIT("0"), STR_INIT("1789999900"), STR_INIT(""), STR_INIT(""), 1},
		{403, STR_INIT("0"), STR_INIT("1790000090"), STR_INIT("5"), STR_INIT(""), 5},
		{403, STR_INIT("9"), STR_INIT("1790000090"), STR_INIT(""), STR_INIT("rate limit"),
			60},
		{403, STR_INIT(""), STR_INIT(""), STR_INIT(""), STR_INIT("rate limit"), 60},
		{403, STR_INIT("9"), STR_INIT("1790000090"), STR_INIT(""), STR_INIT(""), -1},
		{429, STR_INIT(""), STR_INIT(""), STR_INIT(""), STR_INIT("rate limit"), -1},
		{503, STR_INIT(""), STR_INIT(""), STR_INIT("7"), STR_INIT(""), 7},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		HttpResponse response = {.status = rows[i].status,
			.rate_remaining = rows[i].remaining,
			.rate_reset = rows[i].reset,
			.retry_after = rows[i].retry_after,
			.body = rows[i].body};
		assert_int_equal(http_asked_wait(&response, 1790000000), rows[i].seconds);
	}
}

static int64_t wait_for(HttpOutcome outcome, HttpMethod method, bool repeatable, unsigned attempts)
{
	HttpTry attempt = {.outcome = outcome,
		.method = method,
		.repeatable = repeatable,
		.attempts = attempts,
		.asked_ms = -1,
		.left_ms = 1000000};
	return http_retry_wait(&attempt, 1000, 30000);
}

TEST(only_what_does_no_harm_is_sent_again)
{
	static const struct {
		HttpOutcome outcome;
		bool get, post;
	} rows[] = {
		{HTTP_ANSWERED, false, false},
		{HTTP_UNSENT, true, true},
		{HTTP_BROKEN, true, false},
		{HTTP_FAULTY, true, false},
		{HTTP_THROTTLED, true, true},
		{HTTP_HOPELESS, false, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		HttpOutcome outcome = rows[i].outcome;
		assert_int_equal(wait_for(outcome, HTTP_GET, false, 1) >= 0, rows[i].get);
		assert_int_equal(wait_for(outcome, HTTP_PUT, false, 1) >= 0, rows[i].get);
		assert_int_equal(wait_for(outcome, HTTP_DELETE, false, 1) >= 0, rows[i].get);
		assert_int_equal(wait_for(outcome, HTTP_POST, false, 1) >= 0, rows[i].post);
		assert_int_equal(wait_for(outcome, HTTP_PATCH, false, 1) >= 0, rows[i].post);
		assert_int_equal(wait_for(outcome, HTTP_POST, true, 1) >= 0, rows[i].get);
		assert_true(http_why(outcome)[0]);
	}
}

TEST(waits_double_and_attempts_end)
{
	assert_int_equal(wait_for(HTTP_FAULTY, HTTP_GET, false, 1), 500);
	assert_int_equal(wait_for(HTTP_FAULTY, HTTP_GET, false, 2), 1000);
	assert_int_equal(wait_for(HTTP_FAULTY, HTTP_GET, false, 3), 2000);
	assert_int_equal(wait_for(HTTP_FAULTY, HTTP_GET, false, 4), -1);
	for (uint32_t chance = 0; chance < 5000; chance += 7) {
		HttpTry attempt = {.outcome = HTTP_FAULTY,
			.attempts = 2,
			.asked_ms = -1,
			.left_ms = 100000,
			.chance = chance};
		int64_t wait = http_retry_wait(&attempt, 1000, 30000);
		assert_true(wait >= 1000 && wait <= 2000);
	}
}

TEST(the_servers_wish_is_obeyed_within_limits)
{
	HttpTry attempt = {
		.outcome = HTTP_THROTTLED, .attempts = 1, .asked_ms = 30000, .left_ms = 60000};
	int64_t wait = http_retry_wait(&attempt, 1000, 30000);
	assert_true(wait >= 30000 && wait <= 31000);
	attempt.asked_ms = 30001;
	assert_int_equal(http_retry_wait(&attempt, 1000, 30000), -1);
	attempt.asked_ms = 0;
	assert_true(http_retry_wait(&attempt, 1000, 30000) >= 0);
	attempt.asked_ms = 20000;
	attempt.left_ms = 20000;
	assert_int_equal(http_retry_wait(&attempt, 1000, 30000), -1);
}

static ErrKind send_to(Arena *arena, const char *url, Str bearer, Err *err)
{
	HttpOptions options = {.backoff_ms = 1};
	AUTO_HTTP http = http_open(&options);
	HttpRequest request = {.url = str_from(url), .bearer = bearer};
	HttpResponse response;
	*err = (Err){.arena = arena};
	assert_false(http_send(arena, http, &request, &response, err));
	assert_int_equal(err->count, 1);
	return err_kind(err);
}

TEST(what_may_not_be_sent_is_refused)
{
	ARENA_SCRATCH(scratch);
	Err err;
	assert_int_equal(send_to(&scratch, "http://example.com/", STR("t"), &err), ERR_SERVICE);
	check_contains(err.first->message, "not encrypted");
	assert_int_equal(send_to(&scratch, "ftp://example.com/", STR("t"), &err), ERR_SERVICE);
	check_contains(err.first->message, "ftp://example.com/");
	assert_int_equal(send_to(&scratch, "https://a:secret@b/", STR("t"), &err), ERR_SERVICE);
	assert_false(str_contains(err.first->message, STR("secret")));
	assert_int_equal(
		send_to(&scratch, "https://localhost:9/", STR("a\r\nX: y"), &err), ERR_SERVICE);
	check_contains(err.first->message, "control character");
}

TEST(a_closed_port_is_told_after_four_attempts)
{
	ARENA_SCRATCH(scratch);
	Err err;
	assert_int_equal(send_to(&scratch, "http://127.0.0.1:9/", STR("t"), &err), ERR_SERVICE);
	check_str(err.first->message,
		STR("could not connect to 127.0.0.1:9: Connection refused (4 attempts)"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(urls_are_taken_apart),
		cmocka_unit_test(what_parsers_of_urls_disagree_about_is_refused),
		cmocka_unit_test(an_origin_is_scheme_host_and_port),
		cmocka_unit_test(loopback_is_told_by_the_address),
		cmocka_unit_test(the_link_of_a_relation_is_found),
		cmocka_unit_test(numbers_have_digits_only),
		cmocka_unit_test(retry_after_is_seconds_or_a_date),
		cmocka_unit_test(a_proxys_login_is_found),
		cmocka_unit_test(a_reset_is_a_time_or_a_number_of_seconds),
		cmocka_unit_test(a_status_tells_what_has_become_of_a_request),
		cmocka_unit_test(a_refusal_that_speaks_of_a_rate_limit_is_none_of_rights),
		cmocka_unit_test(a_throttling_server_says_how_long_or_means_a_minute),
		cmocka_unit_test(only_what_does_no_harm_is_sent_again),
		cmocka_unit_test(waits_double_and_attempts_end),
		cmocka_unit_test(the_servers_wish_is_obeyed_within_limits),
		cmocka_unit_test(what_may_not_be_sent_is_refused),
		cmocka_unit_test(a_closed_port_is_told_after_four_attempts),
	};
	return cmocka_run_group_tests_name("http", tests, NULL, NULL);
}
