/* cJSON: a writer of the few forms of our outputs, and a reader of what others send.
 *
 * cJSON escapes what JSON wants escaped; bytes that are not UTF-8 are replaced before they get to
 * it. What is read may be anything: it is never taken for granted that a name is there or that its
 * value has a type, and what is missing is named. */
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
void json_add_bool(Json *to, const char *name, bool value);
/* Hands `child` over; returns it. */
Json *json_add(Json *to, const char *name, Json *child);

/* What a text becomes; `name` is its member's, or empty for an item of an array. The view may end
 * with the call. */
typedef Str JsonRewriteFn(void *context, Str name, Str value);
/* Rewrites every text in it; names of members stay. */
void json_rewrite(Json *json, JsonRewriteFn *rewrite, void *context);

/* Compact text, in the arena. */
Str json_print(Arena *arena, const Json *json);

/* ---- reading ---- */

/* Parses a whole text (RFC 8259) but for its size, which the caller bounds. NULL if it is none, or
 * if it is nested deeper than 1000; `at` (may be NULL) is then the offset of what is wrong. Strings
 * cannot hold U+0000: it comes out as U+FFFD. Close with json_delete or AUTO_JSON. */
Json *json_parse(Str text, size_t *at);

/* What a path leads to: names with dots between ("merge_base_commit.sha"); "" is `json` itself.
 * NULL if it is not there. The first one of equal names counts, and case matters. */
const Json *json_at(const Json *json, const char *path);

/* The value at a path, of one type. False, with a `reason` in the arena that names the path ("a.b
 * is missing or not a string"), if it is not there or of another type. Strings are views that live
 * as long as the tree; they may hold bytes that are not UTF-8. Integers: up to 2^53 - 1 either way,
 * without a fraction. */
bool json_read_str(Arena *arena, const Json *json, const char *path, Str *out, Str *reason);
bool json_read_int(Arena *arena, const Json *json, const char *path, int64_t *out, Str *reason);
bool json_read_bool(Arena *arena, const Json *json, const char *path, bool *out, Str *reason);
bool json_read_array(
	Arena *arena, const Json *json, const char *path, const Json **out, Str *reason);
/* The string at a path, or an empty Str. */
Str json_str(const Json *json, const char *path);

bool json_is_object(const Json *json);
bool json_is_null(const Json *json);
/* Items of an array, members of an object: for (x = json_first(list); x; x = json_next(x)).
 * Nothing for other values and NULL. */
const Json *json_first(const Json *json);
const Json *json_next(const Json *item);
size_t json_count(const Json *json);
/* A member's name; empty for items. */
Str json_name(const Json *member);

const char *json_library_version(void);

#endif
