/* What went wrong, for a person and for the exit code.
 *
 * Functions that can fail return bool and take an `Err *` last: true leaves it untouched, false has
 * added at least one fault. Several faults can be collected before giving up; the first one's kind
 * decides the exit code. Messages start in lower case and end without a period; advice goes into
 * `hint`. Only entrypoint.c turns an Err into an exit status. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/cause.h"

/* What may help in general. */
typedef enum ErrNext {
	ERR_NEXT_NONE, /* nothing but what the fault's own hint says */
	ERR_NEXT_CORRECT, /* the file */
	ERR_NEXT_REPEAT, /* the run */
	ERR_NEXT_LOOK, /* into the history first */
} ErrNext;

/* How sure a finding is. */
typedef enum Certainty {
#define CERTAINTY(name, word) CERTAINTY_##name,
#include "base/certainty.def"
#undef CERTAINTY
} Certainty;

typedef enum ErrKind {
	ERR_NONE,
#define ERROR_KIND(name, code, next, title, meaning) ERR_##name,
#include "base/err.def"
#undef ERROR_KIND
} ErrKind;

/* One fault. All texts are plain, unescaped and may hold anything the outside world sent. */
typedef struct Fault Fault;
struct Fault {
	Fault *next;
	ErrKind kind;
	Str message;
	Str hint; /* what to do about it */
	bool is_hint_general; /* what helps after any fault of its kind */
	Str file; /* relative to the workspace; empty if the fault is in no file */
	size_t line, col; /* from 1, columns in characters; 0 if unknown */
	size_t end_line, end_col; /* of its last character; 0 if unknown */
	const struct Rule *rule; /* of a finding (base/rule.h); else NULL */
	Certainty certainty; /* of a finding */
	Str object; /* that a finding is about, as schema.name; empty: none */
	Cause cause; /* of a refusal by a server, or of the way to it */
	bool on_staging; /* it is about the staging database, not the target */
	bool passes; /* of a request to a service: the same one may be answered later */
	Str sqlstate, detail, server_hint, context; /* of a server message */
	Str schema, table, column, constraint; /* that it is about, if the server says so */
	Str excerpt; /* the statement's lines around the place, with a caret under it */
	Str difference; /* of two texts, line by line, each line with -, + or a blank before it */
};

typedef struct Err {
	Arena *arena; /* owns the texts */
	Fault *first, *last;
	size_t count;
} Err;

/* Adds a fault and returns it for further details. */
Fault *err_add(Err *err, ErrKind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4), returns_nonnull));

/* Adds a fault that was made elsewhere, in an arena that lives as long. */
void err_add_copy(Err *err, const Fault *fault);

/* Moves all faults of `from` (of the same arena) after those of `err`. */
void err_append(Err *err, Err *from);

/* The same, before those of `err`. */
void err_prepend(Err *err, Err *from);

/* Moves one fault of `from` (of the same arena) after those of `err`; nothing if it is not there.
 */
void err_move(Err *err, Err *from, Fault *fault);

/* The first fault's kind, or ERR_NONE. */
ErrKind err_kind(const Err *err);
/* Process exit status for a kind; 0 for ERR_NONE. */
int err_exit_code(ErrKind kind);
ErrNext err_next(ErrKind kind);
/* "proven", "likely", "unknown". */
Str err_certainty(Certainty certainty);
/* Title of the annotation, for example "Migration failed". */
Str err_title(ErrKind kind);

#endif
