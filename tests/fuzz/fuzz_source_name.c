/* source_name against the regular expression that it stands for. */
#include "fuzz.h"

#include "local/source.h"

#include <regex.h>

static bool has_line_end(Str s)
{
	return str_contains(s, STR("\n")) || str_contains(s, STR("\r")) ||
	       str_contains(s, STR("\xE2\x80\xA8")) || str_contains(s, STR("\xE2\x80\xA9"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static regex_t pattern;
	static bool compiled;
	ARENA_SCRATCH(scratch);
	Str file = fuzz_text(&scratch, data, size), version = {0}, title = {0};
	if (!compiled)
		require(regcomp(&pattern, "^([0-9]+)_(.*)\\.sql$", REG_EXTENDED) == 0);
	compiled = true;

	bool matches = source_name(file, &version, &title);
	if (matches) {
		Str again = str_format(&scratch, "%.*s_%.*s.sql", STR_ARG(version), STR_ARG(title));
		require(memchr(data, 0, size) || str_equal(again, file));
		require(version.ptr == file.ptr && version.len && !has_line_end(file));
	}
	if (memchr(data, 0, size))
		return 0;
	regmatch_t groups[3];
	bool expected =
		regexec(&pattern, str_z(&scratch, file), 3, groups, 0) == 0 && !has_line_end(file);
	require(matches == expected);
	require(!matches || (size_t)groups[1].rm_eo == version.len);
	return 0;
}
