/* The texts of HTTP that need no library: URLs, percent-encoding, the Link header. */
#ifndef WRAP_HTTP_TEXT_H
#define WRAP_HTTP_TEXT_H

#include "base/str.h"

/* An absolute http or https URL. Its texts are views. */
typedef struct HttpUrl {
	bool encrypted;
	Str host; /* IPv6 addresses with their brackets */
	int64_t port; /* also when it is not written */
	Str shown; /* host, and the port where it is written */
} HttpUrl;

/* Takes a URL apart (RFC 3986, 3). Strict: no user, no blanks, nothing but visible ASCII, so that
 * what is checked here is what any other parser connects to. */
bool http_url(Str text, HttpUrl *out);
/* Same scheme, host and port? False if one of them is no URL. */
bool http_same_origin(Str a, Str b);
/* host or host:port of a URL, for people; the URL itself if it is none. */
Str http_host(Str url);
/* "7 MiB", "512 bytes", for people. */
Str http_size(Arena *arena, size_t bytes);
/* localhost, 127.0.0.0/8 in four decimal numbers, [::1]. */
bool http_is_loopback(Str host);

/* The target of a Link header's relation (RFC 8288, 3), a view; empty if there is none. */
Str http_link(Str header, Str relation);
/* Digits only, below 10^15: all that a number of seconds or bytes can be; else -1. */
int64_t http_number(Str text);
/* Names of headers, schemes and hosts: the case of ASCII letters does not matter. */
bool http_equal_nocase(Str a, Str b);
/* Is there a byte below U+0020, or U+007F? Such a header could start another one. */
bool http_has_control(Str text);

#endif
