#include "server/writable.h"

bool writable_check(const Session *session, const History *history, bool is_dry, Err *err)
{
	static const struct {
		const char *says;
		Str hint;
	} table[] = {
		[WRITES_NOT_ON_STANDBY] = {"the server is a standby, which takes no writes",
			STR_INIT("give the host of the primary")},
		[WRITES_OFF] = {"the database takes no writes: "
				"default_transaction_read_only is on",
			STR_INIT(
				"on Supabase the disk is full, or nearly: add space, or free some "
				"(dashboard, Database settings); elsewhere somebody has set it for "
				"the database or the server (ALTER DATABASE, ALTER SYSTEM)")},
		[WRITES_OFF_FOR_ROLE] = {"the login takes no writes: "
					 "default_transaction_read_only is on for its role",
			STR_INIT("give a login that may write, or let its owner run: "
				 "ALTER ROLE … RESET default_transaction_read_only")},
	};
	SessionWrites writes = session->writes;
	bool reads_only = history->table_exists ? !history->can_insert : !history->can_create;
	if (writes == WRITES_ALLOWED || (writes == WRITES_OFF_FOR_ROLE && is_dry && reads_only))
		return true;
	err_add(err, ERR_BLOCKED, "%s", table[writes].says)->hint = table[writes].hint;
	return false;
}
