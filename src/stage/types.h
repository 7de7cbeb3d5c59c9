/* The files of types of a run: read once, and compared with a catalogue, or with two: before and
 * after the pending files. The rehearsal asks for both in its transaction. */
#ifndef STAGE_TYPES_H
#define STAGE_TYPES_H

#include "rehearse/options.h"
#include "stage/run.h"
#include "types/catalogue.h"

typedef struct TypesFile {
	Str path; /* relative to the workspace */
	Str text;
	TypesModel model;
	Names schemas; /* that it is compared on */
	TypesResult result; /* of a file that cannot be compared, already final */
	bool is_read;
	bool is_outside; /* of the workspace: it is not looked at, and never written */
} TypesFile;

typedef struct TypesFiles {
	VEC(TypesFile) items;
	Names schemas; /* of all of them: what the catalogue is asked about */
} TypesFiles;

/* Does this run look at types? */
bool types_is_asked(const Inputs *inputs);
/* Reads and parses the files. What cannot be is a result, and no error. */
void types_load(const Run *run, TypesFiles *out);
/* Adds the results to the report, and their findings to the run's refusals, warnings and notes. */
void types_tell(Run *run, const TypesFiles *files);
/* The differences of one file with a catalogue. False: the answer is not understood. */
bool types_compare_file(const Run *run, const TypesFile *file, const CatalogueAnswer *answer,
	TypesDifferences *out, TypesResult *result);
/* Rewrites those files that do not fit, after a push. What cannot be written is a warning. */
void types_write(Run *run, TypesFiles *files, const CatalogueAnswer *answer);

/* ---- with a rehearsal ---- */

/* The question for the end of the rehearsal; `add` is NULL if this run does not look at types. */
RehearseQuestion types_question(const Run *run);
/* Reads the catalogue before the pending files again, on the server that they are rehearsed on. */
bool types_read_before(Run *run, Session *session, Err *err);
/* Compares with the catalogue before and after the pending files, and tells; or tells why nothing
 * can be said. False: there are errors. */
bool types_rehearsed(Run *run, const RehearseQuestion *question);
/* Keeps what stage_types has read for the rehearsal. Until that comes, nothing is known. */
void types_expect_rehearsal(Run *run, const TypesFiles *files, const CatalogueAnswer *before);

#endif
