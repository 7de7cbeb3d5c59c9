/* Variables of inputs that there are not: a name that is mistyped would leave the input at its
 * default, and that of `mode` is a push. */
#ifndef ACTION_INPUT_NAMES_H
#define ACTION_INPUT_NAMES_H

#include "base/err.h"

/* Adds an ERR_INPUT for each INPUT_… of an environment (NULL at its end) that is none of ours and
 * not empty, with the input that is meant, if one is near. */
void input_names_check(char *const *environment, Err *err);

#endif
