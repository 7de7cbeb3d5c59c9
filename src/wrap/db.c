#define _GNU_SOURCE /* memfd_create, environ */
#include "wrap/db.h"

#include "base/interrupt.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct Db {
	PGconn *conn;
	const DbOptions *options;
	int ca_fd; /* holds a CA certificate that was given as text, or -1 */
};

void db_ignore_environment(void)
{
	size_t i = 0;
	while (environ[i]) {
		ARENA_SCRATCH(scratch);
		Str rest = str_from(environ[i]), name;
		str_next(&rest, '=', &name);
		if (str_starts(name, STR("PG")) && unsetenv(str_z(&scratch, name)) == 0)
			continue; /* the next one has moved up */
		i++;
	}
}

static void conninfo_free(PQconninfoOption **options)
{
	PQconninfoFree(*options);
}

bool db_url_parse(Arena *arena, Str url, DbUrl *out)
{
	char *reason = NULL;
	__attribute__((cleanup(conninfo_free))) PQconninfoOption *options =
		PQconninfoParse(str_z(arena, url), &reason);
	PQfreemem(reason);
	if (!options)
		return false;
	const struct {
		Str keyword;
		Str *to;
	} wanted[] = {{STR("host"), &out->host}, {STR("port"), &out->port},
		{STR("user"), &out->user}, {STR("password"), &out->password},
		{STR("dbname"), &out->database}, {STR("sslmode"), &out->sslmode}};
	for (PQconninfoOption *option = options; option->keyword; option++)
		for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
			if (option->val && str_equal(str_from(option->keyword), wanted[i].keyword))
				*wanted[i].to = str_copy(arena, str_from(option->val));
	return true;
}

static void on_notice(void *context, const PGresult *result)
{
	const Db *db = context;
	ARENA_SCRATCH(scratch);
	ServerMessage message = db_message(&scratch, result);
	if (db->options->notice)
		db->options->notice(db->options->notice_context, &message);
}

static Str field(Arena *arena, const PGresult *result, int code)
{
	return str_copy(arena, str_from(PQresultErrorField(result, code)));
}

ServerMessage db_message(Arena *arena, const PGresult *result)
{
	const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
	ServerMessage message = {
		.severity = field(arena, result, PG_DIAG_SEVERITY_NONLOCALIZED),
		.sqlstate = field(arena, result, PG_DIAG_SQLSTATE),
		.message = field(arena, result, PG_DIAG_MESSAGE_PRIMARY),
		.detail = field(arena, result, PG_DIAG_MESSAGE_DETAIL),
		.hint = field(arena, result, PG_DIAG_MESSAGE_HINT),
		.context = field(arena, result, PG_DIAG_CONTEXT),
		.internal_query = field(arena, result, PG_DIAG_INTERNAL_QUERY),
		.position = position ? (size_t)strtoul(position, NULL, 10) : 0,
	};
	/* what libpq itself has to say carries no fields */
	if (!message.message.len)
		message.message = str_copy(arena, str_trim(str_from(PQresultErrorMessage(result))));
	return message;
}

Fault *db_add_fault(Err *err, ErrKind kind, const ServerMessage *message)
{
	Fault *fault = err_add(err, kind, "%.*s", STR_ARG(message->message));
	fault->sqlstate = str_copy(err->arena, message->sqlstate);
	fault->detail = str_copy(err->arena, message->detail);
	fault->server_hint = str_copy(err->arena, message->hint);
	fault->context = message->internal_query.len ? str_format(err->arena, "%.*s\nin: %.*s",
							       STR_ARG(message->context),
							       STR_ARG(message->internal_query))
						     : str_copy(err->arena, message->context);
	return fault;
}

/* libpq wants the certificate in a file; in a scratch image there is none to write to but memory.
 */
