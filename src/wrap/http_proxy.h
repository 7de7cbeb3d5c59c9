/* The proxies of the environment, as far as they are secrets: http_proxy, https_proxy and
 * all_proxy, in either case. Which of them is used for what is libcurl's (wrap/http); its messages
 * quote them. */
#ifndef WRAP_HTTP_PROXY_H
#define WRAP_HTTP_PROXY_H

#include "base/secret.h"

/* Registers user and password of each, together and the password alone, in all forms. */
void http_proxy_keep(Secrets *secrets);
/* The part of a proxy's URL before its host, `user:password`; empty if there is none. The scheme
 * may be missing. */
Str http_proxy_login(Str url);

#endif
