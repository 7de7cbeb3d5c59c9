#include "lint/type_change.h"

#include <ctype.h>
#include <stdlib.h>

enum {
	MODS_MAX = 2,
	NO_LIMIT = -1,
	SECONDS_DIGITS = 6 /* of a time stamp without a precision */
};

/* What decides between two of the built-in types. */
typedef enum Family {
	FAMILY_OTHER,
	FAMILY_TEXT,
	FAMILY_NUMBER,
	FAMILY_BOOLEAN,
	FAMILY_TIME, /* date and the two time stamps */
	FAMILY_UUID,
	FAMILY_JSON,
	FAMILY_BYTES,
} Family;

static const struct {
	Str alias, name;
	Family family;
} names[] = {
	{STR_INIT("text"), STR_INIT("text"), FAMILY_TEXT},
	{STR_INIT("varchar"), STR_INIT("character varying"), FAMILY_TEXT},
	{STR_INIT("character varying"), STR_INIT("character varying"), FAMILY_TEXT},
	{STR_INIT("char"), STR_INIT("character"), FAMILY_TEXT},
	{STR_INIT("bpchar"), STR_INIT("character"), FAMILY_TEXT},
	{STR_INIT("character"), STR_INIT("character"), FAMILY_TEXT},
	{STR_INIT("int"), STR_INIT("integer"), FAMILY_NUMBER},
	{STR_INIT("int4"), STR_INIT("integer"), FAMILY_NUMBER},
	{STR_INIT("integer"), STR_INIT("integer"), FAMILY_NUMBER},
	{STR_INIT("int8"), STR_INIT("bigint"), FAMILY_NUMBER},
	{STR_INIT("bigint"), STR_INIT("bigint"), FAMILY_NUMBER},
	{STR_INIT("int2"), STR_INIT("smallint"), FAMILY_NUMBER},
	{STR_INIT("smallint"), STR_INIT("smallint"), FAMILY_NUMBER},
	{STR_INIT("numeric"), STR_INIT("numeric"), FAMILY_NUMBER},
	{STR_INIT("decimal"), STR_INIT("numeric"), FAMILY_NUMBER},
	{STR_INIT("real"), STR_INIT("real"), FAMILY_NUMBER},
	{STR_INIT("float4"), STR_INIT("real"), FAMILY_NUMBER},
	{STR_INIT("float8"), STR_INIT("double precision"), FAMILY_NUMBER},
	{STR_INIT("float"), STR_INIT("double precision"), FAMILY_NUMBER},
	{STR_INIT("double precision"), STR_INIT("double precision"), FAMILY_NUMBER},
	{STR_INIT("bool"), STR_INIT("boolean"), FAMILY_BOOLEAN},
	{STR_INIT("boolean"), STR_INIT("boolean"), FAMILY_BOOLEAN},
	{STR_INIT("date"), STR_INIT("date"), FAMILY_TIME},
	{STR_INIT("timestamp"), STR_INIT("timestamp without time zone"), FAMILY_TIME},
	{STR_INIT("timestamp without time zone"), STR_INIT("timestamp without time zone"),
		FAMILY_TIME},
	{STR_INIT("timestamptz"), STR_INIT("timestamp with time zone"), FAMILY_TIME},
	{STR_INIT("timestamp with time zone"), STR_INIT("timestamp with time zone"), FAMILY_TIME},
	{STR_INIT("uuid"), STR_INIT("uuid"), FAMILY_UUID},
	{STR_INIT("json"), STR_INIT("json"), FAMILY_JSON},
	{STR_INIT("jsonb"), STR_INIT("jsonb"), FAMILY_JSON},
	{STR_INIT("bytea"), STR_INIT("bytea"), FAMILY_BYTES},
};

typedef struct Type {
	Str name; /* as format_type has it */
	Family family;
	long mods[MODS_MAX]; /* NO_LIMIT: none */
} Type;

/* "timestamp(3) with time zone" has its precision in the middle. */
static Type read_type(Arena *arena, Str text)
{
	Type type = {.mods = {NO_LIMIT, NO_LIMIT}};
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
			if (mod < MODS_MAX && (text.ptr[i] == '(' || text.ptr[i] == ','))
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
	Type type = read_type(arena, text);
	if (type.mods[1] != NO_LIMIT)
		return str_format(
			arena, "%.*s(%ld,%ld)", STR_ARG(type.name), type.mods[0], type.mods[1]);
	if (type.mods[0] != NO_LIMIT)
		return str_format(arena, "%.*s(%ld)", STR_ARG(type.name), type.mods[0]);
	return type.name;
}

