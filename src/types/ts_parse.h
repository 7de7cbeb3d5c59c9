/* A reader of TypeScript's types, for as much of them as generators of database types use: names,
 * literals, objects, unions, intersections, arrays, tuples, indexed access, generics. Whatever else
 * there is (functions, conditional types) is a failure with its place.
 *
 * It is asked for one piece after the other, so that a file of megabytes is never in memory as a
 * tree: who calls enters an object, takes the names of its members, and has their types read or
 * enters them. Linear, and of bounded depth. */
#ifndef TYPES_TS_PARSE_H
#define TYPES_TS_PARSE_H

#include "types/ts_lex.h"

typedef enum TsKind {
	TS_NAMED, /* text: the name, with its dots; items: what is in <…> */
	TS_LITERAL, /* text: as a string of JSON, or a number as it is */
	TS_OBJECT, /* members */
	TS_UNION, /* items */
	TS_INTERSECTION, /* items */
	TS_ARRAY, /* items: one */
	TS_TUPLE, /* items */
	TS_INDEXED, /* items: two, what is indexed and the index */
} TsKind;

typedef struct TsType TsType;
typedef struct TsMember TsMember;

struct TsType {
	TsKind kind;
	Str text;
	Str value; /* of a string that is a literal: without quotes and escapes */
	TsType *items, *next;
	TsMember *members;
	size_t line, col;
};

struct TsMember {
	Str name;
	bool optional;
	bool is_index; /* [_ in never] and the like: it has no name */
	const TsType *type;
	TsMember *next;
	size_t line, col;
};

typedef struct TsFailure {
	size_t line, col;
	Str message; /* empty: there is none */
} TsFailure;

typedef struct TsParser {
	TsLexer lexer;
	TsToken token; /* the next one */
	Arena *arena; /* of what is read; may be changed between two pieces */
	size_t depth;
	TsFailure failure; /* the first one; nothing is read after it */
} TsParser;

TsParser ts_parser(Arena *arena, Str text);

/* Reads on, up to the value of `type NAME =` or the body of `interface NAME`. False: there is no
 * such declaration any more. */
bool ts_find(TsParser *parser, Str name);
/* Into the object that is next; its members follow. False, with a failure: it is none. */
bool ts_enter(TsParser *parser);
/* The head of the next member: `type` is NULL, and is what is next. False at the object's end,
 * which is then passed, and after a failure. */
bool ts_member(TsParser *parser, TsMember *member);
/* The type that is next; NULL after a failure. */
TsType *ts_type(TsParser *parser);

#endif
