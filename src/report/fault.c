#include "report/fault.h"

enum {
	TEXT_MAX = 64 * 1024,
	MESSAGE_MAX = 16 * 1024
};

/* "path:12:8", "path", or empty. */
static Str fault_where(Arena *arena, const Fault *fault)
{
	Str file = str_visible(arena, fault->file);
	if (!file.len || !fault->line)
		return file;
	if (!fault->col)
		return str_format(arena, "%.*s:%zu", STR_ARG(file), fault->line);
	return str_format(arena, "%.*s:%zu:%zu", STR_ARG(file), fault->line, fault->col);
}

Str fault_what(Arena *arena, const Fault *fault)
{
	bool whole = fault->message.len <= MESSAGE_MAX;
	Str message = str_format(
		arena, "%.*s%s", STR_ARG(str_head(fault->message, MESSAGE_MAX)), whole ? "" : " …");
	if (!fault->sqlstate.len)
		return message;
	return str_format(
		arena, "%.*s (SQLSTATE %.*s)", STR_ARG(message), STR_ARG(fault->sqlstate));
}

static void add_field(Buf *buf, const char *name, Str value)
{
	if (value.len)
		buf_format(buf, "\n%s: %.*s", name, STR_ARG(value));
}

static void add_server(Buf *buf, const Fault *fault, bool with_context)
{
	add_field(buf, "DETAIL", fault->detail);
	add_field(buf, "HINT", fault->server_hint);
	if (with_context)
		add_field(buf, "CONTEXT", fault->context);
}

static void add_lines(Buf *buf, Str lines)
{
	if (lines.len)
		buf_format(buf, "\n%.*s", STR_ARG(str_head(lines, lines.len - 1)));
}

Str fault_text(Arena *arena, const Fault *fault)
{
	Buf buf = buf_new(arena, TEXT_MAX);
	Str where = fault_where(arena, fault), what = fault_what(arena, fault);
	buf_format(&buf, "%.*s%s%.*s", STR_ARG(where), where.len ? ": " : "", STR_ARG(what));
	add_lines(&buf, fault->excerpt);
	add_lines(&buf, fault->difference);
	add_server(&buf, fault, true);
	add_field(&buf, "help", fault->hint);
	return buf_str(&buf);
}

Str fault_server(Arena *arena, const Fault *fault)
{
	Buf buf = buf_new(arena, TEXT_MAX);
	add_server(&buf, fault, true);
	return str_skip(buf_str(&buf), buf.len > 0);
}

bool fault_asks_the_same(const Fault *a, const Fault *b)
{
	return a->hint.len == b->hint.len && !str_compare(a->hint, b->hint);
}

Str fault_annotation(Arena *arena, const Fault *fault)
{
	Buf buf = buf_new(arena, TEXT_MAX);
	buf_add(&buf, fault_what(arena, fault));
	add_server(&buf, fault, false);
	add_field(&buf, "help", fault->hint);
	return buf_str(&buf);
}
