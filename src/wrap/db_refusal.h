/* What lies behind a login that has failed, as far as its words tell. Knows no libpq. */
#ifndef WRAP_DB_REFUSAL_H
#define WRAP_DB_REFUSAL_H

#include "base/err.h"

/* How the message begins when nothing has come within the limit. */
#define DB_SILENCE "no answer from "

/* What usually lies behind libpq's words, for a reader who did not expect them; may be empty. */
Str db_hint_for(Str message);
/* libpq's verbose form, "FATAL:  28P01: words", and a last line on the server's source. Takes both
 * out; the code of the last attempt counts. */
Str db_take_code(Arena *arena, Str text, Str *code);

/* Of what db_open has added: */

/* Has the server refused user or password? Then the same again is the same again, and the way to be
 * banned. (SQLSTATE class 28; poolers have words of their own.) */
bool db_is_login_refused(const Err *err);
/* Has nothing answered: no route, no listener, or silence? Then no password has left. */
bool db_is_unanswered(const Err *err);

#endif
