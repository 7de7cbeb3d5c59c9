/* What the answers of a probe after each statement say: locks, new files, scans, rows, time, WAL.
 *
 * A probe tells the state of the transaction; what a statement did is the difference from the probe
 * before. Only relations that were there before count. */
#ifndef EFFECTS_PROBE_H
#define EFFECTS_PROBE_H

#include "effects/effects.h"

/* A probe's row. */
typedef struct ProbeAnswer {
	int64_t began_us, ended_us; /* the server's clock, at its begin and end */
	int64_t wal; /* position */
	Str relations; /* "oid,modes,file,scans,read,inserted,updated,deleted;…" of those that are
			  locked; modes: a bit for each, from 1 for ACCESS SHARE; file: -1 if the
			  relation is gone */
} ProbeAnswer;

enum {
	PROBE_COLUMNS = 5
};
/* Of the cells after the first one, which only checks. */
ProbeAnswer probe_answer(const Str *cells);

typedef struct Probe Probe;
/* Before the first answer. */
Probe *probe_new(Arena *arena, const Relations *relations);
/* What comes before a file's first statement: none of its effects are the file's. */
void probe_begin_file(Probe *probe, const ProbeAnswer *answer);
/* After a statement that has succeeded. */
void probe_read(Probe *probe, Arena *arena, const ProbeAnswer *answer, Effects *out);
/* The file was rolled back: its locks are gone, and what it had written. */
void probe_undo_file(Probe *probe);

/* Indexes that were there, are gone, and are there again under their name were rebuilt: adds
 * them to the statement that took them away. `again`: pairs of schema and name. */
void probe_add_rebuilt(Arena *arena, Effects *effects, const Str *again, size_t pairs);

#endif
