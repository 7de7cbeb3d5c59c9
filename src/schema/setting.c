#include "schema/setting.h"

#include "base/ascii.h"

#include <string.h>
#include <strings.h>

static bool is_word(Str text, const char *word)
{
	return text.len == str_from(word).len && strncasecmp(text.ptr, word, text.len) == 0;
}

/* As the server reads a boolean: the beginning of a word is enough. */
bool setting_is_boolean(Str text)
{
	static const Str words[] = {
		STR_INIT("true"), STR_INIT("false"), STR_INIT("yes"), STR_INIT("no")};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text.len && text.len <= words[i].len &&
			strncasecmp(text.ptr, words[i].ptr, text.len) == 0)
			return true;
	return is_word(text, "on") || is_word(text, "of") || is_word(text, "off") ||
	       is_word(text, "1") || is_word(text, "0");
}

/* Values that an enum may have beside those that are shown. */
static bool is_hidden(Str text)
{
	return setting_is_boolean(text) || is_word(text, "debug") || is_word(text, "info") ||
	       is_word(text, "fatal") || is_word(text, "panic");
}

static bool is_one_of(const Names *values, Str text)
{
	for (size_t i = 0; i < values->count; i++)
		if (values->items[i].len == text.len &&
			strncasecmp(values->items[i].ptr, text.ptr, text.len) == 0)
			return true;
	return false;
}

static bool is_unit(Str unit, Str of)
{
	static const Str sizes[] = {
		STR_INIT("B"), STR_INIT("kB"), STR_INIT("MB"), STR_INIT("GB"), STR_INIT("TB")};
	static const Str times[] = {STR_INIT("us"), STR_INIT("ms"), STR_INIT("s"), STR_INIT("min"),
		STR_INIT("h"), STR_INIT("d")};
	if (!of.len)
		return false;
	return str_contains(of, STR("B")) ? STR_IS_AMONG(unit, sizes) : STR_IS_AMONG(unit, times);
}

/* Of a number; false: it is none that is written plainly. `*rest` is what follows it. */
static bool read_number(Str text, int64_t *number, Str *rest)
{
	enum {
		DIGITS_MAX = 15,
		TEN = 10
	};
	bool is_negative = text.len && *text.ptr == '-';
	size_t first = text.len && (*text.ptr == '-' || *text.ptr == '+'), i = first;
	*number = 0;
	for (; i < text.len && i < DIGITS_MAX && ascii_is_digit(text.ptr[i]); i++)
		*number = *number * TEN + (text.ptr[i] - '0');
	*number = is_negative ? -*number : *number;
	*rest = str_skip(text, i);
	bool is_octal = i > first + 1 && text.ptr[first] == '0';
	return i > first && i < DIGITS_MAX && !is_octal &&
	       !(rest->len && (strchr(".eExX", *rest->ptr) || ascii_is_digit(*rest->ptr)));
}

/* inf, nan, .5, +.5 */
static bool may_begin_number(Str text)
{
	return text.len && (ascii_is_digit(*text.ptr) || strchr("+-.iInN", *text.ptr));
}

bool setting_is_no_number(Str text, Str min, Str max, Str unit)
{
	int64_t number, bound;
	Str rest, none;
	text = str_trim(text);
	if (!may_begin_number(text))
		return true;
	if (!read_number(text, &number, &rest))
		return false;
	rest = str_trim(rest);
	if (rest.len)
		return !is_unit(rest, unit);
	return (read_number(min, &bound, &none) && !none.len && number < bound) ||
	       (read_number(max, &bound, &none) && !none.len && number > bound);
}

bool setting_refuses(const CatalogSetting *setting, Str value)
{
	if (str_equal(setting->type, STR("bool")))
		return !setting_is_boolean(value);
	if (str_equal(setting->type, STR("enum")))
		return !is_one_of(&setting->values, value) && !is_hidden(value);
	return (str_equal(setting->type, STR("integer")) ||
		       str_equal(setting->type, STR("real"))) &&
	       setting_is_no_number(value, setting->min, setting->max, setting->unit);
}

/* ---- storage ---- */

typedef enum StorageKind {
	STORAGE_OTHER,
	STORAGE_BOOLEAN,
	STORAGE_NUMBER,
} StorageKind;

static const struct {
	Str name;
	StorageKind kind;
	Str min, max;
} storage[] = {
#define STORAGE(name, kind, min, max)                                                              \
	{STR_INIT(#name), STORAGE_##kind, STR_INIT(min), STR_INIT(max)},
#include "schema/storage_option.def"
#undef STORAGE
};

bool setting_is_storage(Str name)
{
	for (size_t i = 0; i < sizeof storage / sizeof *storage; i++)
		if (str_equal(storage[i].name, name))
			return true;
	return false;
}

bool setting_is_neutral(Str name)
{
	static const Str names[] = {STR_INIT("application_name"), STR_INIT("check_function_bodies"),
		STR_INIT("client_min_messages"), STR_INIT("default_table_access_method"),
		STR_INIT("default_tablespace"), STR_INIT("idle_in_transaction_session_timeout"),
		STR_INIT("lock_timeout"), STR_INIT("maintenance_work_mem"),
		STR_INIT("row_security"), STR_INIT("statement_timeout"),
		STR_INIT("transaction_timeout"), STR_INIT("work_mem")};
	return STR_IS_AMONG(name, names);
}

bool setting_refuses_storage(Str name, Str value)
{
	for (size_t i = 0; value.len && i < sizeof storage / sizeof *storage; i++) {
		if (!str_equal(storage[i].name, name))
			continue;
		return storage[i].kind == STORAGE_BOOLEAN
			       ? !setting_is_boolean(value)
			       : storage[i].kind == STORAGE_NUMBER &&
					 setting_is_no_number(
						 value, storage[i].min, storage[i].max, (Str){0});
	}
	return false;
}
