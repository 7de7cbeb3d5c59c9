/* Reads what is in a database, as compare/inventory has it: one query, read-only, in one turn, and
 * once more if somebody has dropped what was being read. The catalogues are open to every role, so
 * no privilege is needed. */
#ifndef SERVER_INVENTORY_H
#define SERVER_INVENTORY_H

#include "compare/inventory.h"
#include "server/session.h"

/* The oldest version whose catalogues can be read, as server_version_num has it. */
enum {
	INVENTORY_OLDEST = 150000
};

/* `common`: the older one of the two servers that will be compared. What it cannot have
 * (the privilege MAINTAIN before 17) is left out. The text lives in the session's arena. False with
 * an ERR_DRIFT. */
bool inventory_read(Session *session, int common, Inventory *out, Err *err);

#endif
