/* What a rehearsal asks the server about its database: before anything is run, after each
 * statement, and at the end. SQL and nothing else; effects/ reads the answers. */
#ifndef REHEARSE_QUESTION_H
#define REHEARSE_QUESTION_H

#include "wrap/pipeline.h"

/* Adds, under search_path = pg_catalog: the relations that are there (RELATION_COLUMNS columns);
 * those called one of `named` (with "\x1f" between them) with their size as it is now. */
void question_relations(Batch *batch, Str named);
/* The transaction's number, and the highest oid of a relation. */
void question_transaction(Batch *batch);
/* The limits of the API's roles: see server/api_limits. */
void question_limits(Batch *batch);
/* Kind and object of everything that can appear or disappear. */
void question_objects(Batch *batch);
/* Kind and object of what is wrong with the protection of data in the API's schemas, and of what
 * anon, authenticated and everybody may do: so many commands, one after the other. */
enum {
	QUESTION_FINDINGS = 3
};
void question_findings(Batch *batch);
/* What somebody has made there: one name, or no row. */
void question_own(Batch *batch);
/* "extension" and the name of each. */
void question_extensions(Batch *batch);
/* Functions called, and tables written, whose functions may do what is denied: is it a table, its
 * name, is it lasting, what. Lists have "\x1f" between their items. */
void question_suspects(Batch *batch, Str called, Str written, Str pattern);
/* Schema and name of each index that has come since. */
void question_new_indexes(Batch *batch, Str highest);

/* What a probe needs: the same for all of one transaction. */
typedef struct ProbeQuestion {
	Param params[3]; /* number of the transaction, limit in seconds, highest oid */
	Str limits; /* further columns, which set the rehearsal's limits */
	bool is_prepared; /* by question_prepare_probe: planning it takes most of its time */
} ProbeQuestion;
/* Adds a probe (PROBE_COLUMNS columns), which also sets the rehearsal's limits again: whatever the
 * statement before has done to them. Fails (PURPOSE_PROBE) if the transaction is not the one it
 * should be, or has lasted too long. Among a file's statements: trusts no search path. */
void question_probe(Batch *batch, const ProbeQuestion *probe);
/* The same without an answer: checks, and sets the limits. */
void question_check(Batch *batch, const ProbeQuestion *probe);
/* Has the probe parsed, under a name that the session keeps until DEALLOCATE ALL, which a file may
 * run, too: then probes fail with SQLSTATE_UNKNOWN_PREPARED_STATEMENT. */
void question_prepare_probe(Batch *batch, const ProbeQuestion *probe);

/* Adds what defers again what is deferred by default, after SET CONSTRAINTS ALL IMMEDIATE. */
void question_defer(Batch *batch);

#endif
