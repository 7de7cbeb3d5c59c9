#define _GNU_SOURCE /* memfd_create, environ */
#include "wrap/db.h"

#include "base/interrupt.h"
#include "wrap/crypto.h"
#include "wrap/db_refusal.h"
#include "wrap/db_route.h"
#include "wrap/db_url.h"

#include <libpq-fe.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct Db {
	PGconn *conn;
	const DbOptions *options;
	DbOptions own; /* of a connection beside another one: its options */
	Arena texts; /* theirs, and the route's */
	DbRoute route; /* the addresses that have not been given up yet */
	Str hosts; /* their names, as they were given; empty without a route */
	Deadline deadline; /* of the login */
	Deadline patience; /* with the address that is tried now */
	const char *trying; /* that address, as libpq has it */
	PostgresPollingStatusType wants; /* while it connects step by step */
	bool unverified; /* to look at a certificate that was refused */
	const char *sslmode; /* instead of the URL's that leaves it to the server, or NULL */
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
		.schema = field(arena, result, PG_DIAG_SCHEMA_NAME),
		.table = field(arena, result, PG_DIAG_TABLE_NAME),
		.column = field(arena, result, PG_DIAG_COLUMN_NAME),
		.constraint = field(arena, result, PG_DIAG_CONSTRAINT_NAME),
		.position = position ? (size_t)strtoul(position, NULL, 10) : 0,
	};
	/* what libpq itself has to say carries no fields */
	if (!message.message.len)
		message.message = str_copy(arena, str_trim(str_from(PQresultErrorMessage(result))));
	message.cause = db_statement_cause(message.sqlstate, message.message);
	return message;
}

Fault *db_add_fault(Err *err, ErrKind kind, const ServerMessage *message)
{
	Fault *fault = err_add(err, kind, "%.*s", STR_ARG(message->message));
	fault->sqlstate = str_copy(err->arena, message->sqlstate);
	fault->cause = message->cause;
	fault->schema = str_copy(err->arena, message->schema);
	fault->table = str_copy(err->arena, message->table);
	fault->column = str_copy(err->arena, message->column);
	fault->constraint = str_copy(err->arena, message->constraint);
	fault->detail = str_copy(err->arena, message->detail);
	fault->server_hint = str_copy(err->arena, message->hint);
	fault->context = message->internal_query.len ? str_format(err->arena, "%.*s\nin: %.*s",
							       STR_ARG(message->context),
							       STR_ARG(message->internal_query))
						     : str_copy(err->arena, message->context);
	return fault;
}

/* libpq wants the certificate in a file; a scratch image has none to write to but memory. */
static Str ca_path(Db *db, Arena *arena, Err *err)
{
	Str ca = db->options->ca_cert;
	if (!str_contains(ca, STR("-----BEGIN")))
		return ca;
	if (db->ca_fd >= 0)
		return str_format(arena, "/proc/self/fd/%d", db->ca_fd);
	db->ca_fd = memfd_create("db-ca-cert", MFD_CLOEXEC);
	ssize_t written = db->ca_fd < 0 ? -1 : write(db->ca_fd, ca.ptr, ca.len);
	if (written != (ssize_t)ca.len) {
		err_add(err, ERR_CONNECT, "db-ca-cert cannot be kept in memory")->cause =
			CAUSE_AUTHORITIES;
		return (Str){0};
	}
	return str_format(arena, "/proc/self/fd/%d", db->ca_fd);
}

static Db *db_new(const DbOptions *options)
{
	Db *db = calloc(1, sizeof *db);
	if (!db)
		arena_exhausted();
	*db = (Db){.options = options,
		.wants = PGRES_POLLING_WRITING,
		.deadline = deadline_in(options ? options->connect_timeout_ms : 0),
		.ca_fd = -1};
	return db;
}

/* Is it the server's choice whether the session is encrypted? With `prefer` libpq answers each
 * refusal, that of a wrong password, too, with a second login in plain text. */
static bool is_servers_choice(const DbOptions *options)
{
	ARENA_SCRATCH(scratch);
	DbUrl url = {0};
	return options->tls == DB_TLS_OF_URL &&
	       (!options->url.len || db_url_parse(&scratch, options->url, &url)) &&
	       (!url.sslmode.len || str_equal(url.sslmode, STR("prefer")) ||
		       str_equal(url.sslmode, STR("allow")));
}

