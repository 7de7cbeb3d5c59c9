/* Why a login has failed, as far as its message says. Knows no libpq. */
#ifndef WRAP_DB_REFUSAL_H
#define WRAP_DB_REFUSAL_H

#include "base/err.h"
#include "base/sqlstate.h"

/* What a refused statement means: by its SQLSTATE, and by the server's words where that has several
 * meanings. */
Cause db_statement_cause(Str sqlstate, Str message);
/* Why a login has failed: by what libpq, the server or a pooler says of it (wrap/connect.def), then
 * by its SQLSTATE, which is empty for what libpq says itself. */
Cause db_connect_cause(Str message, Str sqlstate);
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
