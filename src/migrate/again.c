#include "migrate/again.h"

#include "base/interrupt.h"

enum {
	PAUSE_FIRST_MS = 500,
	PAUSE_MAX_MS = 30 * 1000,
	DOUBLINGS_MAX = 6
};

int64_t again_pause_ms(size_t tries)
{
	int64_t most = PAUSE_MAX_MS;
	if (tries < DOUBLINGS_MAX)
		most = PAUSE_FIRST_MS << tries;
	return (int64_t)((double)most * (0.5 + clock_jitter() / 2)) + 1;
}

bool again_errand(Session *session, Str what, const Command *failed, size_t *tries)
{
	if (!failed || !cause_has(failed->failure->cause, CAUSE_IS_LOCK) ||
		*tries >= session->options.lock_retries)
		return false;
	errand_roll_back(session);
	if (!session->db)
		return false;
	int64_t ms = again_pause_ms((*tries)++);
	log_line(session->log, "%.*s: %.*s (%.*s); rolled back, try %zu of %zu in %.1f s",
		STR_ARG(what), STR_ARG(failed->failure->message),
		STR_ARG(failed->failure->sqlstate), *tries + 1, session->options.lock_retries + 1,
		(double)ms / 1000);
	interrupt_wait(-1, 0, deadline_in(ms), true);
	return true;
}

void again_tell(Arena *arena, Fault *fault, size_t tries)
{
	if (tries)
		fault->message = str_format(
			arena, "%.*s (tried %zu times)", STR_ARG(fault->message), tries + 1);
}
