#include "wrap/http_proxy.h"

#include <stdlib.h>

/* What precedes the last @ counts, so that a password with one in it is found whole. */
Str http_proxy_login(Str url)
{
	for (size_t i = 0; i + 3 <= url.len; i++)
		if (str_starts(str_skip(url, i), STR("://"))) {
			url = str_skip(url, i + 3);
			break;
		}
	size_t end = url.len;
	while (end && url.ptr[end - 1] != '@')
		end--;
	return end ? str_head(url, end - 1) : (Str){0};
}

void http_proxy_keep(Secrets *secrets)
{
	static const char *const names[] = {
		"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		Str login = http_proxy_login(str_from(getenv(names[i]))), password = login, user;
		secret_add_forms(secrets, login);
		str_next(&password, ':', &user);
		secret_add_forms(secrets, password);
	}
}
