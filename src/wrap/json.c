#include "wrap/json.h"

#include <cjson/cJSON.h>
#include <string.h>

Json *json_object(void)
{
	return cJSON_CreateObject();
}

Json *json_array(void)
{
	return cJSON_CreateArray();
}

void json_delete(Json **json)
{
	cJSON_Delete(*json);
}

Json *json_add(Json *to, const char *name, Json *child)
{
	if (!child || !to)
		arena_exhausted();
	if (name[0])
		cJSON_AddItemToObject(to, name, child);
	else
		cJSON_AddItemToArray(to, child);
	return child;
}

void json_add_str(Json *to, const char *name, Str value)
{
	ARENA_SCRATCH(scratch);
	value = str_utf8_repair(&scratch, value);
	json_add(to, name, cJSON_CreateString(str_z(&scratch, value)));
}

void json_add_number(Json *to, const char *name, double value)
{
	json_add(to, name, cJSON_CreateNumber(value));
}

void json_add_bool(Json *to, const char *name, bool value)
{
	json_add(to, name, cJSON_CreateBool(value));
}

static void rewrite_text(Json *item, JsonRewriteFn *rewrite, void *context)
{
	ARENA_SCRATCH(scratch);
	Str value = str_from(item->valuestring);
	Str now = rewrite(context, str_from(item->string), value);
	if (now.ptr != value.ptr && !cJSON_SetValuestring(item, str_z(&scratch, now)))
		arena_exhausted();
}

void json_rewrite(Json *json, JsonRewriteFn *rewrite, void *context)
{
	if (cJSON_IsString(json))
		rewrite_text(json, rewrite, context);
	for (Json *item = cJSON_IsString(json) ? NULL : json->child; item; item = item->next)
		json_rewrite(item, rewrite, context);
}

Str json_print(Arena *arena, const Json *json)
{
	char *text = cJSON_PrintUnformatted(json);
	if (!text)
		arena_exhausted();
	Str copy = str_copy(arena, str_from(text));
	cJSON_free(text);
	return copy;
}

/* Offset of the next \u0000 that is an escape of its own, from `from`; or else text.len. */
static size_t find_zero(Str text, size_t from)
{
	size_t i = from;
	while (i < text.len) {
		const char *at = memchr(text.ptr + i, '\\', text.len - i);
		i = at ? (size_t)(at - text.ptr) : text.len;
		if (str_starts(str_skip(text, i), STR("\\u0000")))
			return i;
		i += 2; /* what a backslash escapes is none */
	}
	return text.len;
}

/* cJSON would end the string there. */
static Str without_zero(Arena *arena, Str text)
{
	size_t at = find_zero(text, 0);
	if (at >= text.len)
		return text;
	char *copy = str_z(arena, text);
	for (; at < text.len; at = find_zero(text, at + 6)) {
		memset(copy + at + 2, 'F', 3);
		copy[at + 5] = 'D';
	}
	return (Str){copy, text.len};
}

Json *json_parse(Str text, size_t *at)
{
	ARENA_SCRATCH(scratch);
	const char *end = text.ptr, *zero = text.len ? memchr(text.ptr, '\0', text.len) : NULL;
	text = without_zero(&scratch, text);
	Json *json = zero ? NULL : cJSON_ParseWithLengthOpts(text.ptr, text.len, &end, 0);
	size_t offset = zero ? (size_t)(zero - end) : text.len ? (size_t)(end - text.ptr) : 0;
	if (json && !str_trim(str_skip(text, offset)).len)
		return json;
	cJSON_Delete(json);
	if (at)
		*at = offset;
	return NULL;
}

const Json *json_at(const Json *json, const char *path)
{
	Str rest = str_from(path), name;
	ARENA_SCRATCH(scratch);
	if (!rest.len)
		return json;
	while (json && str_next(&rest, '.', &name))
		json = cJSON_GetObjectItemCaseSensitive(json, str_z(&scratch, name));
	return json;
}

static bool lacks(Arena *arena, const char *path, const char *type, Str *reason)
{
	*reason =
		str_format(arena, "%s is missing or not %s", path[0] ? path : "the document", type);
	return false;
}

Str json_str(const Json *json, const char *path)
{
	return str_from(cJSON_GetStringValue(json_at(json, path)));
}

bool json_read_str(Arena *arena, const Json *json, const char *path, Str *out, Str *reason)
{
	const Json *value = json_at(json, path);
	if (!cJSON_IsString(value))
		return lacks(arena, path, "a string", reason);
	*out = str_from(value->valuestring);
	return true;
}

bool json_read_int(Arena *arena, const Json *json, const char *path, int64_t *out, Str *reason)
{
	const double limit = 9007199254740991.0; /* above it doubles have gaps */
	const Json *value = json_at(json, path);
	double number = cJSON_IsNumber(value) ? value->valuedouble : 0.5;
	if (!(number >= -limit && number <= limit) || number != (double)(int64_t)number)
		return lacks(arena, path, "an integer", reason);
	*out = (int64_t)number;
	return true;
}

bool json_read_bool(Arena *arena, const Json *json, const char *path, bool *out, Str *reason)
{
	const Json *value = json_at(json, path);
	if (!cJSON_IsBool(value))
		return lacks(arena, path, "true or false", reason);
	*out = cJSON_IsTrue(value);
	return true;
}

bool json_read_array(
	Arena *arena, const Json *json, const char *path, const Json **out, Str *reason)
{
	const Json *value = json_at(json, path);
	if (!cJSON_IsArray(value))
		return lacks(arena, path, "a list", reason);
	*out = value;
	return true;
}

bool json_is_object(const Json *json)
{
	return cJSON_IsObject(json);
}

bool json_is_null(const Json *json)
{
	return cJSON_IsNull(json);
}

const Json *json_first(const Json *json)
{
	return cJSON_IsArray(json) || cJSON_IsObject(json) ? json->child : NULL;
}

const Json *json_next(const Json *item)
{
	return item->next;
}

size_t json_count(const Json *json)
{
	size_t count = 0;
	for (const Json *item = json_first(json); item; item = json_next(item))
		count++;
	return count;
}

Str json_name(const Json *member)
{
	return str_from(member->string);
}

const char *json_library_version(void)
{
	return cJSON_Version();
}
