#include "report/annotations.h"

/* What a reader wants to see before anything else; the rest follows. */
static const ErrKind worst[] = {ERR_BUG, ERR_OUTCOME, ERR_MIGRATION, ERR_CANCELLED, ERR_SYNTAX,
	ERR_BLOCKED, ERR_CONNECT, ERR_SERVICE, ERR_HISTORY, ERR_SOURCE, ERR_INPUT, ERR_TYPES};

enum {
	RANKS = sizeof worst / sizeof *worst
};

static size_t rank_of(const Fault *fault)
{
	size_t rank = 0;
	while (rank < RANKS && worst[rank] != fault->kind)
		rank++;
	return rank;
}

size_t annotations_choose(const Err *faults, const Fault *out[ANNOTATIONS_MAX])
{
	size_t count = 0;
	size_t max = faults->count > ANNOTATIONS_MAX ? ANNOTATIONS_MAX - 1 : ANNOTATIONS_MAX;
	for (size_t rank = 0; rank <= RANKS; rank++)
		for (const Fault *fault = faults->first; fault && count < max; fault = fault->next)
			if (rank_of(fault) == rank)
				out[count++] = fault;
	return count;
}
