#include "base/log.h"

#include <errno.h>
#include <unistd.h>

enum {
	LINE_MAX_BYTES = 64 * 1024
};

static void write_all(int fd, Str text)
{
	while (text.len) {
		ssize_t written = write(fd, text.ptr, text.len);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return;
		text = str_skip(text, (size_t)written);
	}
}

void log_raw(const Log *log, Str line)
{
	ARENA_SCRATCH(scratch);
	Buf buf = buf_new(&scratch, line.len + 1);
	buf_add(&buf, line);
	buf_add_char(&buf, '\n');
	write_all(log->fd, buf_str(&buf));
}

/* The runner trims Unicode white space before it looks for `::`. */
static bool starts_command(Str line)
{
	for (;;) {
		Str trimmed = str_trim(line);
		size_t length = str_utf8_length(trimmed);
		bool unicode_space =
			length >= 2 && (str_starts(trimmed, STR("\xC2\x85")) ||
					       str_starts(trimmed, STR("\xC2\xA0")) ||
					       str_starts(trimmed, STR("\xE1\x9A\x80")) ||
					       str_starts(trimmed, STR("\xE2\x80")) ||
					       str_starts(trimmed, STR("\xE2\x81\x9F")) ||
					       str_starts(trimmed, STR("\xE3\x80\x80")) ||
					       str_starts(trimmed, STR("\xEF\xBB\xBF")));
		if (!unicode_space)
			return str_starts(trimmed, STR("::"));
		line = str_skip(trimmed, length);
	}
}

/* Without control characters: dropped first, so that none can have stood inside of what is looked
 * for next. */
static Str printable(Arena *arena, Str line)
{
	Buf buf = buf_new(arena, line.len);
	for (size_t i = 0; i < line.len; i++) {
		size_t control = line.ptr[i] == '\t' ? 0 : str_control(str_skip(line, i));
		if (control)
			i += control - 1;
		else
			buf_add_char(&buf, line.ptr[i]);
	}
	return str_utf8_repair(arena, buf_str(&buf));
}

Str log_harmless(Arena *arena, Str line)
{
	Str clean = printable(arena, line);
	Buf buf = buf_new(arena, clean.len * 2 + 2);
	if (starts_command(clean))
		buf_add(&buf, STR("| "));
	for (size_t i = 0; i < clean.len; i++) {
		bool opens = str_starts(str_skip(clean, i), STR("##["));
		buf_add(&buf, opens ? STR("##\\[") : str_head(str_skip(clean, i), 1));
		i += opens ? 2 : 0;
	}
	return buf_str(&buf);
}

/* Cuts the first line off: LF, CR and CRLF end one, as for the runner. */
static Str cut_line(Str *rest)
{
	size_t end = 0;
	while (end < rest->len && rest->ptr[end] != '\n' && rest->ptr[end] != '\r')
		end++;
	Str line = str_head(*rest, end);
	bool crlf = end + 1 < rest->len && rest->ptr[end] == '\r' && rest->ptr[end + 1] == '\n';
	*rest = str_skip(*rest, end + (crlf ? 2 : 1));
	return line;
}

/* What a line begins with decides; text of others follows a mark. */
static const char *colour_of(const Log *log, Str line)
{
	static const struct {
		Str begin;
		const char *code;
	} table[] = {{STR_INIT("error:"), "\x1b[31m"}, {STR_INIT("❌"), "\x1b[31m"},
		{STR_INIT("⛔"), "\x1b[31m"}, {STR_INIT("✅"), "\x1b[32m"},
		{STR_INIT("warning:"), "\x1b[33m"}, {STR_INIT("notice:"), "\x1b[36m"},
		{STR_INIT("applied "), "\x1b[32m"}, {STR_INIT("still running,"), "\x1b[2m"}};
	for (size_t i = 0; log->colour && i < sizeof table / sizeof *table; i++)
		if (str_starts(line, table[i].begin))
			return table[i].code;
	return NULL;
}

/* The sequences are ours, and come last: the line itself has no control character left. */
static void write_line(const Log *log, Str line)
{
	ARENA_SCRATCH(scratch);
	const char *colour = colour_of(log, line);
	if (colour)
		line = str_format(&scratch, "%s%.*s\x1b[0m", colour, STR_ARG(line));
	if (!log->held) {
		log_raw(log, line);
		return;
	}
	buf_add(log->held, line);
	buf_add_char(log->held, '\n');
}

void log_release(Log *log)
{
	if (log->held)
		write_all(log->fd, buf_str(log->held));
	log->held = NULL;
}

static void log_lines(const Log *log, Str mark, Str text)
{
	ARENA_SCRATCH(scratch);
	text = secret_redact(log->secrets, &scratch, text);
	do {
		Str line = str_head(cut_line(&text), LINE_MAX_BYTES);
		Str marked = str_format(&scratch, "%.*s%.*s", STR_ARG(mark), STR_ARG(line));
		/* once more: dropping a control character may have put a secret together */
		Str harmless = log_harmless(&scratch, marked);
		write_line(log, secret_redact(log->secrets, &scratch, harmless));
	} while (text.len);
}

void log_line(const Log *log, const char *format, ...)
{
	ARENA_SCRATCH(scratch);
	va_list args;
	va_start(args, format);
	log_lines(log, STR(""), str_vformat(&scratch, format, args));
	va_end(args);
}

void log_foreign(const Log *log, Str text)
{
	log_lines(log, STR("| "), text);
}
