/* The plan as one number: what was approved is what is executed, or nothing is.
 *
 * A SHA-256 over a canonical text: target, head of its history, every pending file's version and
 * content identity in order, what goes along with them, and the options that change what is done.
 * It is the same on every machine and at every time. Pure. */
#ifndef PLAN_DIGEST_H
#define PLAN_DIGEST_H

#include "plan/content.h"

typedef struct DigestInput {
	Str target; /* the database's identity */
	const Contents *contents; /* and their source */
	const History *history;
	bool include_all, one_transaction;
	Str extras; /* canonical: what goes along with the migrations */
} DigestInput;

/* 64 hexadecimal digits. */
Str digest_plan(Arena *arena, const DigestInput *input);

/* The digest of the same plan after all of it has passed a rehearsal on the target: whoever expects
 * this one demands a rehearsal of the push, too. */
Str digest_rehearsed(Arena *arena, Str digest);

/* What has moved since the plan of the digest `expected`: found by asking which change, taken back,
 * would give that digest. Of versions and files only the newest 64 are tried, each alone and all
 * after it: a file that is changed cannot be found out, a hash being all that is left of it. */
Str digest_explain(Arena *arena, const DigestInput *input, Str expected);

#endif
