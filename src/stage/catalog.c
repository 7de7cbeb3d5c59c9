#include "stage/catalog.h"

#include "server/catalog_read.h"

bool catalog_load(Run *run, Err *err)
{
	const Credentials *target = &run->inputs->credentials;
	if (run->catalog)
		return true;
	Catalog *catalog = arena_new(run->arena, Catalog);
	if (!catalog_read(&run->database.session, run->scripts, run->report->plan.pending.count,
		    catalog, err))
		return false;
	/* a login role for a dry run cannot write; the push's can */
	if (target->project_ref.len && !target->db_password.len)
		catalog_assume_rights(catalog);
	catalog->has_more_roles = run->inputs->include_roles;
	run->catalog = catalog;
	return true;
}
