/* cJSON, as a writer: the few forms of our outputs. cJSON escapes what JSON wants escaped; bytes
 * that are not UTF-8 are replaced before they get here. */
#ifndef WRAP_JSON_H
#define WRAP_JSON_H

#include "base/str.h"

typedef struct cJSON Json;

Json *json_object(void);
Json *json_array(void);
void json_delete(Json **json);
#define AUTO_JSON __attribute__((cleanup(json_delete))) Json *

/* Into an object by name, or, with an empty name, at the end of an array. */
void json_add_str(Json *to, const char *name, Str value);
void json_add_number(Json *to, const char *name, double value);
/* Hands `child` over; returns it. */
Json *json_add(Json *to, const char *name, Json *child);

/* Compact text, in the arena. */
Str json_print(Arena *arena, const Json *json);
const char *json_library_version(void);

#endif
