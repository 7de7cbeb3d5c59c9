#include "compare/view_text.h"

#include "base/ascii.h"

enum {
	VERSION_WITHOUT_PREFIX = 160000
};

/* Length of what is between two signs c, both with it, or of the rest. */
static size_t quoted_length(Str text, char c)
{
	size_t end = 1;
	while (end < text.len && text.ptr[end] != c)
		end++;
	return end < text.len ? end + 1 : text.len;
}

/* The next word, quoted text or single sign. A doubled quote makes two of it, in both texts. */
static Str token_of(Str text)
{
	size_t length = 0;
	if (text.len && (text.ptr[0] == '"' || text.ptr[0] == '\''))
		return str_head(text, quoted_length(text, text.ptr[0]));
	while (length < text.len && ascii_is_name(text.ptr[length]))
		length++;
	return str_head(text, length ? length : 1);
}

/* "orders." with its point, if the text begins with such a thing. */
static Str prefix_of(Str text)
{
	Str token = token_of(text);
	bool is_name = token.len && (ascii_is_name(token.ptr[0]) || token.ptr[0] == '"');
	if (!is_name || !str_starts(str_skip(text, token.len), STR(".")))
		return (Str){0};
	return str_head(text, token.len + 1);
}

bool view_text_is_same(const ViewTexts *texts)
{
	Str older = texts->older, newer = texts->newer, table = {0};
	if (texts->older_version >= VERSION_WITHOUT_PREFIX ||
		texts->newer_version < VERSION_WITHOUT_PREFIX)
		return false;
	while (older.len && newer.len) {
		Str prefix = prefix_of(older), token = token_of(older);
		bool is_left_out = prefix.len && !str_starts(newer, prefix) &&
				   (!table.len || str_equal(table, prefix));
		if (is_left_out) {
			table = prefix;
			older = str_skip(older, prefix.len);
			continue;
		}
		if (!str_equal(token, token_of(newer)))
			return false;
		older = str_skip(older, token.len);
		newer = str_skip(newer, token.len);
	}
	return !older.len && !newer.len;
}
