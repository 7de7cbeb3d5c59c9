/* One flight of a rehearsal: files with a probe after each statement, as one batch; and where in it
 * each of them is. For rehearse/rehearse alone. */
#ifndef REHEARSE_FLIGHT_H
#define REHEARSE_FLIGHT_H

#include "effects/rehearsal.h"
#include "plan/history.h"
#include "rehearse/options.h"
#include "rehearse/question.h"
#include "server/session.h"

/* Commands of the batch. SIZE_MAX: there is none. */
typedef struct StatementMark {
	size_t first, probe; /* the statement's own [first, probe), and the probe after it */
} StatementMark;

typedef struct FileMark {
	size_t first, begun, end; /* [first, end); begun: the probe before its first statement */
	StatementMark *statements;
} FileMark;

typedef struct Flight {
	const Session *session;
	const History *history;
	Batch batch;
	ProbeQuestion probe;
	FileMark *files; /* of all scripts; those that are not in this flight have end 0 */
	size_t objects, findings, indexes; /* of the questions at the end */
	size_t question; /* of the caller's; SIZE_MAX: there is none */
} Flight;

/* The savepoint that each file begins and ends with. */
#define FLIGHT_SAVEPOINT "promote_file"

/* A file; statements with not_run are left out, substituted ones run without CONCURRENTLY. */
void flight_add_file(Flight *flight, FileMark *mark, const RehearsedFile *file);
/* ROLLBACK, and the end of what it leaves: prepared statements. */
void flight_add_rollback(Batch *batch);
/* What is asked after the last file. */
void flight_add_end(Flight *flight, const RehearseQuestion *question, Str highest);

#endif
