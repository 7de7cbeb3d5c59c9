#include "wrap/db_url.h"

#include <libpq-fe.h>

static void conninfo_free(PQconninfoOption **options)
{
	PQconninfoFree(*options);
}
#define AUTO_CONNINFO __attribute__((cleanup(conninfo_free))) PQconninfoOption *

bool db_url_parse(Arena *arena, Str url, DbUrl *out)
{
	char *reason = NULL;
	AUTO_CONNINFO options = PQconninfoParse(str_z(arena, url), &reason);
	PQfreemem(reason);
	if (!options)
		return false;
	const struct {
		Str keyword;
		Str *to;
	} wanted[] = {{STR("host"), &out->host}, {STR("port"), &out->port},
		{STR("user"), &out->user}, {STR("password"), &out->password},
		{STR("dbname"), &out->database}, {STR("sslmode"), &out->sslmode},
		{STR("sslrootcert"), &out->sslrootcert}, {STR("hostaddr"), &out->hostaddr}};
	for (PQconninfoOption *option = options; option->keyword; option++)
		for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
			if (option->val && str_equal(str_from(option->keyword), wanted[i].keyword))
				*wanted[i].to = str_copy(arena, str_from(option->val));
	return true;
}

/* ---- the query part ---- */

static bool is_foreign(Str name)
{
	static const Str names[] = {
#define FOREIGN_PARAMETER(name, program) STR_INIT(name),
#define PARAMETER_VALUES(name, values)
#include "wrap/db_url.def"
#undef FOREIGN_PARAMETER
#undef PARAMETER_VALUES
	};
	return STR_IS_AMONG(name, names);
}

/* NULL: any. */
static const char *values_of(Str name)
{
	static const struct {
		Str name;
		const char *values;
	} table[] = {
#define FOREIGN_PARAMETER(name, program)
#define PARAMETER_VALUES(name, values) {STR_INIT(name), values},
#include "wrap/db_url.def"
#undef FOREIGN_PARAMETER
#undef PARAMETER_VALUES
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_equal(name, table[i].name))
			return table[i].values;
	return NULL;
}

static bool is_number(Str value)
{
	Str digits = str_starts(value, STR("-")) ? str_skip(value, 1) : value;
	for (size_t i = 0; i < digits.len; i++)
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
			return false;
	return digits.len > 0;
}

static bool is_among(Str value, const char *values)
{
	Str rest = str_from(values), choice;
	if (str_equal(rest, STR("a number")))
		return is_number(value);
	while (str_next(&rest, '|', &choice))
		if (str_equal(value, choice))
			return true;
	return false;
}

/* Of libpq's; `ssl=true`, as JDBC has it, is sslmode=require to it. */
static bool is_known(const PQconninfoOption *options, Str name, Str value)
{
	if (str_equal(name, STR("ssl")) && str_equal(value, STR("true")))
		return true;
	for (const PQconninfoOption *option = options; option && option->keyword; option++)
		if (str_equal(name, str_from(option->keyword)))
			return true;
	return false;
}

/* Where the query part begins, after its question mark; the URL's length if there is none. An @
 * before the first slash ends the password, which may hold a question mark. */
static size_t query_start(Str url)
{
	Str scheme = STR("://");
	size_t at = 0;
	while (at < url.len && !str_starts(str_skip(url, at), scheme))
		at++;
	at = at + scheme.len < url.len ? at + scheme.len : url.len;
	for (size_t i = at; i < url.len && url.ptr[i] != '/'; i++)
		if (url.ptr[i] == '@') {
			at = i;
			break;
		}
	while (at < url.len && url.ptr[at] != '?')
		at++;
	return at < url.len ? at + 1 : at;
}

/* What is percent-encoded, and what is no pair, is left to libpq. */
static void judge_parameter(
	Arena *arena, const PQconninfoOption *options, Str pair, DbUrlParameters *out)
{
	Str value = pair, name;
	str_next(&value, '=', &name);
	const char *values = values_of(name);
	if (str_contains(pair, STR("%")) || !name.len || name.len == pair.len)
		return;
	if (!is_known(options, name, value) && !out->unknown.len)
		out->unknown = str_copy(arena, name);
	if (values && value.len && !is_among(value, values) && !out->misfit.len) {
		out->misfit = str_copy(arena, name);
		out->values = values;
		out->is_list = str_contains(str_from(values), STR("|"));
	}
}

void db_url_parameters(Arena *arena, Str url, DbUrlParameters *out)
{
	AUTO_CONNINFO options = PQconninfoParse("", NULL);
	const size_t start = query_start(url);
	Str rest = str_skip(url, start), pair, name;
	Buf kept = buf_new(arena, url.len + 1);
	*out = (DbUrlParameters){.clean = url};
	if (!rest.len || str_contains(rest, STR("@")))
		return;
	while (str_next(&rest, '&', &pair)) {
		Str value = pair;
		str_next(&value, '=', &name);
		if (is_foreign(name)) {
			*vec_add(arena, &out->ignored) = str_copy(arena, name);
			continue;
		}
		buf_format(&kept, "%s%.*s", kept.len ? "&" : "", STR_ARG(pair));
		judge_parameter(arena, options, pair, out);
	}
	if (out->ignored.count)
		out->clean = str_format(arena, "%.*s%s%.*s", STR_ARG(str_head(url, start - 1)),
			kept.len ? "?" : "", STR_ARG(buf_str(&kept)));
}
