/* Quoted words that the server turns into values of a type while it parses a statement: a label of
 * an enum that cannot be used yet is refused there, whatever the rows are.
 *
 * Read where somebody asks, and not kept with the facts: data has as many words as rows. */
#ifndef SQL_LABELS_H
#define SQL_LABELS_H

#include "sql/facts.h"

typedef struct LabelUse {
	Str label;
	ObjectName type; /* that it is cast to; empty: the column's */
	ObjectName
		table; /* of the column that it is stored in, or compared with; empty: not known */
	Str column; /* empty: the one of `index` */
	size_t index; /* of an INSERT without names, from 0 */
	size_t offset; /* bytes from the start of the statement; 0: in a body */
	bool is_sure; /* the server looks at it whenever the statement is run; else perhaps */
} LabelUse;

typedef VEC(LabelUse) LabelUses;

/* In the order of the statement; nothing of one that cannot be parsed. Of a DO block: each of its
 * quoted words, with neither type nor column. Everything lives in the arena. */
void labels_read(Arena *arena, Str statement, LabelUses *out);

#endif
