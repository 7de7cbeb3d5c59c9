#define _DEFAULT_SOURCE /* strncasecmp */
#include "wrap/http_text.h"

#include <string.h>
#include <strings.h>

bool http_equal_nocase(Str a, Str b)
{
	return a.len == b.len && (!a.len || strncasecmp(a.ptr, b.ptr, a.len) == 0);
}

int64_t http_number(Str s)
{
	int64_t value = 0;
	if (!s.len || s.len > 15)
		return -1;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return -1;
		value = value * 10 + (s.ptr[i] - '0');
	}
	return value;
}

static Str skip_blanks(Str s)
{
	while (s.len && (s.ptr[0] == ' ' || s.ptr[0] == '\t'))
		s = str_skip(s, 1);
	return s;
}

/* Cuts a parameter's value off `rest`: a token, or a quoted string, whose escapes stay. */
static Str take_value(Str *rest)
{
	bool quoted = str_starts(*rest, STR("\""));
	Str s = str_skip(*rest, quoted);
	size_t end = 0;
	while (end < s.len && (quoted ? s.ptr[end] != '"' : !strchr("; ,\t", s.ptr[end])))
		end += quoted && s.ptr[end] == '\\' && end + 1 < s.len ? 2 : 1;
	*rest = str_skip(s, end + quoted);
	return str_head(s, end);
}

/* Relations are separated by blanks, and their case does not matter. */
static bool has_word(Str words, Str word)
{
	Str one;
	while (str_next(&words, ' ', &one))
		if (http_equal_nocase(one, word))
			return true;
	return false;
}

/* The parameters of one link; `rest` ends before the next comma, or at the end. */
static bool link_is(Str *rest, Str relation)
{
	bool found = false, seen = false;
	for (;;) {
		*rest = skip_blanks(*rest);
		if (!str_starts(*rest, STR(";")))
			return found;
		*rest = skip_blanks(str_skip(*rest, 1));
		size_t end = 0;
		while (end < rest->len && !strchr("=;, \t", rest->ptr[end]))
			end++;
		Str name = str_head(*rest, end), value = {0};
		*rest = skip_blanks(str_skip(*rest, end));
		if (str_starts(*rest, STR("="))) {
			*rest = skip_blanks(str_skip(*rest, 1));
			value = take_value(rest);
		}
		if (!seen &&
			http_equal_nocase(name, STR("rel"))) { /* RFC 8288, 3.3: the first counts */
			seen = true;
			found = has_word(value, relation);
		}
	}
}

Str http_link(Str header, Str relation)
{
	for (Str rest = skip_blanks(header); str_starts(rest, STR("<"));) {
		Str target;
		rest = str_skip(rest, 1);
		if (!memchr(rest.ptr, '>', rest.len))
			break;
		str_next(&rest, '>', &target);
		if (link_is(&rest, relation))
			return target;
		while (rest.len &&
			(rest.ptr[0] == ',' || rest.ptr[0] == ' ' || rest.ptr[0] == '\t'))
			rest = str_skip(rest, 1);
	}
	return (Str){0};
}

static bool is_visible_ascii(Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] <= ' ' || s.ptr[i] >= 0x7F || s.ptr[i] == '\\')
			return false;
	return true;
}

/* Nothing in it that one parser of URLs takes for something else than another. */
static bool is_host(Str host)
{
	static const char name[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
	bool address = str_starts(host, STR("[")) && str_ends(host, STR("]"));
	if (address)
		host = str_head(str_skip(host, 1), host.len - 2);
	for (size_t i = 0; i < host.len; i++)
		if (!strchr(address ? "0123456789abcdefABCDEF:." : name, host.ptr[i]))
			return false;
	return host.len > 0;
}

static size_t host_length(Str s)
{
	size_t end = 0;
	bool address = str_starts(s, STR("["));
	while (end < s.len && !strchr(address ? "]/?#" : ":/?#", s.ptr[end]))
		end++;
	return end + (address && end < s.len && s.ptr[end] == ']');
}

bool http_url(Str text, HttpUrl *out)
{
	Str scheme = str_head(text, 8), rest = str_skip(text, 8), digits = {0};
	*out = (HttpUrl){.encrypted = http_equal_nocase(scheme, STR("https://"))};
	if (!out->encrypted && http_equal_nocase(str_head(text, 7), STR("http://")))
		rest = str_skip(text, 7);
	else if (!out->encrypted)
		return false;
	out->host = str_head(rest, host_length(rest));
	out->port = out->encrypted ? 443 : 80;
	rest = str_skip(rest, out->host.len);
	if (str_starts(rest, STR(":"))) {
		rest = str_skip(rest, 1);
		while (digits.len < rest.len && !strchr("/?#", rest.ptr[digits.len]))
			digits.len++;
		digits.ptr = rest.ptr;
		out->port = http_number(digits);
		rest = str_skip(rest, digits.len);
	}
	out->shown = (Str){out->host.ptr, (size_t)(rest.ptr - out->host.ptr)};
	return is_host(out->host) && out->port > 0 && out->port < 65536 && is_visible_ascii(text) &&
	       (!rest.len || strchr("/?#", rest.ptr[0]));
}

Str http_host(Str url)
{
	HttpUrl parts;
	return http_url(url, &parts) ? parts.shown : url;
}

bool http_same_origin(Str a, Str b)
{
	HttpUrl first, second;
	return http_url(a, &first) && http_url(b, &second) && first.encrypted == second.encrypted &&
	       first.port == second.port && http_equal_nocase(first.host, second.host);
}

static bool is_octet(Str digits)
{
	int64_t value = digits.len <= 3 ? http_number(digits) : -1;
	return value >= 0 && value < 256;
}

bool http_is_loopback(Str host)
{
	Str rest = host, part;
	size_t octets = 0;
	bool numeric = true;
	while (str_next(&rest, '.', &part)) {
		numeric = numeric && is_octet(part);
		octets++;
	}
	return (numeric && octets == 4 && str_starts(host, STR("127."))) ||
	       http_equal_nocase(host, STR("localhost")) || str_equal(host, STR("[::1]"));
}

bool http_has_control(Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7F)
			return true;
	return false;
}

Str http_size(Arena *arena, size_t bytes)
{
	return bytes >= 1 << 20 ? str_format(arena, "%zu MiB", bytes >> 20)
				: str_format(arena, "%zu bytes", bytes);
}
