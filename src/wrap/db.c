#define _GNU_SOURCE /* memfd_create, environ */
#include "wrap/db.h"

#include "base/interrupt.h"
#include "wrap/crypto.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct Db {
	PGconn *conn;
	const DbOptions *options;
	DbOptions own; /* of a connection beside another one: its options */
	Arena texts; /* theirs */
	PostgresPollingStatusType wants; /* while it connects step by step */
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
		{STR("dbname"), &out->database}, {STR("sslmode"), &out->sslmode},
		{STR("sslrootcert"), &out->sslrootcert}};
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

static Db *db_new(const DbOptions *options)
{
	Db *db = calloc(1, sizeof *db);
	if (!db)
		arena_exhausted();
	*db = (Db){.options = options, .wants = PGRES_POLLING_WRITING, .ca_fd = -1};
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
	set(&settings, "host", options->host);
	set(&settings, "hostaddr", options->address);
	set(&settings, "port", options->port);
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
	/* a name that is not the user's own is a name: libpq would read a whole URL in it */
	bool expands = options->url.len > 0;
	db->conn = PQconnectStartParams(settings.keys, settings.values, expands);
	if (!db->conn)
		arena_exhausted();
	PQsetErrorVerbosity(db->conn, PQERRORS_VERBOSE); /* the only way to a refusal's SQLSTATE */
	return true;
}

/* What usually lies behind libpq's words, for a reader who did not expect them. */
static Str hint_for(Str message)
{
	static const struct {
		Str part, hint;
	} hints[] = {
#define CONNECT_HINT(part, hint) {STR_INIT(part), STR_INIT(hint)},
#include "wrap/connect.def"
#undef CONNECT_HINT
	};
	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
		if (str_contains(message, hints[i].part))
			return hints[i].hint;
	return (Str){0};
}