typedef struct Settings {
	Arena *arena;
	const char *keys[24], *values[24];
	size_t count;
} Settings;

static void set(Settings *settings, const char *key, Str value)
{
	if (!value.len)
		return;
	settings->keys[settings->count] = key;
	settings->values[settings->count++] = str_z(settings->arena, value);
}

/* A server that nobody has verified is given proofs of the password, never the password. */
static void set_tls(Settings *settings, DbTls tls, Str ca)
{
	static const Str modes[] = {[DB_TLS_REQUIRE] = STR_INIT("require"),
		[DB_TLS_VERIFY_CA] = STR_INIT("verify-ca"),
		[DB_TLS_VERIFY_FULL] = STR_INIT("verify-full")};
	if (tls == DB_TLS_OF_URL)
		return;
	set(settings, "sslmode", modes[tls]);
	if (tls != DB_TLS_REQUIRE)
		set(settings, "sslrootcert", ca);
#ifdef LIBPQ_HAS_ASYNC_CANCEL /* libpq 16 would do */
	else
		set(settings, "require_auth", STR("scram-sha-256,md5"));
#endif
}

static void set_place(Settings *settings, const Db *db)
{
	const DbOptions *options = db->options;
	const DbRoute *route = &db->route;
	bool routed = route->hops.count > 0;
	Arena *arena = settings->arena;
	set(settings, "host", routed ? db_route_list(arena, route, DB_COLUMN_HOST) : options->host);
	set(settings, "hostaddr",
		routed ? db_route_list(arena, route, DB_COLUMN_ADDRESS) : options->address);
	set(settings, "port", routed ? db_route_list(arena, route, DB_COLUMN_PORT) : options->port);
}

static bool start(Db *db, Err *err)
{
	const DbOptions *options = db->options;
	ARENA_SCRATCH(scratch);
	Settings settings = {.arena = &scratch};
	Str ca = {0};
	if (options->ca_cert.len && options->tls > DB_TLS_REQUIRE) {
		ca = ca_path(db, &scratch, err);
		if (!ca.len)
			return false;
	}
	set(&settings, "user",
		STR("postgres")); /* a scratch image knows no users; the URL's wins */
	set(&settings, "dbname", options->url);
	set_place(&settings, db);
	set(&settings, "user", options->user);
	set(&settings, "password", options->password);
	set(&settings, "dbname", options->database);
	set(&settings, "application_name", options->application_name);
	set(&settings, "client_encoding", STR("UTF8"));
	set(&settings, "keepalives_idle", STR("15"));
	set(&settings, "keepalives_interval", STR("5"));
	set(&settings, "keepalives_count", STR("6"));
	set(&settings, "tcp_user_timeout", STR("60000"));
	set_tls(&settings, options->tls, ca);
	if (db->sslmode)
		set(&settings, "sslmode", str_from(db->sslmode));
	if (db->unverified) /* with an authority that is there, `require` would verify */
		set(&settings, "sslrootcert", STR("/dev/null/none"));
	/* a name that is not the user's own is a name: libpq would read a whole URL in it */
	bool expands = options->url.len > 0;
	db->trying = NULL;
	db->conn = PQconnectStartParams(settings.keys, settings.values, expands);
	if (!db->conn)
		arena_exhausted();
	PQsetErrorVerbosity(db->conn, PQERRORS_VERBOSE); /* the only way to a refusal's SQLSTATE */
	return true;
}

static bool add_connect_fault(const Db *db, Err *err)
{
	Str code = {0}, said = str_trim(str_from(PQerrorMessage(db->conn)));
	Str reason = db_take_code(err->arena, said, &code);
	const DbOptions *options = db->options;
	/* libpq names the address only */
	Str host = options->address.len ? options->host : db->hosts;
	Fault *fault = err_add(err, ERR_CONNECT, "%.*s%s%.*s", STR_ARG(host), host.len ? ": " : "",
		STR_ARG(reason));
	fault->sqlstate = code;
	fault->cause = db_connect_cause(reason, code);
	fault->hint = cause_hint(fault->cause);
	return false;
}

/* `what`: what there was none of. */
static bool fail_late(const Db *db, const char *what, Err *err)
{
	const char *host = PQhost(db->conn), *port = PQport(db->conn);
	Fault *fault =
		err_add(err, ERR_CONNECT, "no %s from %s:%s within %g s", what, host ? host : "?",
			port ? port : "?", (double)db->options->connect_timeout_ms / 1000);
	fault->cause = CAUSE_NO_ANSWER;
	fault->hint = cause_hint(fault->cause);
	return false;
}

