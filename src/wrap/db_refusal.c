#include "wrap/db_refusal.h"

Str db_hint_for(Str message)
{
	static const struct {
		Str part, hint;
	} hints[] = {
#define CONNECT_HINT(part, hint) {STR_INIT(part), STR_INIT(hint)},
#include "wrap/connect.def"
#undef CONNECT_HINT
	};
	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
		if (str_contains(message, hints[i].part))
			return hints[i].hint;
	return (Str){0};
}

static bool is_code(Str s)
{
	enum {
		CODE_BYTES = 5
	};
	for (size_t i = 0; i < CODE_BYTES; i++)
		if (i >= s.len || !((s.ptr[i] >= '0' && s.ptr[i] <= '9') ||
					  (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z')))
			return false;
	return str_starts(str_skip(s, CODE_BYTES), STR(": "));
}

Str db_take_code(Arena *arena, Str text, Str *code)
{
	enum {
		CODE_AND_COLON = 7
	};
	Buf buf = buf_new(arena, text.len);
	Str line;
	while (str_next(&text, '\n', &line)) {
		if (str_starts(line, STR("LOCATION:  ")))
			continue;
		if (buf.len)
			buf_add_char(&buf, '\n');
		size_t i = 0;
		while (i < line.len && !(str_starts(str_skip(line, i), STR(":  ")) &&
					       is_code(str_skip(line, i + 3))))
			i++;
		buf_add(&buf, str_head(line, i + 3));
		if (i == line.len)
			continue;
		*code = str_copy(arena, str_head(str_skip(line, i + 3), 5));
		buf_add(&buf, str_skip(line, i + 3 + CODE_AND_COLON));
	}
	return buf_str(&buf);
}

bool db_is_login_refused(const Err *err)
{
	const Fault *last = err->last;
	return last && last->kind == ERR_CONNECT && last->sqlstate.len &&
	       (str_equal(last->sqlstate, STR("28P01")) ||
		       str_contains(last->message, STR("authentication failed")) ||
		       str_contains(last->message, STR("Wrong password")));
}

bool db_is_kept_out(const Err *err)
{
	return db_is_login_refused(err) ||
	       (err->last && str_starts(err->last->sqlstate, STR("28")));
}

bool db_is_our_refusal(const Err *err)
{
	static const Str words[] = {STR_INIT("certificate"),
		STR_INIT("server does not support SSL"), STR_INIT("requirement"),
		STR_INIT("db-ca-cert")};
	bool found = false;
	for (size_t i = 0; err->last && i < sizeof words / sizeof *words; i++)
		found |= str_contains(err->last->message, words[i]);
	return found && !err->last->sqlstate.len;
}

bool db_is_unanswered(const Err *err)
{
	static const Str words[] = {STR_INIT("could not translate host name"),
		STR_INIT("Connection refused"), STR_INIT("unreachable"),
		STR_INIT("Connection timed out"), STR_INIT("No route to host")};
	if (!err->last || err->last->kind != ERR_CONNECT || err->last->sqlstate.len)
		return false;
	bool found = str_starts(err->last->message, STR(DB_SILENCE));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		found |= str_contains(err->last->message, words[i]);
	return found;
}
