/* cJSON, as a reader. Asking for what is not there gives NULL or false, so that questions can be
 * chained; nothing here is an error. */
#ifndef WRAP_JSON_READ_H
#define WRAP_JSON_READ_H

#include "wrap/json.h"

/* A document, or NULL if it is none. `text` is NUL-terminated behind its length. */
Json *json_parse(Str text);
/* A member of an object, by its exact name. */
const Json *json_get(const Json *json, const char *name);
/* Number of an array's items, and one of them, from 0. */
size_t json_count(const Json *json);
const Json *json_at(const Json *json, size_t index);
/* The value of a string: a view, which lives as long as the document. */
bool json_text(const Json *json, Str *value);

#endif
