#define _GNU_SOURCE /* timegm, strncasecmp */
#include "local/stamp.h"

#include "base/timestamp.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum {
	STAMP_DIGITS = 14,
	DATE_DIGITS = 8,
	YEAR_DIGITS = 4,
	PAIR = 2, /* digits of all other fields */
};

static bool is_digit(Str s)
{
	return s.len && s.ptr[0] >= '0' && s.ptr[0] <= '9';
}

static size_t count_digits(Str s)
{
	size_t count = 0;
	while (is_digit(str_skip(s, count)))
		count++;
	return count;
}

static bool begins_with(Str s, const char *characters)
{
	return s.len && s.ptr[0] && strchr(characters, s.ptr[0]);
}

bool stamp_is_usual(Str version)
{
	return version.len == STAMP_DIGITS && count_digits(version) == STAMP_DIGITS;
}

bool stamp_seconds(Str version, int64_t *seconds)
{
	static const struct {
		size_t digits;
		int least, most;
	} fields[] = {{YEAR_DIGITS, 1970, 9999}, {PAIR, 1, 12}, {PAIR, 1, 31}, {PAIR, 0, 23},
		{PAIR, 0, 59}, {PAIR, 0, 60}};
	int values[6] = {0};
	size_t at = 0;
	if (!stamp_is_usual(version))
		return false;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		for (size_t k = 0; k < fields[i].digits; k++, at++)
			values[i] = values[i] * 10 + (version.ptr[at] - '0');
		if (values[i] < fields[i].least || values[i] > fields[i].most)
			return false;
	}
	struct tm utc = {.tm_year = values[0] - 1900,
		.tm_mon = values[1] - 1,
		.tm_mday = values[2],
		.tm_hour = values[3],
		.tm_min = values[4],
		.tm_sec = values[5]};
	*seconds = (int64_t)timegm(&utc);
	return true;
}

/* Reads fields of digits that are separated ("2026-03-01", "09:00:00") into `to`; the last may be
 * missing. Nothing is taken from `rest` unless what follows is no digit. */
static bool read_apart(Str *rest, const size_t *digits, size_t least, const char *between, Buf *to)
{
	ARENA_SCRATCH(scratch);
	Buf found = buf_new(&scratch, STAMP_DIGITS);
	Str s = *rest;
	size_t count = 0;
	for (; count < 3; count++) {
		Str field = count ? str_skip(s, 1) : s;
		if ((count && !begins_with(s, between)) || count_digits(field) != digits[count])
			break;
		buf_add(&found, str_head(field, digits[count]));
		s = str_skip(field, digits[count]);
	}
	if (count < least)
		return false;
	buf_add(to, buf_str(&found));
	*rest = s;
	return true;
}

/* A time that is separated from its date: "_090000", "T0900", "_09-00", " 09:00:00". */
static void read_time(Str *rest, bool is_date_apart, Buf *to)
{
	static const size_t fields[] = {PAIR, PAIR, PAIR};
	bool is_iso = begins_with(*rest, "Tt");
	if (!is_iso && !begins_with(*rest, "_-. "))
		return;
	Str s = str_skip(*rest, 1);
	size_t digits = count_digits(s);
	if (digits == (size_t)PAIR * 3 || (is_iso && digits == (size_t)PAIR * 2)) {
		buf_add(to, str_head(s, digits));
		s = str_skip(s, digits);
	} else if (!read_apart(&s, fields, 2, is_date_apart ? "-:._" : "-:.", to)) {
		return;
	}
	*rest = begins_with(s, "Zz") && is_iso ? str_skip(s, 1) : s;
}

/* Padded with zeros, as far as it is a date. */
static Str whole_stamp(Arena *arena, Str digits)
{
	int64_t seconds;
	Buf buf = buf_new(arena, STAMP_DIGITS);
	buf_add(&buf, digits);
	while (buf.len < STAMP_DIGITS)
		buf_add_char(&buf, '0');
	Str stamp = buf_str(&buf);
	return stamp_seconds(stamp, &seconds) ? stamp : (Str){0};
}

static Str read_date(Arena *arena, Str *rest)
{
	static const size_t fields[] = {YEAR_DIGITS, PAIR, PAIR};
	Buf buf = buf_new(arena, STAMP_DIGITS);
	Str s = *rest;
	size_t digits = count_digits(s);
	bool is_whole = digits >= DATE_DIGITS && (digits % 2 == 0 || digits > STAMP_DIGITS);
	if (is_whole) {
		buf_add(&buf, str_head(s, digits < STAMP_DIGITS ? digits : STAMP_DIGITS));
		s = str_skip(s, digits);
	} else if (!read_apart(&s, fields, 3, "-_. ", &buf)) {
		return (Str){0};
	}
	Str day = whole_stamp(arena, buf_str(&buf)), after_day = s;
	if (buf.len == DATE_DIGITS)
		read_time(&s, !is_whole, &buf);
	Str stamp = whole_stamp(arena, buf_str(&buf));
	*rest = stamp.len ? s : day.len ? after_day : *rest;
	return stamp.len ? stamp : day;
}

static Str read_number(Arena *arena, Str *rest)
{
	size_t digits = count_digits(*rest);
	Buf buf = buf_new(arena, STAMP_DIGITS);
	if (digits > STAMP_DIGITS)
		return (Str){0};
	for (size_t i = digits; i < STAMP_DIGITS; i++)
		buf_add_char(&buf, '0');
	buf_add(&buf, str_head(*rest, digits));
	*rest = str_skip(*rest, digits);
	return buf_str(&buf);
}

static bool is_one_line(Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] < ' ')
			return false;
	return true;
}

bool stamp_read(Arena *arena, Str file, Stamp *out)
{
	static const Str ending = STR_INIT(".sql");
	if (!is_digit(file) || file.len < ending.len || !is_one_line(file) ||
		strncasecmp(file.ptr + file.len - ending.len, ending.ptr, ending.len) != 0)
		return false;
	Str rest = str_head(file, file.len - ending.len);
	out->version = read_date(arena, &rest);
	if (!out->version.len)
		out->version = read_number(arena, &rest);
	while (begins_with(rest, "_-. "))
		rest = str_skip(rest, 1);
	out->title = rest.len ? rest : STR("migration");
	return out->version.len > 0;
}

void stamps_take(Stamps *stamps, Str version)
{
	*str_map_at(stamps->arena, &stamps->taken, version) = 0;
}

/* The next second; of what is no time the next number. */
static Str next_version(Arena *arena, Str version)
{
	int64_t seconds;
	if (!stamp_seconds(version, &seconds))
		return str_format(arena, "%014llu", strtoull(str_z(arena, version), NULL, 10) + 1);
	return timestamp_version(arena, seconds + 1);
}

bool stamps_offer(Stamps *stamps, Str file, Stamp *out)
{
	if (!stamp_read(stamps->arena, file, out))
		return false;
	while (str_map_find(&stamps->taken, out->version))
		out->version = next_version(stamps->arena, out->version);
	stamps_take(stamps, out->version);
	return true;
}
