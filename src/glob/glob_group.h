/* Brackets and braces of a glob. For glob_source.c only. */
#ifndef GLOB_GLOB_GROUP_H
#define GLOB_GLOB_GROUP_H

#include "glob/glob_token.h"

void group_open_bracket(Job *job);
/* One unit, or an escape, inside of brackets. */
void group_read_in_bracket(Job *job, Units text);
void group_close_bracket(Job *job);

void group_open_brace(Job *job);
void group_close_brace(Job *job);
/* Separates the alternatives of a brace; text elsewhere. */
void group_read_comma(Job *job);

#endif
