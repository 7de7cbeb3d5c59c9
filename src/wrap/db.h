/* libpq: one connection to one server, opened, described, cancelled, closed.
 *
 * Commands travel through wrap/pipeline only; the connection is in pipeline mode and non-blocking
 * from the start. Nothing here knows migrations. No text that libpq makes of a URL it cannot read
 * is ever passed on, since it quotes the URL; everything else is redacted by the log. */
#ifndef WRAP_DB_H
#define WRAP_DB_H

#include "base/clock.h"
#include "base/err.h"

/* Forgets the PG… variables of the environment: a job's `env:` reaches the container, and what
 * libpq would take from it is not what db-url says. Call before anything else here. */
void db_ignore_environment(void);

/* A message of the server (manual, "Error and Notice Message Fields"). */
typedef struct ServerMessage {
	Str severity, sqlstate, message, detail, hint, context, internal_query;
	Str schema, table, column, constraint; /* that it is about, if it says so */
	Cause cause; /* what it means, as far as SQLSTATE and words tell */
	size_t position; /* in characters from 1, in the command's text; 0 if none */
} ServerMessage;

/* Adds the message as a fault, with all that it says but its position. */
Fault *db_add_fault(Err *err, ErrKind kind, const ServerMessage *message);

/* Receives each NOTICE, WARNING … as it comes. */
typedef void DbNoticeFn(void *context, const ServerMessage *message);

/* libpq's sslmode (manual, "SSL Support"). */
typedef enum DbTls {
	DB_TLS_OF_URL, /* what the URL says; if nothing: encrypted where the server can */
	DB_TLS_REQUIRE, /* encrypted, nobody verified */
	DB_TLS_VERIFY_CA, /* signed by an authority of `ca_cert` */
	DB_TLS_VERIFY_FULL, /* and issued for this host's name */
} DbTls;

typedef struct DbOptions {
	Str url; /* may be empty */
	/* Each one that is not empty wins over the URL's. `address` is numeric, and where `host` is
	 * looked for instead of asking for its name. Without a URL, `database` is never read as
	 * one. */
	Str host, address, port, user, password, database;
	DbTls tls;
	Str ca_cert; /* PEM text or the path of a file; of the two DB_TLS_VERIFY_… */
	Str application_name; /* at most 63 bytes are kept by the server */
	int64_t connect_timeout_ms;
	DbNoticeFn *notice;
	void *notice_context;
} DbOptions;

typedef struct Db Db;

/* Connects before the timeout, or adds an ERR_CONNECT with a hint for the usual causes, or
 * ERR_CANCELLED. The server's refusal carries its SQLSTATE; a certificate that is refused is named.
 * With DB_TLS_REQUIRE the server is given proofs of the password, never the password itself.
 * Names are looked up within the timeout, too, and of several addresses one that keeps silent is
 * skipped. No login is tried twice: where libpq's `prefer` and `allow` would try a refused
 * password once more and in plain text, a server that speaks TLS is asked once, with TLS. `options`
 * is kept, not copied. Close with db_close. */
bool db_open(const DbOptions *options, Db **out, Err *err);
/* A second connection to the very server that `db` is connected to, by the same login, that is made
 * step by step, without waiting: to look on while the first one is busy. Never NULL. */
Db *db_begin_beside(const Db *db);
enum {
	DB_READS_MAX = 64 /* in one go: a server may send without end */
};

typedef enum DbProgress {
	DB_CONNECTING,
	DB_READY,
	DB_REFUSED,
} DbProgress;
/* Does what can be done now. */
DbProgress db_progress(Db *db);
/* NULL is ignored. A transaction that is open is rolled back by the server. */
void db_close(Db **db);
#define AUTO_DB __attribute__((cleanup(db_close))) Db *

/* host:port/database, for people. */
Str db_describe(Arena *arena, const Db *db);
/* For example "15.18". */
Str db_server_version_text(Arena *arena, const Db *db);
/* The same as a number: 150018. */
int db_server_version(const Db *db);
/* False if the connection is neither encrypted nor local to this machine. */
bool db_is_private(const Db *db);
/* The process that the server, or whatever is in front of it, named when the session began: a
 * pooler makes one up. */
int db_announced_pid(const Db *db);
/* Is the server inside a transaction block now (failed ones included)? */
bool db_in_transaction(const Db *db);

/* Asks the server to cancel what it runs; best effort, gives up at the deadline. */
void db_cancel(const Db *db, Deadline deadline);

/* Of libpq, for example 170005. */
int db_library_version(void);

/* For wrap/pipeline alone. */
struct pg_conn *db_handle(const Db *db);
struct pg_result;
ServerMessage db_message(Arena *arena, const struct pg_result *result);

#endif
