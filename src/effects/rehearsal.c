#include "effects/rehearsal.h"

size_t rehearsal_files_complete(const Rehearsal *rehearsal)
{
	size_t count = 0;
	for (size_t i = 0; i < rehearsal->count; i++)
		count += rehearsal->files[i].complete;
	return count;
}

bool rehearsal_is_complete(const Rehearsal *rehearsal)
{
	for (size_t i = 0; i < rehearsal->count; i++)
		if (!rehearsal->files[i].complete && !rehearsal->files[i].failed)
			return false;
	return rehearsal->done;
}

bool rehearsal_has_passed(const Rehearsal *rehearsal)
{
	return rehearsal->done && rehearsal->count &&
	       rehearsal_files_complete(rehearsal) == rehearsal->count;
}