/* pg_type.dat: they are the same in all versions. */
static const struct {
	int64_t oid;
	Str name;
} oids[] = {
	{16, STR_INIT("boolean")},
	{17, STR_INIT("bytea")},
	{20, STR_INIT("bigint")},
	{21, STR_INIT("smallint")},
	{23, STR_INIT("integer")},
	{25, STR_INIT("text")},
	{114, STR_INIT("json")},
	{700, STR_INIT("real")},
	{701, STR_INIT("double precision")},
	{1042, STR_INIT("character")},
	{1043, STR_INIT("character varying")},
	{1082, STR_INIT("date")},
	{1114, STR_INIT("timestamp without time zone")},
	{1184, STR_INIT("timestamp with time zone")},
	{1700, STR_INIT("numeric")},
	{2950, STR_INIT("uuid")},
	{3802, STR_INIT("jsonb")},
};

Str type_of_oid(int64_t oid)
{
	for (size_t i = 0; i < sizeof oids / sizeof *oids; i++)
		if (oids[i].oid == oid)
			return oids[i].name;
	return (Str){0};
}

static bool is(const Type *type, const char *name)
{
	return str_equal(type->name, str_from(name));
}

/* Zones that have never had an offset (tzdata's links to Etc/UTC and Etc/GMT). */
static TypeChange zone_change(Str zone)
{
	static const Str zero[] = {STR_INIT("UTC"), STR_INIT("Etc/UTC"), STR_INIT("GMT"),
		STR_INIT("Etc/GMT"), STR_INIT("Zulu"), STR_INIT("UCT"), STR_INIT("Universal")};
	for (size_t i = 0; i < sizeof zero / sizeof *zero; i++)
		if (str_equal(zone, zero[i]))
			return TYPE_CHANGE_NONE;
	return str_starts(zone, STR("Europe/")) || str_starts(zone, STR("America/"))
		       ? TYPE_CHANGE_REWRITE
		       : TYPE_CHANGE_UNKNOWN;
}

static TypeChange of_limit(long from, long to)
{
	return to == NO_LIMIT || (from != NO_LIMIT && from <= to) ? TYPE_CHANGE_NONE
								  : TYPE_CHANGE_REWRITE;
}

/* Precision of a time stamp: none is six digits. */
static TypeChange of_precision(long from, long to)
{
	from = from == NO_LIMIT ? SECONDS_DIGITS : from;
	to = to == NO_LIMIT ? SECONDS_DIGITS : to;
	return from <= to ? TYPE_CHANGE_NONE : TYPE_CHANGE_REWRITE;
}

static TypeChange within_text(const Type *from, const Type *to)
{
	if (is(from, "character") || is(to, "character"))
		return is(from, "character") && is(to, "character") && from->mods[0] == to->mods[0]
			       ? TYPE_CHANGE_NONE
			       : TYPE_CHANGE_REWRITE;
	return of_limit(from->mods[0], to->mods[0]);
}

static TypeChange within_numbers(const Type *from, const Type *to)
{
	if (!str_equal(from->name, to->name))
		return TYPE_CHANGE_REWRITE;
	if (!is(from, "numeric"))
		return TYPE_CHANGE_NONE;
	if (to->mods[0] == NO_LIMIT)
		return TYPE_CHANGE_NONE;
	return from->mods[1] == to->mods[1] ? of_limit(from->mods[0], to->mods[0])
					    : TYPE_CHANGE_REWRITE;
}

static TypeChange within_times(const Type *from, const Type *to, Str time_zone)
{
	if (str_equal(from->name, to->name))
		return of_precision(from->mods[0], to->mods[0]);
	if (is(from, "date") || is(to, "date"))
		return TYPE_CHANGE_REWRITE;
	return from->mods[0] == to->mods[0] ? zone_change(time_zone) : TYPE_CHANGE_UNKNOWN;
}

static TypeChange within(const Type *from, const Type *to, Str time_zone)
{
	switch (from->family) {
	case FAMILY_TEXT:
		return within_text(from, to);
	case FAMILY_NUMBER:
		return within_numbers(from, to);
	case FAMILY_TIME:
		return within_times(from, to, time_zone);
	case FAMILY_JSON:
		return str_equal(from->name, to->name) ? TYPE_CHANGE_NONE : TYPE_CHANGE_REWRITE;
	case FAMILY_BOOLEAN:
	case FAMILY_UUID:
	case FAMILY_BYTES:
	case FAMILY_OTHER:
		break;
	}
	return TYPE_CHANGE_NONE;
}

/* Everything can be assigned to a text; among the rest nothing that pg_cast has no assignment cast
 * for. */
TypeChange type_change(Arena *arena, Str old, Str new, Str time_zone)
{
	Type from = read_type(arena, old), to = read_type(arena, new);
	if (from.family == FAMILY_OTHER || to.family == FAMILY_OTHER)
		return str_equal(old, new) ? TYPE_CHANGE_NONE : TYPE_CHANGE_UNKNOWN;
	if (from.family == to.family)
		return within(&from, &to, time_zone);
	return to.family == FAMILY_TEXT ? TYPE_CHANGE_REWRITE : TYPE_CHANGE_REFUSED;
}
