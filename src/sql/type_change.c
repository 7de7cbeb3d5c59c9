#include "sql/type_change.h"

enum {
	SECONDS_DIGITS = 6 /* of a time stamp without a precision */
};

static bool is_beyond(long mod, long min, long max)
{
	return mod != TYPE_NO_LIMIT && (mod < min || mod > max);
}

const char *type_limit_fault(Arena *arena, Str text)
{
	enum {
		LENGTH_MAX = 10 * 1024 * 1024,
		DIGITS_MAX = 1000
	};
	BuiltinType type = builtin_type_read(arena, str_before(text, '['));
	bool takes_none = type.family != TYPE_FAMILY_OTHER && type.family != TYPE_FAMILY_TIME;
	if (type.mods[0] == TYPE_NO_LIMIT)
		return NULL;
	if (str_starts(type.name, STR("character")))
		return is_beyond(type.mods[0], 1, LENGTH_MAX) ? "22023" : NULL;
	if (str_equal(type.name, STR("numeric")))
		return is_beyond(type.mods[0], 1, DIGITS_MAX) ||
				       is_beyond(type.mods[1], -DIGITS_MAX, DIGITS_MAX)
			       ? "22023"
			       : NULL;
	return takes_none ? "42601" : NULL;
}

bool type_is_text(Arena *arena, Str text)
{
	return builtin_type_read(arena, str_before(text, '[')).family == TYPE_FAMILY_TEXT;
}

bool type_has_no_collation(Arena *arena, Str text)
{
	TypeFamily family = builtin_type_read(arena, str_before(text, '[')).family;
	return family != TYPE_FAMILY_OTHER && family != TYPE_FAMILY_TEXT;
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

static bool is(const BuiltinType *type, const char *name)
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
	return to == TYPE_NO_LIMIT || (from != TYPE_NO_LIMIT && from <= to) ? TYPE_CHANGE_NONE
									    : TYPE_CHANGE_REWRITE;
}

/* Precision of a time stamp: none is six digits. */
static TypeChange of_precision(long from, long to)
{
	from = from == TYPE_NO_LIMIT ? SECONDS_DIGITS : from;
	to = to == TYPE_NO_LIMIT ? SECONDS_DIGITS : to;
	return from <= to ? TYPE_CHANGE_NONE : TYPE_CHANGE_REWRITE;
}

static TypeChange within_text(const BuiltinType *from, const BuiltinType *to)
{
	if (is(from, "character") || is(to, "character"))
		return is(from, "character") && is(to, "character") && from->mods[0] == to->mods[0]
			       ? TYPE_CHANGE_NONE
			       : TYPE_CHANGE_REWRITE;
	return of_limit(from->mods[0], to->mods[0]);
}

static TypeChange within_numbers(const BuiltinType *from, const BuiltinType *to)
{
	if (!str_equal(from->name, to->name))
		return TYPE_CHANGE_REWRITE;
	if (!is(from, "numeric"))
		return TYPE_CHANGE_NONE;
	if (to->mods[0] == TYPE_NO_LIMIT)
		return TYPE_CHANGE_NONE;
	return from->mods[1] == to->mods[1] ? of_limit(from->mods[0], to->mods[0])
					    : TYPE_CHANGE_REWRITE;
}

static TypeChange within_times(const BuiltinType *from, const BuiltinType *to, Str time_zone)
{
	if (str_equal(from->name, to->name))
		return of_precision(from->mods[0], to->mods[0]);
	if (is(from, "date") || is(to, "date"))
		return TYPE_CHANGE_REWRITE;
	return from->mods[0] == to->mods[0] ? zone_change(time_zone) : TYPE_CHANGE_UNKNOWN;
}

static TypeChange within(const BuiltinType *from, const BuiltinType *to, Str time_zone)
{
	switch (from->family) {
	case TYPE_FAMILY_TEXT:
		return within_text(from, to);
	case TYPE_FAMILY_NUMBER:
		return within_numbers(from, to);
	case TYPE_FAMILY_TIME:
		return within_times(from, to, time_zone);
	case TYPE_FAMILY_JSON:
		return str_equal(from->name, to->name) ? TYPE_CHANGE_NONE : TYPE_CHANGE_REWRITE;
	case TYPE_FAMILY_BOOLEAN:
	case TYPE_FAMILY_UUID:
	case TYPE_FAMILY_BYTES:
	case TYPE_FAMILY_OTHER:
		break;
	}
	return TYPE_CHANGE_NONE;
}

/* Everything can be assigned to a text; among the rest nothing that pg_cast has no assignment cast
 * for. */
TypeChange type_change(Arena *arena, Str old, Str new, Str time_zone)
{
	BuiltinType from = builtin_type_read(arena, old), to = builtin_type_read(arena, new);
	if (from.family == TYPE_FAMILY_OTHER || to.family == TYPE_FAMILY_OTHER)
		return str_equal(old, new) ? TYPE_CHANGE_NONE : TYPE_CHANGE_UNKNOWN;
	if (from.family == to.family)
		return within(&from, &to, time_zone);
	return to.family == TYPE_FAMILY_TEXT ? TYPE_CHANGE_REWRITE : TYPE_CHANGE_REFUSED;
}
