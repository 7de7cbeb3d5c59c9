#include "wrap/json.h"

#include <cjson/cJSON.h>

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

Str json_print(Arena *arena, const Json *json)
{
	char *text = cJSON_PrintUnformatted(json);
	if (!text)
		arena_exhausted();
	Str copy = str_copy(arena, str_from(text));
	cJSON_free(text);
	return copy;
}

const char *json_library_version(void)
{
	return cJSON_Version();
}
