#include "wrap/json_read.h"

#include <cjson/cJSON.h>

Json *json_parse(Str text)
{
	return text.ptr ? cJSON_ParseWithLength(text.ptr, text.len) : NULL;
}

const Json *json_get(const Json *json, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(json, name);
}

size_t json_count(const Json *json)
{
	return cJSON_IsArray(json) ? (size_t)cJSON_GetArraySize(json) : 0;
}

const Json *json_at(const Json *json, size_t index)
{
	return cJSON_GetArrayItem(json, (int)index);
}

bool json_text(const Json *json, Str *value)
{
	if (!cJSON_IsString(json))
		return false;
	*value = str_from(json->valuestring);
	return true;
}