static Str ca_path(Db *db, Arena *arena, Err *err)
{
	Str ca = db->options->ca_cert;
	if (!str_contains(ca, STR("-----BEGIN")))
		return ca;
	db->ca_fd = memfd_create("db-ca-cert", MFD_CLOEXEC);
	ssize_t written = db->ca_fd < 0 ? -1 : write(db->ca_fd, ca.ptr, ca.len);
	if (written != (ssize_t)ca.len) {
		err_add(err, ERR_CONNECT, "db-ca-cert cannot be kept in memory");
		return (Str){0};
	}
	return str_format(arena, "/proc/self/fd/%d", db->ca_fd);
}

static bool start(Db *db, Err *err)
{
	enum {
		MAX_OPTIONS = 16
	};
	const char *keys[MAX_OPTIONS] = {0}, *values[MAX_OPTIONS] = {0};
	size_t count = 0;
	ARENA_SCRATCH(scratch);
#define OPTION(key, value) (keys[count] = (key), values[count++] = (value))
	OPTION("user", "postgres"); /* a scratch image knows no users; the URL's own one wins */
	OPTION("dbname", str_z(&scratch, db->options->url));
	OPTION("application_name", str_z(&scratch, db->options->application_name));
	OPTION("client_encoding", "UTF8");
	OPTION("keepalives_idle", "15");
	OPTION("keepalives_interval", "5");
	OPTION("keepalives_count", "6");
	OPTION("tcp_user_timeout", "60000");
	if (db->options->ca_cert.len) {
		Str path = ca_path(db, &scratch, err);
		if (!path.len)
			return false;
		OPTION("sslmode", "verify-full");
		OPTION("sslrootcert", str_z(&scratch, path));
	}
#undef OPTION
	db->conn = PQconnectStartParams(keys, values, 1);
	if (!db->conn)
		arena_exhausted();
	return true;
}

/* What usually lies behind libpq's words, for a reader who did not expect them. */
static Str hint_for(Str message)
{
	static const struct {
		Str part, hint;
	} hints[] = {
		{STR_INIT("password authentication failed"),
			STR_INIT("check user and password in db-url; special "
				 "characters of a password must be percent-encoded")},
		{STR_INIT("no password supplied"), STR_INIT("put the password into db-url")},
		{STR_INIT("certificate verify failed"),
			STR_INIT("the server's certificate is not signed by "
				 "db-ca-cert: give the authority's certificate of this server")},
		{STR_INIT("does not match host name"),
			STR_INIT("the server's certificate is for another name: use "
				 "the host name it was issued for in db-url")},
		{STR_INIT("server does not support SSL"),
			STR_INIT("turn TLS on at the server, or leave db-ca-cert "
				 "and sslmode out if the network is trusted")},
		{STR_INIT("could not translate host name"),
			STR_INIT("check the host in db-url, and that the "
				 "runner can resolve it")},
		{STR_INIT("Connection refused"),
			STR_INIT("is the server up, and is this its port? In a job with "
				 "services the host is the service's name, not localhost")},
		{STR_INIT("Network is unreachable"),
			STR_INIT("the host may have an IPv6 address only, which GitHub's "
				 "runners cannot reach: use the session pooler's host")},
		{STR_INIT("no pg_hba.conf entry"),
			STR_INIT("the server does not allow this user from this address, or "
				 "not without TLS")},
		{STR_INIT("root certificate file"),
			STR_INIT("db-ca-cert is the text of a PEM certificate, or the "
				 "path of a file with it")},
	};
	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
		if (str_contains(message, hints[i].part))
			return hints[i].hint;
	return (Str){0};
}

static bool fail(const Db *db, Err *err)
{
	Str reason = str_copy(err->arena, str_trim(str_from(PQerrorMessage(db->conn))));
	Fault *fault = err_add(err, ERR_CONNECT, "%.*s", STR_ARG(reason));
	fault->hint = hint_for(reason);
	return false;
}

static bool fail_silent(const Db *db, Err *err)
{
	const char *host = PQhost(db->conn), *port = PQport(db->conn);
	Fault *fault =
		err_add(err, ERR_CONNECT, "no answer from %s:%s within %g s", host ? host : "?",
			port ? port : "?", (double)db->options->connect_timeout_ms / 1000);
	fault->hint = STR("check host and port, and that a firewall lets the runner in; "
			  "connect-timeout sets the limit");
	return false;
}