static bool is_code(Str s)
{
	enum {
		CODE_BYTES = 5
	};
	for (size_t i = 0; i < CODE_BYTES; i++)
		if (i >= s.len || !((s.ptr[i] >= '0' && s.ptr[i] <= '9') ||
					  (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z')))
			return false;
	return str_starts(str_skip(s, CODE_BYTES), STR(": "));
}

/* libpq's verbose form, "FATAL:  28P01: words", and a last line on the server's source. Takes both
 * out; the code of the last attempt counts. */
static Str take_code(Arena *arena, Str text, Str *code)
{
	enum {
		CODE_AND_COLON = 7
	};
	Buf buf = buf_new(arena, text.len);
	Str line;
	while (str_next(&text, '\n', &line)) {
		if (str_starts(line, STR("LOCATION:  ")))
			continue;
		if (buf.len)
			buf_add_char(&buf, '\n');
		size_t i = 0;
		while (i < line.len && !(str_starts(str_skip(line, i), STR(":  ")) &&
					       is_code(str_skip(line, i + 3))))
			i++;
		buf_add(&buf, str_head(line, i + 3));
		if (i == line.len)
			continue;
		*code = str_copy(arena, str_head(str_skip(line, i + 3), 5));
		buf_add(&buf, str_skip(line, i + 3 + CODE_AND_COLON));
	}
	return buf_str(&buf);
}

static bool fail(const Db *db, Err *err)
{
	Str code = {0}, said = str_trim(str_from(PQerrorMessage(db->conn)));
	Str reason = take_code(err->arena, said, &code);
	const DbOptions *options = db->options;
	Str host =
		options->address.len ? options->host : (Str){0}; /* libpq names the address only */
	Fault *fault = err_add(err, ERR_CONNECT, "%.*s%s%.*s", STR_ARG(host), host.len ? ": " : "",
		STR_ARG(reason));
	fault->sqlstate = code;
	fault->hint = hint_for(reason);
	return false;
}

static const Str SILENCE = STR_INIT("no answer from ");

static bool fail_silent(const Db *db, Err *err)
{
	const char *host = PQhost(db->conn), *port = PQport(db->conn);
	Fault *fault = err_add(err, ERR_CONNECT, "%.*s%s:%s within %g s", STR_ARG(SILENCE),
		host ? host : "?", port ? port : "?",
		(double)db->options->connect_timeout_ms / 1000);
	fault->hint = STR("check host and port, and that a firewall lets the runner in; "
			  "connect-timeout sets the limit");
	return false;
}

bool db_is_login_refused(const Err *err)
{
	const Fault *last = err->last;
	return last && last->kind == ERR_CONNECT && last->sqlstate.len &&
	       (str_starts(last->sqlstate, STR("28")) ||
		       str_contains(last->message, STR("authentication failed")) ||
		       str_contains(last->message, STR("Wrong password")));
}

bool db_is_unanswered(const Err *err)
{
	static const Str words[] = {STR_INIT("could not translate host name"),
		STR_INIT("Connection refused"), STR_INIT("unreachable"),
		STR_INIT("Connection timed out"), STR_INIT("No route to host")};
	if (!err->last || err->last->kind != ERR_CONNECT || err->last->sqlstate.len)
		return false;
	bool found = str_starts(err->last->message, SILENCE);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		found |= str_contains(err->last->message, words[i]);
	return found;
}

/* Polls until `done` says so: true. Otherwise *want tells why libpq has stopped. */
static bool await(const Db *db, bool (*done)(const PGconn *conn, int polled), Err *err)
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
		if (done(db->conn, (int)want))
			return true;
		if (want == PGRES_POLLING_FAILED)
			break;
	}
	return fail(db, err);
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

/* libpq drops the certificate that it has refused; so it is asked for once more, without a login.
 */
static void name_certificate(const DbOptions *refused, Err *err)
{
	Fault *fault = err->last;
	if (!fault || (!str_contains(fault->message, STR("certificate verify failed")) &&
			      !str_contains(fault->message, STR("does not match host name"))))
		return;
	ARENA_SCRATCH(scratch);
	Err ignored = {.arena = &scratch};
	DbOptions options = *refused;
	options.tls = DB_TLS_REQUIRE;
	Db *db = db_new(&options);
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

static bool open_once(const DbOptions *options, const char *sslmode, Db **out, Err *err)
{
	Db *db = db_new(options);
	db->sslmode = sslmode;
	if (!start(db, err) || !await(db, is_logged_in, err)) {
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
	if (str_contains(refused.last->message, STR("server does not support SSL")))
		return open_once(options, "disable", out, err);
	err_append(err, &refused);
	return false;
}

bool db_open(const DbOptions *options, Db **out, Err *err)
{
	if (is_servers_choice(options))
		return open_by_choice(options, out, err);
	if (open_once(options, NULL, out, err))
		return true;
	name_certificate(options, err);
	return false;
}

/* The address is known: no name is looked up a second time, and of several hosts it is the same. */
Db *db_begin_beside(const Db *db)
{
	Db *beside = db_new(NULL);
	Err ignored = {.arena = &beside->texts};
	Arena *arena = &beside->texts;
	beside->own = *db->options;
	beside->own.host = str_copy(arena, str_from(PQhost(db->conn)));
	beside->own.address = str_copy(arena, str_from(PQhostaddr(db->conn)));
	beside->own.port = str_copy(arena, str_from(PQport(db->conn)));
	beside->own.notice = NULL;
	beside->sslmode = db->sslmode;
	beside->options = &beside->own;
	start(beside, &ignored);
	return beside;
}

DbProgress db_progress(Db *db)
{
	while (db->conn && PQstatus(db->conn) != CONNECTION_BAD) {
		short events = db->wants == PGRES_POLLING_READING ? POLLIN : POLLOUT;
		if (db->wants == PGRES_POLLING_OK)
			return DB_READY;
		if (db->wants == PGRES_POLLING_FAILED)
			break;
		if (interrupt_wait(PQsocket(db->conn), events, DEADLINE_PAST, false) != WAIT_READY)
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
