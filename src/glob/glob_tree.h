/* The tree of a JavaScript regular expression without flags, read as browsers and Node do (ECMA-262
 * with annex B): `]` and `}` may be alone, a number after a backslash may be octal, and so on.
 *
 * Left out are back-references, which alone would make matching take exponential time. Groups do
 * not capture: nobody asks what they have matched. */
#ifndef GLOB_GLOB_TREE_H
#define GLOB_GLOB_TREE_H

#include "glob/glob_set.h"

enum {
	TREE_MAX_DEPTH = 500
}; /* of groups in each other */

typedef enum TreeStatus {
	TREE_OK,
	TREE_INVALID, /* JavaScript refuses it, too */
	TREE_UNSUPPORTED /* JavaScript takes it, this does not */
} TreeStatus;

typedef enum NodeKind {
	NODE_CONCAT, /* of `parts`, perhaps none */
	NODE_EITHER, /* one of `parts` */
	NODE_REPEAT, /* parts[0], from min to max times */
	NODE_UNIT,
	NODE_SET,
	NODE_ASSERT,
	NODE_LOOK /* parts[0] is looked for, ahead or behind */
} NodeKind;

/* What can be said of a position without a tree. Those below the blank line are whole look-aheads
 * that occur in the expression of nearly every glob. */
typedef enum Assertion {
	ASSERT_START, /* ^ */
	ASSERT_END, /* $ */
	ASSERT_WORD_EDGE, /* \b */
	ASSERT_NO_WORD_EDGE, /* \B */

	ASSERT_ANY, /* (?=.) */
	ASSERT_NOT_DOT, /* (?!\.{0,1}(?:\/|$)) */
	ASSERT_NOT_DOTS, /* (?!\.{1,2}(?:\/|$)) */
	ASSERT_NOT_DOTS_PART /* (?!(?:^|\/)\.{1,2}(?:\/|$)) */
} Assertion;

#define TREE_UNLIMITED UINT32_MAX

typedef struct Node Node;
struct Node {
	NodeKind kind;
	Assertion assertion;
	uint16_t unit;
	bool behind, negated; /* of NODE_LOOK */
	uint32_t min, max; /* of NODE_REPEAT */
	const UnitSet *set;
	VEC(Node *) parts;
};

/* `*why` says what is not supported; it is set for TREE_UNSUPPORTED only, `*tree` for TREE_OK. */
TreeStatus tree_parse(Arena *arena, Units source, const Node **tree, const char **why);

/* The most units that the node can take, at most `limit`. */
size_t tree_max_length(const Node *node, size_t limit);

#endif