/* Until when what is awaited now may take. Of several addresses each has a share of the time. */
static Deadline next_deadline(Db *db)
{
	enum {
		ADDRESS_LIMIT_MS =
			2000, /* one that is there answers sooner, one lost packet included */
	};
	size_t count = db->route.hops.count;
	if (count < 2 || PQstatus(db->conn) != CONNECTION_STARTED)
		return db->deadline;
	if (db->trying != PQhostaddr(db->conn)) {
		int left = deadline_left(db->deadline);
		int64_t limit = left < 0 ? ADDRESS_LIMIT_MS : left / (int64_t)count + 1;
		db->trying = PQhostaddr(db->conn);
		db->patience = deadline_in(limit < ADDRESS_LIMIT_MS ? limit : ADDRESS_LIMIT_MS);
	}
	return db->patience < db->deadline ? db->patience : db->deadline;
}

/* Goes on without the address that has kept silent; false if there is no other, or no time. */
static bool pass_over(Db *db)
{
	ARENA_SCRATCH(scratch);
	Err ignored = {.arena = &scratch};
	if (db->route.hops.count < 2 || deadline_left(db->deadline) == 0)
		return false;
	db_route_drop(&db->route, str_from(PQhostaddr(db->conn)), str_from(PQport(db->conn)));
	if (!db->route.hops.count)
		return false;
	PQfinish(db->conn);
	return start(db, &ignored);
}

/* Polls until `done` says so: true. Otherwise *want tells why libpq has stopped. */
static bool await(Db *db, bool (*done)(const PGconn *conn, int polled), Err *err)
{
	PostgresPollingStatusType want = PGRES_POLLING_WRITING;
	while (PQstatus(db->conn) != CONNECTION_BAD) {
		short events = want == PGRES_POLLING_READING ? POLLIN : POLLOUT;
		switch (interrupt_wait(PQsocket(db->conn), events, next_deadline(db), true)) {
		case WAIT_INTERRUPTED:
			err_add(err, ERR_CANCELLED, "cancelled while connecting");
			return false;
		case WAIT_TIMEOUT:
			if (!pass_over(db))
				return fail_late(db, "answer", err);
			want = PGRES_POLLING_WRITING;
			continue;
		case WAIT_READY:
			break;
		}
		want = PQconnectPoll(db->conn);
		if (done(db->conn, (int)want))
			return true;
		if (want == PGRES_POLLING_FAILED)
			break;
		if (deadline_left(db->deadline) == 0) /* it may keep answering for ever */
			return fail_late(db, "end of the login", err);
	}
	return add_connect_fault(db, err);
}

static bool is_logged_in(const PGconn *conn, int polled)
{
	(void)conn;
	return polled == PGRES_POLLING_OK;
}

/* Nothing has been sent by then but what TLS needs. Before TLS, libpq has the same status. */
static bool is_encrypted(const PGconn *conn, int polled)
{
	(void)polled;
	return PQstatus(conn) == CONNECTION_MADE && PQsslInUse((PGconn *)(uintptr_t)conn);
}

/* The same server, and the same address, once more. */
static DbOptions options_beside(Arena *arena, const Db *db)
{
	DbOptions options = *db->options;
	options.host = str_copy(arena, str_from(PQhost(db->conn)));
	options.address = str_copy(arena, str_from(PQhostaddr(db->conn)));
	options.port = str_copy(arena, str_from(PQport(db->conn)));
	options.notice = NULL;
	return options;
}

/* libpq drops the certificate that it has refused: it is asked for again, without a login. */
static void name_certificate(const Db *refused, Err *err)
{
	Fault *fault = err->last;
	if (!fault || (fault->cause != CAUSE_CERTIFICATE && fault->cause != CAUSE_CERTIFICATE_NAME))
		return;
	ARENA_SCRATCH(scratch);
	Err ignored = {.arena = &scratch};
	DbOptions options = options_beside(&scratch, refused);
	options.tls = DB_TLS_REQUIRE;
	Db *db = db_new(&options);
	db->unverified = true;
	if (start(db, &ignored) && await(db, is_encrypted, &ignored))
		fault->message = str_format(err->arena, "%.*s\n%.*s", STR_ARG(fault->message),
			STR_ARG(crypto_describe_peer(&scratch, PQsslStruct(db->conn, "OpenSSL"))));
	db_close(&db);
}

