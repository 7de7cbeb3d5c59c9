/* The type of a database as a file of TypeScript has it, by any generator and any formatter: each
 * member with its place. What else the file holds is not looked at. */
#ifndef TYPES_FILE_H
#define TYPES_FILE_H

#include "types/model.h"
#include "types/ts_parse.h"

/* Reads `type NAME = {…}` or `interface NAME {…}`. False: there is none, or it is not understood;
 * `failure` says where and why. The text has to live as long as the model. */
bool types_file_read(Arena *arena, Str text, Str name, TypesModel *out, TsFailure *failure);

#endif
