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

/* Has the server refused the password? Then the same again is the same again, and the way to be
 * banned. (SQLSTATE 28P01; poolers have words of their own.) */
bool db_is_login_refused(const Err *err);
/* That, or is this user not let in from here, whatever the password (SQLSTATE class 28)? */
bool db_is_kept_out(const Err *err);
/* Was it us who refused the server: its certificate, or how it wants to be spoken to? */
bool db_is_our_refusal(const Err *err);
/* Has nothing answered: no route, no listener, or silence? Then no password has left. */
bool db_is_unanswered(const Err *err);

#endif
