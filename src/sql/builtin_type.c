#include "sql/builtin_type.h"

#include <stdlib.h>

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

/* ---- one spelling ---- */

static const struct {
	Str alias, name;
	TypeFamily family;
} names[] = {
	{STR_INIT("text"), STR_INIT("text"), TYPE_FAMILY_TEXT},
	{STR_INIT("varchar"), STR_INIT("character varying"), TYPE_FAMILY_TEXT},
	{STR_INIT("character varying"), STR_INIT("character varying"), TYPE_FAMILY_TEXT},
	{STR_INIT("char"), STR_INIT("character"), TYPE_FAMILY_TEXT},
	{STR_INIT("bpchar"), STR_INIT("character"), TYPE_FAMILY_TEXT},
	{STR_INIT("character"), STR_INIT("character"), TYPE_FAMILY_TEXT},
	{STR_INIT("int"), STR_INIT("integer"), TYPE_FAMILY_NUMBER},
	{STR_INIT("int4"), STR_INIT("integer"), TYPE_FAMILY_NUMBER},
	{STR_INIT("integer"), STR_INIT("integer"), TYPE_FAMILY_NUMBER},
	{STR_INIT("int8"), STR_INIT("bigint"), TYPE_FAMILY_NUMBER},
	{STR_INIT("bigint"), STR_INIT("bigint"), TYPE_FAMILY_NUMBER},
	{STR_INIT("int2"), STR_INIT("smallint"), TYPE_FAMILY_NUMBER},
	{STR_INIT("smallint"), STR_INIT("smallint"), TYPE_FAMILY_NUMBER},
	{STR_INIT("numeric"), STR_INIT("numeric"), TYPE_FAMILY_NUMBER},
	{STR_INIT("decimal"), STR_INIT("numeric"), TYPE_FAMILY_NUMBER},
	{STR_INIT("real"), STR_INIT("real"), TYPE_FAMILY_NUMBER},
	{STR_INIT("float4"), STR_INIT("real"), TYPE_FAMILY_NUMBER},
	{STR_INIT("float8"), STR_INIT("double precision"), TYPE_FAMILY_NUMBER},
	{STR_INIT("float"), STR_INIT("double precision"), TYPE_FAMILY_NUMBER},
	{STR_INIT("double precision"), STR_INIT("double precision"), TYPE_FAMILY_NUMBER},
	{STR_INIT("bool"), STR_INIT("boolean"), TYPE_FAMILY_BOOLEAN},
	{STR_INIT("boolean"), STR_INIT("boolean"), TYPE_FAMILY_BOOLEAN},
	{STR_INIT("date"), STR_INIT("date"), TYPE_FAMILY_TIME},
	{STR_INIT("timestamp"), STR_INIT("timestamp without time zone"), TYPE_FAMILY_TIME},
	{STR_INIT("timestamp without time zone"), STR_INIT("timestamp without time zone"),
		TYPE_FAMILY_TIME},
	{STR_INIT("timestamptz"), STR_INIT("timestamp with time zone"), TYPE_FAMILY_TIME},
	{STR_INIT("timestamp with time zone"), STR_INIT("timestamp with time zone"),
		TYPE_FAMILY_TIME},
	{STR_INIT("uuid"), STR_INIT("uuid"), TYPE_FAMILY_UUID},
	{STR_INIT("json"), STR_INIT("json"), TYPE_FAMILY_JSON},
	{STR_INIT("jsonb"), STR_INIT("jsonb"), TYPE_FAMILY_JSON},
	{STR_INIT("bytea"), STR_INIT("bytea"), TYPE_FAMILY_BYTES},
};

/* "timestamp(3) with time zone" has its precision in the middle. */
BuiltinType builtin_type_read(Arena *arena, Str text)
{
	BuiltinType type = {.mods = {TYPE_NO_LIMIT, TYPE_NO_LIMIT}};
	Buf name = buf_new(arena, SIZE_MAX);
	size_t mod = 0;
	if (str_starts(text, STR("pg_catalog.")))
		text = str_skip(text, sizeof "pg_catalog." - 1);
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != '(') {
			buf_add_char(&name, text.ptr[i]);
			continue;
		}
		for (; i < text.len && text.ptr[i] != ')'; i++)
			if (mod < TYPE_MODS_MAX && (text.ptr[i] == '(' || text.ptr[i] == ','))
				type.mods[mod++] =
					strtol(str_z(arena, str_skip(text, i + 1)), NULL, 10);
	}
	type.name = str_trim(buf_str(&name));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_equal(names[i].alias, type.name)) {
			type.family = names[i].family;
			type.name = names[i].name;
			break;
		}
	if (str_equal(type.name, STR("numeric")) && mod == 1)
		type.mods[1] = 0;
	if (str_equal(type.name, STR("character")) && !mod)
		type.mods[0] = 1;
	return type;
}

Str type_canonical(Arena *arena, Str text)
{
	BuiltinType type = builtin_type_read(arena, text);
	if (type.mods[1] != TYPE_NO_LIMIT)
		return str_format(
			arena, "%.*s(%ld,%ld)", STR_ARG(type.name), type.mods[0], type.mods[1]);
	if (type.mods[0] != TYPE_NO_LIMIT)
		return str_format(arena, "%.*s(%ld)", STR_ARG(type.name), type.mods[0]);
	return type.name;
}
