#include "server/clocked.h"

void clocked_start(Batch *batch, const char *name)
{
	session_ask(batch);
	Str sql = str_format(batch->arena,
		"SELECT pg_catalog.set_config('%s', extract(epoch FROM clock_timestamp())::text, "
		"false)",
		name);
	batch_add(batch, str_from(str_z(batch->arena, sql)))->sync = true;
}

Str clocked_rest(Arena *arena, const char *name, int64_t budget_ms, int64_t at_most_ms)
{
	return str_format(arena,
		"greatest(1, least(%lld, %lld - 1000 * (extract(epoch FROM clock_timestamp()) - "
		"nullif(current_setting('%s', true), '')::numeric)))::int8::text",
		(long long)at_most_ms, (long long)budget_ms, name);
}
