#include "local/config.h"

#include "wrap/json.h"
#include "toml/toml.h"

#include <string.h>

static bool is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* End of the string that begins at `at`. */
static size_t string_end(Str text, size_t at)
{
	for (size_t i = at + 1; i < text.len; i++) {
		if (text.ptr[i] == '\\')
			i++;
		else if (text.ptr[i] == '"')
			return i + 1;
	}
	return text.len;
}

/* End of the comment that begins at `at`; `at` itself if none does. */
static size_t comment_end(Str text, size_t at)
{
	Str rest = str_skip(text, at);
	if (str_starts(rest, STR("//")))
		while (at < text.len && text.ptr[at] != '\n')
			at++;
	if (!str_starts(rest, STR("/*")))
		return at;
	for (at += 2; at < text.len; at++)
		if (str_starts(str_skip(text, at), STR("*/")))
			return at + 2;
	return text.len;
}

/* Comments and superfluous commas as blanks, so that every place stays where it is. */
static Str plain_json(Arena *arena, Str text)
{
	char *copy = arena_alloc(arena, text.len + 1), *comma = NULL;
	if (text.len)
		memcpy(copy, text.ptr, text.len);
	for (size_t i = 0; i < text.len;) {
		size_t end = comment_end(text, i);
		char c = text.ptr[i];
		for (size_t k = i; k < end; k++)
			copy[k] = is_white(copy[k]) ? copy[k] : ' ';
		if (end == i) {
			if ((c == '}' || c == ']') && comma)
				*comma = ' ';
			if (!is_white(c))
				comma = c == ',' ? copy + i : NULL;
			end = c == '"' ? string_end(text, i) : i + 1;
		}
		i = end;
	}
	return (Str){copy, text.len};
}

/* One value of JSON in a tree of TOML's kinds. null has no members, so that it counts as absent
 * for a table; for a value it is an error. Both are so for the CLI. */
static bool convert(Arena *arena, Toml *parent, const Json *json)
{
	Str text = {0}, ignored;
	const Json *list;
	bool truth = false;
	int64_t integer = 0;
	TomlKind kind = TOML_FLOAT; /* no key that is used here is a fraction */
	if (json_is_object(json))
		kind = TOML_TABLE;
	else if (json_read_array(arena, json, "", &list, &ignored))
		kind = TOML_ARRAY;
	else if (json_read_str(arena, json, "", &text, &ignored))
		kind = TOML_STRING;
	else if (json_read_bool(arena, json, "", &truth, &ignored))
		kind = TOML_BOOL;
	else if (json_read_int(arena, json, "", &integer, &ignored))
		kind = TOML_INTEGER;
	else if (json_is_null(json))
		kind = TOML_NULL;
	Toml *node = toml_add(arena, parent, str_copy(arena, json_name(json)), kind);
	if (!node)
		return false;
	node->text = str_copy(arena, text);
	node->truth = truth;
	node->integer = integer;
	for (const Json *item = json_first(json); item; item = json_next(item))
		if (!convert(arena, node, item))
			return false;
	return true;
}

static void set_error(Str text, size_t at, Str message, TomlError *error)
{
	size_t start = 0;
	*error = (TomlError){.line = 1, .message = message};
	for (size_t i = 0; i < at && i < text.len; i++)
		if (text.ptr[i] == '\n') {
			error->line++;
			start = i + 1;
		}
	error->col = str_utf8_count(str_head(str_skip(text, start), at - start)) + 1;
}

Toml *config_parse_json(Arena *arena, Str text, TomlError *error)
{
	if (str_starts(text, STR("\xEF\xBB\xBF")))
		text = str_skip(text, 3);
	size_t at = str_utf8_invalid(text);
	if (at < text.len) {
		set_error(text, at, STR("it is not UTF-8"), error);
		return NULL;
	}
	AUTO_JSON json = json_parse(plain_json(arena, text), &at);
	Toml *root = toml_new_table(arena);
	if (!json) {
		set_error(text, at, STR("it is not JSON"), error);
		return NULL;
	}
	if (!json_is_object(json)) {
		set_error(text, 0, STR("it is not a JSON object"), error);
		return NULL;
	}
	for (const Json *item = json_first(json); item; item = json_next(item))
		if (!convert(arena, root, item)) {
			set_error(text, 0, STR("it is nested too deeply"), error);
			return NULL;
		}
	return root;
}
