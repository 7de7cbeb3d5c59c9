/* The inputs, from the environment: INPUT_<ID IN UPPER CASE>, hyphens kept; with underscores they
 * are taken, too, since a shell cannot set the former. Every value is trimmed; an empty one is the
 * default. All faults are collected; nothing is connected to or printed here. */
#ifndef ACTION_INPUTS_H
#define ACTION_INPUTS_H

#include "action/command_line.h"
#include "action/credentials.h"
#include "action/event.h"

enum {
	MODE_PUSH,
	MODE_DRY_RUN,
	MODE_DETECT,
	MODE_STATUS,
	MODE_COMPARE,
	MODE_VERIFY,
	MODE_TYPES,
	MODE_REPAIR
}; /* of `mode`, in the order of its choices */
enum {
	SKIP_AUTO,
	SKIP_TRUE,
	SKIP_FALSE
}; /* of `skip-unchanged` */
enum {
	LEVEL_OF_ERROR,
	LEVEL_OF_WARN,
	LEVEL_OF_OFF,
	LEVEL_OF_AUTO, /* of `staging-guard` and `missing-files`; of `same-content` it is "note" */
}; /* of the inputs that set a guard's level, in the order of their choices */
enum {
	RESTORE_POINT_OFF,
	RESTORE_POINT_TRY,
	RESTORE_POINT_REQUIRE
}; /* of `restore-point` */
enum {
	TRANSACTION_FILE,
	TRANSACTION_ALL
}; /* of `transaction` */

enum {
	TYPES_AUTO,
	TYPES_CHECK,
	TYPES_WARN,
	TYPES_WRITE,
	TYPES_OFF
}; /* of `types` */

/* NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): in the order of inputs.def */
typedef struct Inputs {
#define INPUT_CHOICE(field, id, fallback, choices, description) size_t field;
#define INPUT_WORD INPUT_CHOICE
#define INPUT_TEXT(field, id, fallback, description) Str field;
#define INPUT_FLAG(field, id, fallback, description) bool field;
#define INPUT_NUMBER(field, id, fallback, description) size_t field;
#define INPUT_DURATION(field, id, fallback, description) int64_t field;
#include "action/inputs.def"
#undef INPUT_CHOICE
#undef INPUT_WORD
#undef INPUT_TEXT
#undef INPUT_FLAG
#undef INPUT_NUMBER
#undef INPUT_DURATION
	const Runner *runner; /* that runs this step */
	const CommandLine *line; /* whose values come before the environment's */
	const Event *event; /* that started the run */
	Credentials credentials; /* the same values, for who needs no other */
	Credentials staging; /* those of the staging database; neither URL nor project: none */
	Credentials scratch; /* of the server that is rehearsed on; no URL: none */
	bool unmasked; /* a password is too short or too common to be masked */
	bool database_wanted; /* false: the checks without a database are all that can be done */
	VEC(Str) notes; /* what is to be said about them, and stops nothing */
	bool promotes; /* a promotion check: staging is given, and no target */
} Inputs;

/* Reads and checks them, where `out` has the runner and the command line; the event decides what is
 * allowed. Values that must not be seen are registered in `secrets` in any case. */
bool inputs_read(Arena *arena, const Event *event, Inputs *out, Secrets *secrets, Err *err);

/* Is the target written to in this mode? */
bool inputs_writes(const Inputs *inputs);
/* Does a push or a dry run compare the target's schema with staging's? */
bool inputs_ask_drift(const Inputs *inputs);

/* A duration: a number and ms, s, m or h, or 0. */
bool inputs_duration(Str text, int64_t *ms);

#endif