static bool await(const Db *db, Err *err)
{
	Deadline deadline = deadline_in(db->options->connect_timeout_ms);
	PostgresPollingStatusType want = PGRES_POLLING_WRITING;
	while (PQstatus(db->conn) != CONNECTION_BAD) {
		short events = want == PGRES_POLLING_READING ? POLLIN : POLLOUT;
		switch (interrupt_wait(PQsocket(db->conn), events, deadline, true)) {
		case WAIT_INTERRUPTED:
			err_add(err, ERR_CANCELLED, "cancelled while connecting");
			return false;
		case WAIT_TIMEOUT:
			return fail_silent(db, err);
		case WAIT_READY:
			break;
		}
		want = PQconnectPoll(db->conn);
		if (want == PGRES_POLLING_OK)
			return true;
		if (want == PGRES_POLLING_FAILED)
			break;
	}
	return fail(db, err);
}

bool db_open(const DbOptions *options, Db **out, Err *err)
{
	Db *db = calloc(1, sizeof *db);
	if (!db)
		arena_exhausted();
	*db = (Db){.options = options, .ca_fd = -1};
	if (!start(db, err) || !await(db, err)) {
		db_close(&db);
		return false;
	}
	PQsetNoticeReceiver(db->conn, on_notice, db);
	PQsetnonblocking(db->conn, 1);
	PQenterPipelineMode(db->conn);
	*out = db;
	return true;
}

void db_close(Db **db)
{
	if (!*db)
		return;
	PQfinish((*db)->conn);
	if ((*db)->ca_fd >= 0)
		close((*db)->ca_fd);
	free(*db);
	*db = NULL;
}

Str db_describe(Arena *arena, const Db *db)
{
	return str_format(arena, "%s:%s/%s", PQhost(db->conn), PQport(db->conn), PQdb(db->conn));
}

Str db_server_version_text(Arena *arena, const Db *db)
{
	Str text = str_from(PQparameterStatus(db->conn, "server_version")), first = {0};
	str_next(&text, ' ', &first); /* "15.18 (Debian 15.18-0+deb12u1)" */
	return str_copy(arena, first);
}

bool db_is_private(const Db *db)
{
	Str host = str_from(PQhost(db->conn));
	return PQsslInUse(db->conn) || str_starts(host, STR("/")) ||
	       str_starts(host, STR("127.")) || str_equal(host, STR("::1")) ||
	       str_equal(host, STR("localhost"));
}

bool db_in_transaction(const Db *db)
{
	PGTransactionStatusType status = PQtransactionStatus(db->conn);
	return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

#ifdef LIBPQ_HAS_ASYNC_CANCEL
void db_cancel(const Db *db, Deadline deadline)
{
	PGcancelConn *cancel = PQcancelCreate(db->conn);
	if (cancel && PQcancelStart(cancel)) {
		PostgresPollingStatusType want = PGRES_POLLING_WRITING;
		while (want == PGRES_POLLING_WRITING || want == PGRES_POLLING_READING) {
			short events = want == PGRES_POLLING_READING ? POLLIN : POLLOUT;
			if (interrupt_wait(PQcancelSocket(cancel), events, deadline, false) !=
				WAIT_READY)
				break;
			want = PQcancelPoll(cancel);
		}
	}
	PQcancelFinish(cancel);
}
#else
/* libpq before 17 has the blocking form only. */
void db_cancel(const Db *db, Deadline deadline)
{
	char reason[256];
	PGcancel *cancel = PQgetCancel(db->conn);
	if (cancel && deadline_left(deadline) != 0)
		PQcancel(cancel, reason, sizeof reason);
	PQfreeCancel(cancel);
}
#endif

struct pg_conn *db_handle(const Db *db)
{
	return db->conn;
}

int db_library_version(void)
{
	return PQlibVersion();
}
