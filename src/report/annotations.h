/* Which faults are worth an annotation: the runner shows ten of a kind, and drops the rest. */
#ifndef REPORT_ANNOTATIONS_H
#define REPORT_ANNOTATIONS_H

#include "base/err.h"

enum {
	ANNOTATIONS_MAX = 10 /* if there are more, the tenth says how many */
};

/* The worst first, otherwise in their order. Returns how many. */
size_t annotations_choose(const Err *faults, const Fault *out[ANNOTATIONS_MAX]);

#endif
