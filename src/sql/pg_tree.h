/* libpg_query's parse tree of one statement, and the few questions that all its readers ask.
 *
 * The tree lives until pg_tree_free; texts read from it are views into it. Packing a tree takes
 * time that grows with the square of its depth, so callers bound the text. */
#ifndef SQL_PG_TREE_H
#define SQL_PG_TREE_H

#include "sql/facts.h"

#include <pg_query.h>
#include <pg_query.pb-c.h>

typedef PgQuery__Node Node;

enum {
	PG_TREE_MAX = 16 * 1024 /* bytes of a text, but for one long literal */
};

typedef struct Tree {
	PgQuery__ParseResult *result;
	const Node *root; /* of the first statement; NULL if there is none */
} Tree;

/* A refusal by the parser, its words in the arena. */
typedef struct TreeRefusal {
	Str message;
	size_t position; /* in characters from 1; 0 if unknown */
	bool is_too_deep; /* the parser's own limit: nothing is said about the text */
	bool is_by_rule; /* the grammar knows it, and does not allow it */
} TreeRefusal;

TreeRefusal pg_tree_refusal(Arena *arena, const PgQueryError *error);

/* False with a refusal if the parser refuses the text. */
bool pg_tree_parse(
	Arena *arena, const char *text, PgQueryParseMode mode, Tree *out, TreeRefusal *refusal);
void pg_tree_free(Tree *tree);

/* Is the message of this type (of pg_query.proto, in lower case)? */
#define PG_TREE_IS(message, type) ((message)->descriptor == &pg_query__##type##__descriptor)

/* Calls back for every message of a (sub)tree, parents first. */
typedef void TreeVisitFn(void *context, const ProtobufCMessage *message);
typedef struct TreeVisitor {
	TreeVisitFn *enter, *leave; /* `leave` may be NULL */
	void *context;
} TreeVisitor;
void pg_tree_walk(const ProtobufCMessage *message, const TreeVisitor *visitor);

/* The text of a String node; empty for any other. */
Str pg_tree_text(const Node *node);
/* a.b from a list of String nodes; a catalog before them is left out. */
ObjectName pg_tree_name(Node **names, size_t count);
ObjectName pg_tree_range(const PgQuery__RangeVar *range);
Names pg_tree_names(Arena *arena, Node **nodes, size_t count);

/* Roles as GRANT and policies name them; PUBLIC is "public". */
Names pg_tree_roles(Arena *arena, Node **roles, size_t count);

/* The text of a string constant in an expression; empty for any other. */
Str pg_tree_constant(const Node *node);
bool pg_tree_is_boolean(const Node *node, bool value);

/* A query, an expression or a type as SQL, in the arena; empty for NULL or what cannot be written.
 */
Str pg_tree_select(Arena *arena, PgQuery__SelectStmt *select);
Str pg_tree_expression(Arena *arena, Node *node);
Str pg_tree_type(Arena *arena, PgQuery__TypeName *type);

/* An option of a list by its name: NULL if it is not there. The last one of a name counts. */
const PgQuery__DefElem *pg_tree_option(Node **options, size_t count, const char *name);
/* The text of one that has a string, or a list of one; empty for any other. */
Str pg_tree_option_text(Node **options, size_t count, const char *name);
/* -1 if it is not there, else its boolean value; no value means true. */
/* What options are set to, as text; empty: one with a namespace, or what is no single value. */
Names pg_tree_option_values(Arena *arena, Node **options, size_t count);
int pg_tree_option_value(Node **options, size_t count, const char *name);

/* Those of WITH (…), and of a namespace, in order. */
Names pg_tree_option_names(Arena *arena, Node **options, size_t count);

/* Our kind for PostgreSQL's; OBJECT_NONE for the ones that nobody asks about. */
ObjectKind pg_tree_object_kind(PgQuery__ObjectType type);

#endif
