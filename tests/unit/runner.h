/* The GitHub runner's rules, written down a second time as oracles: what it would take for a
 * command in a log, and what it reads from the files that it provides. */
#ifndef TESTS_RUNNER_H
#define TESTS_RUNNER_H

#include "base/str.h"

/* The runner's line reader: LF, CR and CRLF each end a line. False at the end. */
static inline bool runner_next_line(Str *log, Str *line)
{
	size_t end = 0;
	if (!log->len)
		return false;
	while (end < log->len && log->ptr[end] != '\n' && log->ptr[end] != '\r')
		end++;
	*line = str_head(*log, end);
	bool crlf = str_starts(str_skip(*log, end), STR("\r\n"));
	*log = str_skip(*log, end + (crlf ? 2 : 1));
	return true;
}

/* Length of the white space (that of Unicode, and the byte order mark) at `s`, or 0. */
static inline size_t runner_space(Str s)
{
	static const char *const wide[] = {"\xC2\x85", "\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\x80",
		"\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85",
		"\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A",
		"\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80",
		"\xEF\xBB\xBF"};
	if (s.len && (s.ptr[0] == ' ' || (s.ptr[0] >= '\t' && s.ptr[0] <= '\r')))
		return 1;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (str_starts(s, str_from(wide[i])))
			return str_from(wide[i]).len;
	return 0;
}

/* Would one of the runner's two parsers take this line for a command? */
static inline bool runner_sees_command(Str line)
{
	if (str_contains(line, STR("##[")))
		return true;
	for (size_t length; (length = runner_space(line)) > 0;)
		line = str_skip(line, length);
	return str_starts(line, STR("::"));
}

/* Is a written log safe: no command, no control character, nothing that is not UTF-8? */
static inline bool runner_log_is_safe(Str log)
{
	Str line;
	if (str_utf8_invalid(log) < log.len || (log.len && log.ptr[log.len - 1] != '\n'))
		return false;
	for (size_t i = 0; i < log.len; i++) {
		unsigned char c = (unsigned char)log.ptr[i];
		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
			return false;
	}
	while (runner_next_line(&log, &line))
		if (runner_sees_command(line))
			return false;
	return true;
}

/* Undoes the runner's escapes of a command's data or property. */
static inline Str runner_unescape(Arena *arena, Str s, bool property)
{
	static const struct {
		const char *code;
		char c;
		bool property;
	} table[] = {{"%0D", '\r', false}, {"%0A", '\n', false}, {"%25", '%', false},
		{"%3A", ':', true}, {"%2C", ',', true}};
	Buf buf = buf_new(arena, s.len);
	for (size_t i = 0; i < s.len;) {
		size_t found = 0;
		while (found < 5 && (!str_starts(str_skip(s, i), str_from(table[found].code)) ||
					    (table[found].property && !property)))
			found++;
		buf_add_char(&buf, found < 5 ? table[found].c : s.ptr[i]);
		i += found < 5 ? 3 : 1;
	}
	return buf_str(&buf);
}

/* A command as the runner takes it apart: ::name key=value,key=value::data */
typedef struct RunnerCommand {
	Str name, data;
	struct {
		Str key, value;
	} properties[8];
	size_t count;
} RunnerCommand;

static inline bool runner_parse_command(Arena *arena, Str line, RunnerCommand *out)
{
	*out = (RunnerCommand){0};
	if (!str_starts(line, STR("::")))
		return false;
	line = str_skip(line, 2);
	size_t end = 0;
	while (end < line.len && !str_starts(str_skip(line, end), STR("::")))
		end++;
	if (end == line.len)
		return false;
	Str head = str_head(line, end), pair, key;
	out->data = runner_unescape(arena, str_skip(line, end + 2), false);
	str_next(&head, ' ', &out->name);
	while (str_next(&head, ',', &pair) && out->count < 8) {
		if (!str_next(&pair, '=', &key) || !pair.len)
			continue;
		out->properties[out->count].key = str_trim(key);
		out->properties[out->count++].value = runner_unescape(arena, pair, true);
	}
	return true;
}

/* A property's value, or an empty Str. */
static inline Str runner_property(const RunnerCommand *command, const char *key)
{
	for (size_t i = 0; i < command->count; i++)
		if (str_equal(command->properties[i].key, str_from(key)))
			return command->properties[i].value;
	return (Str){0};
}

/* Takes the next `name<<DELIMITER` or `name=value` off a file of outputs. False at its end, and
 * with `valid` unset where the runner would fail the step. */
static inline bool runner_next_output(Str *file, Str *name, Str *value, bool *valid)
{
	Str line;
	*valid = true;
	do {
		if (!file->len)
			return false;
		str_next(file, '\n', &line);
	} while (!line.len);
	size_t at = 0;
	while (at < line.len && line.ptr[at] != '=' && !str_starts(str_skip(line, at), STR("<<")))
		at++;
	*valid = at > 0 && at < line.len;
	*name = str_head(line, at);
	if (!*valid || line.ptr[at] == '=') {
		*value = str_skip(line, at + 1);
		return *valid;
	}
	Str delimiter = str_skip(line, at + 2);
	const char *start = file->ptr;
	while (*valid) {
		*valid = file->len && str_next(file, '\n', &line) && file->ptr;
		if (!*valid || str_equal(line, delimiter))
			break;
	}
	size_t size = *valid ? (size_t)(line.ptr - start) : 0;
	*value = (Str){start, size ? size - 1 : 0};
	return *valid;
}

#endif
