#define _POSIX_C_SOURCE 200809L /* gmtime_r */
#include "base/timestamp.h"

#include <time.h>

static struct tm utc_of(int64_t seconds)
{
	struct tm utc = {0};
	time_t moment = (time_t)seconds;
	gmtime_r(&moment, &utc);
	utc.tm_year += 1900;
	utc.tm_mon++;
	return utc;
}

Str timestamp_version(Arena *arena, int64_t seconds)
{
	struct tm utc = utc_of(seconds);
	return str_format(arena, "%04d%02d%02d%02d%02d%02d", utc.tm_year, utc.tm_mon, utc.tm_mday,
		utc.tm_hour, utc.tm_min, utc.tm_sec);
}

Str timestamp_text(Arena *arena, int64_t seconds)
{
	struct tm utc = utc_of(seconds);
	return str_format(arena, "%04d-%02d-%02d %02d:%02d:%02d UTC", utc.tm_year, utc.tm_mon,
		utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

Str timestamp_time(Arena *arena, int64_t seconds)
{
	struct tm utc = utc_of(seconds);
	return str_format(arena, "%02d:%02d:%02d", utc.tm_hour, utc.tm_min, utc.tm_sec);
}