static void make_ready(Db *db)
{
	PQsetErrorVerbosity(db->conn, PQERRORS_DEFAULT);
	PQsetNoticeReceiver(db->conn, on_notice, db);
	PQsetnonblocking(db->conn, 1);
	PQenterPipelineMode(db->conn);
}

/* The addresses of what is connected to, unless they are known. */
static bool find_route(Db *db, Err *err)
{
	ARENA_SCRATCH(scratch);
	const DbOptions *options = db->options;
	DbUrl url = {0};
	if (options->url.len && !db_url_parse(&scratch, options->url, &url))
		return true; /* libpq says so */
	const DbHosts hosts = {options->host.len ? options->host : url.host,
		options->port.len ? options->port : url.port};
	if (options->address.len || url.hostaddr.len)
		return true;
	if (!db_route_find(&db->texts, hosts, db->deadline, &db->route, err)) {
		if (err->last->kind == ERR_CONNECT) {
			err->last->cause = CAUSE_HOST_UNKNOWN;
			err->last->hint = cause_hint(CAUSE_HOST_UNKNOWN);
		}
		return false;
	}
	if (db->route.hops.count)
		db->hosts = str_copy(&db->texts, hosts.names);
	return true;
}

static bool open_once(const DbOptions *options, const char *sslmode, Db **out, Err *err)
{
	Db *db = db_new(options);
	db->sslmode = sslmode;
	bool started = find_route(db, err) && start(db, err);
	if (!started || !await(db, is_logged_in, err)) {
		if (started)
			name_certificate(db, err);
		db_close(&db);
		return false;
	}
	make_ready(db);
	*out = db;
	return true;
}

/* Encrypted where the server can; in plain text only where it has said that it cannot. */
static bool open_by_choice(const DbOptions *options, Db **out, Err *err)
{
	Err refused = {.arena = err->arena};
	if (open_once(options, "require", out, &refused))
		return true;
	if (refused.last->cause == CAUSE_NO_TLS)
		return open_once(options, "disable", out, err);
	err_append(err, &refused);
	return false;
}

bool db_open(const DbOptions *options, Db **out, Err *err)
{
	if (is_servers_choice(options))
		return open_by_choice(options, out, err);
	return open_once(options, NULL, out, err);
}

/* The address is known: no name is looked up a second time, and of several hosts it is the same. */
Db *db_begin_beside(const Db *db)
{
	Db *beside = db_new(NULL);
	Err ignored = {.arena = &beside->texts};
	beside->own = options_beside(&beside->texts, db);
	beside->sslmode = db->sslmode;
	beside->options = &beside->own;
	start(beside, &ignored);
	return beside;
}

DbProgress db_progress(Db *db)
{
	for (int reads = 0; db->conn && PQstatus(db->conn) != CONNECTION_BAD; reads++) {
		short events = db->wants == PGRES_POLLING_READING ? POLLIN : POLLOUT;
		if (db->wants == PGRES_POLLING_OK)
			return DB_READY;
		if (db->wants == PGRES_POLLING_FAILED)
			break;
		if (reads == DB_READS_MAX || interrupt_wait(PQsocket(db->conn), events,
						     DEADLINE_PAST, false) != WAIT_READY)
			return DB_CONNECTING;
		db->wants = PQconnectPoll(db->conn);
		if (db->wants == PGRES_POLLING_OK)
			make_ready(db);
	}
	return DB_REFUSED;
}

void db_close(Db **db)
{
	if (!*db)
		return;
	PQfinish((*db)->conn);
	if ((*db)->ca_fd >= 0)
		close((*db)->ca_fd);
	arena_release(&(*db)->texts);
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

int db_server_version(const Db *db)
{
	return PQserverVersion(db->conn);
}

bool db_is_private(const Db *db)
{
	Str host = str_from(PQhost(db->conn));
	return PQsslInUse(db->conn) || str_starts(host, STR("/")) ||
	       str_starts(host, STR("127.")) || str_equal(host, STR("::1")) ||
	       str_equal(host, STR("localhost"));
}

int db_announced_pid(const Db *db)
{
	return PQbackendPID(db->conn);
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
