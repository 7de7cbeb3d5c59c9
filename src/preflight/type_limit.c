#include "preflight/type_limit.h"

long type_limit_length(Str type)
{
	bool is_text =
		str_starts(type, STR("character varying(")) || str_starts(type, STR("character("));
	Str rest = type;
	long limit = 0;
	if (!is_text || !str_ends(type, STR(")")))
		return 0;
	str_next(&rest, '(', &type);
	for (size_t i = 0; i < rest.len && rest.ptr[i] >= '0' && rest.ptr[i] <= '9'; i++)
		limit = limit * 10 + (rest.ptr[i] - '0');
	return limit;
}

static bool is_number(Str type)
{
	static const Str names[] = {STR_INIT("smallint"), STR_INIT("integer"), STR_INIT("bigint")};
	bool found = str_starts(type, STR("numeric(")) && str_ends(type, STR(")"));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		found = found || str_equal(type, names[i]);
	return found;
}

bool type_limit_is(Str type)
{
	return type_limit_length(type) || is_number(type);
}

bool type_limit_may_refuse(Str value, Str type)
{
	long limit = type_limit_length(type);
	enum {
		DIGITS = 4 /* fit wherever there is no scale */
	};
	bool is_short = value.len <= (limit ? (size_t)limit : DIGITS);
	for (size_t i = 0; !limit && i < value.len; i++)
		is_short = is_short && value.ptr[i] >= '0' && value.ptr[i] <= '9';
	return !is_short || (!limit && str_starts(type, STR("numeric(")));
}

bool type_limit_has_any(const CatalogRelation *table)
{
	for (size_t i = 0; i < table->columns.count; i++)
		if (type_limit_is(table->columns.items[i].type))
			return true;
	return false;
}
