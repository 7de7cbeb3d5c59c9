#include "sql/builtin_type.h"

Str builtin_type_bare(Str type)
{
	return str_before(str_before(type, '('), '[');
}

bool builtin_type_is(Str type)
{
	static const Str names[] = {STR_INIT("bigint"), STR_INIT("int"), STR_INIT("int2"),
		STR_INIT("int4"), STR_INIT("int8"), STR_INIT("integer"), STR_INIT("smallint"),
		STR_INIT("text"), STR_INIT("varchar"), STR_INIT("character varying"),
		STR_INIT("char"), STR_INIT("character"), STR_INIT("bpchar"), STR_INIT("name"),
		STR_INIT("bool"), STR_INIT("boolean"), STR_INIT("uuid"), STR_INIT("numeric"),
		STR_INIT("decimal"), STR_INIT("real"), STR_INIT("float4"), STR_INIT("float8"),
		STR_INIT("double precision"), STR_INIT("date"), STR_INIT("time"),
		STR_INIT("timestamp"), STR_INIT("timestamptz"), STR_INIT("timetz"),
		STR_INIT("time without time zone"), STR_INIT("time with time zone"),
		STR_INIT("timestamp without time zone"), STR_INIT("timestamp with time zone"),
		STR_INIT("interval"), STR_INIT("json"), STR_INIT("jsonb"), STR_INIT("bytea"),
		STR_INIT("inet"), STR_INIT("cidr"), STR_INIT("tsvector"), STR_INIT("tstzrange"),
		STR_INIT("daterange"), STR_INIT("int4range"), STR_INIT("xml"), STR_INIT("oid")};
	return STR_IS_AMONG(builtin_type_bare(type), names);
}

Str builtin_type_of_serial(Str type)
{
	static const struct {
		Str serial, type;
	} table[] = {
		{STR_INIT("serial"), STR_INIT("integer")},
		{STR_INIT("serial4"), STR_INIT("integer")},
		{STR_INIT("bigserial"), STR_INIT("bigint")},
		{STR_INIT("serial8"), STR_INIT("bigint")},
		{STR_INIT("smallserial"), STR_INIT("smallint")},
		{STR_INIT("serial2"), STR_INIT("smallint")},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_equal(table[i].serial, type))
			return table[i].type;
	return (Str){0};
}

bool builtin_type_is_serial(Str type)
{
	return builtin_type_of_serial(type).len > 0;
}
