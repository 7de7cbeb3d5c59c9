#include "api/supabase_roots.h"

static const char roots[] =
#ifdef PROMOTE_ROOTS
#include PROMOTE_ROOTS
#else
	""
#endif
	;

Str supabase_roots(void)
{
	return str_from(roots);
}
