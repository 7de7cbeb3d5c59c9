#define _GNU_SOURCE /* strncasecmp */
#include "local/copy_name.h"

#include <strings.h>

enum {
	DIGITS_MAX = 3 /* nobody has a thousand copies; a year is none of them */
};

static bool is_number(Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len > 0 && s.len <= DIGITS_MAX;
}

/* "copy" in the languages whose systems write it after the name. */
static bool is_copy_word(Str s)
{
	static const Str words[] = {
		STR_INIT("copy"), STR_INIT("kopie"), STR_INIT("copie"), STR_INIT("copia")};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (s.len == words[i].len && strncasecmp(s.ptr, words[i].ptr, s.len) == 0)
			return true;
	return false;
}

/* The last word of `rest`, cut off it together with the blanks before it; parentheses around one
 * word are not reported. */
static Str take_word(Str *rest)
{
	Str s = str_trim(*rest);
	size_t at = s.len;
	while (at && s.ptr[at - 1] != ' ')
		at--;
	Str word = str_skip(s, at);
	*rest = str_trim(str_head(s, at));
	if (str_starts(word, STR("(")) && str_ends(word, STR(")")) && word.len > 1)
		word = str_head(str_skip(word, 1), word.len - 2);
	return word;
}

/* "x - Copy (2)": a number, a word for a copy, or both, and a dash before the word. */
bool copy_name_read(Str title, Str *genuine)
{
	Str rest = title, before, word = take_word(&rest);
	bool numbered = is_number(word);
	before = rest;
	if (numbered)
		word = take_word(&rest);
	bool worded = is_copy_word(word);
	if (!worded && !numbered)
		return false;
	if (!worded)
		rest = before;
	if (worded && str_ends(rest, STR(" -")))
		rest = str_trim(str_head(rest, rest.len - 1));
	*genuine = rest;
	return rest.len > 0;
}
