/* The root certificates for Supabase's database and pooler hosts that this build was given
 * (`make SUPABASE_CA=file.pem`; deps/supabase-ca.sh checks their fingerprints). They are not in the
 * system's bundles: Supabase runs an authority of its own. */
#ifndef API_SUPABASE_ROOTS_H
#define API_SUPABASE_ROOTS_H

#include "base/str.h"

/* PEM text; empty if the build was given none. */
Str supabase_roots(void);

#endif
