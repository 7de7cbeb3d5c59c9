/* The inputs as data, for whoever shows them or looks for a name: the rows of inputs.def. */
#ifndef ACTION_INPUT_TABLE_H
#define ACTION_INPUT_TABLE_H

#include "base/str.h"

typedef enum InputKind {
	INPUT_KIND_GROUP, /* no input, but the title of those that follow; it is the `id` */
	INPUT_KIND_CHOICE,
	INPUT_KIND_TEXT,
	INPUT_KIND_FLAG,
	INPUT_KIND_NUMBER,
	INPUT_KIND_DURATION,
} InputKind;

typedef struct InputRow {
	InputKind kind;
	Str id, fallback;
	Str choices; /* "a|b|c"; empty: any text of the kind */
	Str description; /* Markdown, one line */
} InputRow;

/* All rows, in the order of the table. */
const InputRow *input_table(size_t *count);
/* The row of an input; NULL if there is none. */
const InputRow *input_table_find(Str id);
/* The input that is meant by a mistyped name; empty if none is near. */
Str input_table_nearest(Str name);

#endif
