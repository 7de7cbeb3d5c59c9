#include "action/given_url.h"

#include "wrap/http_text.h"

/* The password as it is written in a URL, also in one that cannot be parsed: what is between
 * the user's colon and the last @. */
static Str password_as_written(Str url)
{
	size_t begin = 0, end = 0;
	for (size_t i = 0; i + 2 < url.len && !begin; i++)
		if (str_starts(str_skip(url, i), STR("://")))
			begin = i + 3;
	while (begin < url.len && url.ptr[begin] != ':' && url.ptr[begin] != '@')
		begin++;
	for (size_t i = begin; i < url.len; i++)
		if (url.ptr[i] == '@')
			end = i;
	return begin + 1 < end ? (Str){url.ptr + begin + 1, end - begin - 1} : (Str){0};
}

/* The value of `password=` in a URL's query part, as it is written. */
static Str password_in_query(Str url)
{
	Str query = url, ignored, pair;
	str_next(&query, '?', &ignored);
	while (str_next(&query, '&', &pair))
		if (str_starts(pair, STR("password=")))
			return str_skip(pair, sizeof "password=" - 1);
	return (Str){0};
}

GivenUrl given_url_read(Arena *arena, const char *id, Str text)
{
	GivenUrl url = {.id = id, .text = text};
	db_url_parameters(arena, text, &url.parameters);
	url.parsed = text.len && db_url_parse(arena, url.parameters.clean, &url.parts);
	return url;
}

bool given_url_keep(const GivenUrl *url, Secrets *secrets)
{
	Str password = url->parts.password;
	const Str forms[] = {
		password_as_written(url->text), password_in_query(url->text), password};
	bool masked = true;
	secret_add(secrets, url->text);
	secret_add(secrets, url->parameters.clean);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (forms[i].len && !secret_add(secrets, forms[i]))
			masked = false;
	secret_add_forms(secrets, password);
	return masked;
}

bool given_url_is_here(const GivenUrl *url)
{
	Str host = url->parts.hostaddr.len ? url->parts.hostaddr : url->parts.host;
	return str_starts(host, STR("/")) || str_equal(host, STR("::1")) || http_is_loopback(host);
}

/* Are all hosts' ports numbers of a port, or empty? libpq would say so only when it connects. */
static bool has_valid_ports(Str ports)
{
	Str port;
	while (str_next(&ports, ',', &port)) {
		unsigned number = 0;
		for (size_t i = 0; i < port.len; i++) {
			if (port.ptr[i] < '0' || port.ptr[i] > '9' || number > UINT16_MAX)
				return false;
			number = number * 10 + (unsigned)(port.ptr[i] - '0');
		}
		if (port.len && (number == 0 || number > UINT16_MAX))
			return false;
	}
	return true;
}

static bool is_postgres_url(Str url)
{
	return str_starts(url, STR("postgres://")) || str_starts(url, STR("postgresql://"));
}

/* A password with a bare @ or / is taken for a part of the host or the database: libpq's messages
 * would show it. */
static bool is_misread(Str url, const DbUrl *parts)
{
	return str_contains(parts->host, STR("@")) || str_contains(parts->database, STR("@")) ||
	       str_contains(parts->port, STR("@")) ||
	       (!parts->user.len && str_contains(url, STR("@")));
}

/* Supabase's dashboard shows URLs with it. */
static bool has_placeholder(const GivenUrl *url)
{
	const Str texts[] = {url->text, url->parts.password};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (str_contains(texts[i], STR("[YOUR-PASSWORD]")) ||
			str_contains(texts[i], STR("[YOUR_PASSWORD]")))
			return true;
	return false;
}

/* False with a fault if the query part holds what libpq would refuse. */
static bool check_parameters(const GivenUrl *url, Err *err)
{
	const DbUrlParameters *given = &url->parameters;
	const char *id = url->id;
	if (given->unknown.len)
		err_add(err, ERR_INPUT, "%s: PostgreSQL knows no parameter '%.*s'", id,
			STR_ARG(str_visible(err->arena, str_head(given->unknown, 80))))
			->hint =
			STR("take it out of the URL. How the server is verified, db-ssl-mode "
			    "and db-ca-cert say");
	else if (given->misfit.len)
		err_add(err, ERR_INPUT, "%s: the value of %.*s is not %s%s", id,
			STR_ARG(given->misfit), given->is_list ? "one of " : "", given->values)
			->hint = str_equal(given->misfit, STR("sslmode"))
					 ? STR("sslmode=require encrypts, and verifies nobody")
					 : (Str){0};
	return !given->unknown.len && !given->misfit.len;
}

static bool verifies_nothing(Str sslmode)
{
	return str_equal(sslmode, STR("disable")) || str_equal(sslmode, STR("allow")) ||
	       str_equal(sslmode, STR("prefer"));
}

void given_url_check(const GivenUrl *url, Str ca_cert, Err *err)
{
	const char *id = url->id;
	const DbUrl *parts = &url->parts;
	if (!is_postgres_url(url->text)) {
		err_add(err, ERR_INPUT, "%s: it does not begin with postgresql:// or postgres://",
			id);
	} else if (has_placeholder(url)) {
		err_add(err, ERR_INPUT,
			"%s: the dashboard's placeholder is still in place of the password", id)
			->hint =
			STR("put the database password there, percent-encoded and without the "
			    "brackets");
	} else if (!check_parameters(url, err)) {
		return;
	} else if (!url->parsed || is_misread(url->text, parts)) {
		err_add(err, ERR_INPUT, "%s: it cannot be read as a PostgreSQL URL", id)->hint =
			STR("special characters of the password must be percent-encoded: "
			    "@ is %40, / is %2F, # is %23, % is %25");
	} else if (!parts->host.len && !parts->hostaddr.len) {
		err_add(err, ERR_INPUT, "%s: it names no host", id);
	} else if (!has_valid_ports(parts->port)) {
		err_add(err, ERR_INPUT, "%s: its port is not a number from 1 to 65535", id);
	} else if (ca_cert.len && verifies_nothing(parts->sslmode)) {
		err_add(err, ERR_INPUT,
			"db-ca-cert: the %s says sslmode=%.*s, which verifies nothing", id,
			STR_ARG(parts->sslmode))
			->hint = STR("take sslmode out of the URL");
	}
}

Str given_url_ignored(Arena *arena, const GivenUrl *url)
{
	size_t count = url->parameters.ignored.count;
	Buf list = buf_new(arena, url->text.len * 2);
	for (size_t i = 0; i < count; i++)
		buf_format(
			&list, "%s%.*s", i ? ", " : "", STR_ARG(url->parameters.ignored.items[i]));
	if (!count)
		return (Str){0};
	return str_format(arena, "%s: ignored, for only other programs understand %s: %.*s",
		url->id, count == 1 ? "it" : "them", STR_ARG(buf_str(&list)));
}
