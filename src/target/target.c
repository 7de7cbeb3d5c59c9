#include "target/target.h"

#include "api/supabase.h"
#include "api/supabase_place.h"
#include "api/supabase_roots.h"
#include "target/tls.h"
#include "wrap/db_refusal.h"
#include "wrap/tcp_probe.h"

enum {
	DATABASE_PORT = 5432, /* of the database itself, and of the pooler in session mode */
	PROBE_MAX_MS = 2000, /* a way that is there answers sooner, one lost packet included */
};

/* A project's way in. Lives in the arena, for a later login. */
typedef struct Door {
	Arena *arena;
	const Workflow *workflow;
	TargetOptions options;
	SupabasePlace place;
	SupabaseApi api; /* its http is NULL between the requests */
	bool told_unverified; /* one notice is enough */
	bool pooled; /* the route leads through the shared pooler */
	Str host, address, database, role, password;
	SupabaseRights rights; /* that the login role should have */
	bool writes; /* the login role can: it is one for postgres */
	unsigned mints;
} Door;

static Http *open_http(const Door *door)
{
	const HttpOptions options = {
		.connect_timeout_ms = door->options.connect_timeout_ms,
		.log = &door->workflow->log,
	};
	return http_open(&options);
}

static bool wants_login_role(const Door *door)
{
	return !door->options.credentials.db_password.len;
}

/* Masked before it is used. */
static void take_login(Door *door, const SupabaseLogin *login, size_t secrets_before)
{
	workflow_mask_since(door->workflow, secrets_before);
	door->role = login->role;
	door->password = login->password;
	door->writes = login->writes;
	door->mints++;
	if (login->writes && door->rights == SUPABASE_READS_IF_IT_CAN)
		log_line(&door->workflow->log,
			"the project gives no login role that can only read: this one can write, "
			"and no transaction of it does");
	door->rights = login->writes ? SUPABASE_WRITES : SUPABASE_READS;
}

/* The login role if it is wanted and there is none yet, and the pooler if that is the way. */
static bool ask_for_entry(Door *door, Err *err)
{
	SupabaseLogin login = {0};
	SupabasePooler pooler = {0};
	bool mint = wants_login_role(door) && !door->mints, find = door->pooled;
	size_t before = door->api.secrets->values.count;
	if (!supabase_entry(door->arena, &door->api, door->rights, mint ? &login : NULL,
		    find ? &pooler : NULL, err))
		return false;
	if (mint)
		take_login(door, &login, before);
	if (find) {
		door->host = pooler.host;
		door->address = (Str){0};
		door->database = pooler.database;
	}
	return true;
}

static void fill_credentials(const Door *door, DbOptions *db)
{
	db->user = door->pooled ? str_format(door->arena, "%.*s.%.*s", STR_ARG(door->role),
					  STR_ARG(door->api.ref))
				: door->role;
	db->password = door->password;
}

/* The server has refused the login. A role's password is everybody's: another job that has asked
 * for one since has changed it. So it is asked for once more, and never again. */
static bool renew(void *context, DbOptions *db, Err *err)
{
	enum {
		MINTS_MAX = 2
	};
	Door *door = context;
	SupabaseLogin login = {0};
	if (!wants_login_role(door) || door->mints >= MINTS_MAX)
		return false;
	log_line(&door->workflow->log,
		"the login was refused; another job may have asked for the same role since: asking "
		"once more");
	size_t before = door->api.secrets->values.count;
	bool keeps = door->api.http != NULL;
	AUTO_HTTP http = keeps ? NULL : open_http(door);
	SupabaseApi api = door->api;
	if (!keeps)
		api.http = http;
	if (!supabase_entry(door->arena, &api, door->rights, &login, NULL, err))
		return false;
	take_login(door, &login, before);
	fill_credentials(door, db);
	return true;
}

static SessionOptions session_options(const TargetOptions *options)
{
	return (SessionOptions){
		.db = {.application_name = options->application_name,
			.connect_timeout_ms = options->connect_timeout_ms},
		.statement_timeout_ms = options->statement_timeout_ms,
		.lock_timeout_ms = options->lock_timeout_ms,
		.lock_retries = options->lock_retries,
		.read_only = options->read_only,
	};
}

/* False if nobody is going to verify the server, and nobody has said that this is enough. */
static bool choose_tls(const Credentials *given, const TlsCase *what, DbOptions *db)
{
	TlsCase tls_case = *what;
	tls_case.mode = given->ssl_mode;
	tls_case.ca_cert = given->db_ca_cert;
	tls_case.roots = supabase_roots();
	TlsChoice choice = target_tls(&tls_case);
	db->tls = choice.tls;
	db->ca_cert = choice.ca_cert;
	return !choice.unverified;
}

static void tell_unverified(const Workflow *workflow)
{
	static const Str says = STR_INIT("the connection is encrypted, but nobody has verified the "
					 "server: this build has no certificate authority for it; "
					 "give db-ca-cert (Database settings, SSL configuration), "
					 "or say db-ssl-mode: require");
	log_line(&workflow->log, "notice: %.*s", STR_ARG(says));
	workflow_annotate(workflow, &(Annotation){.level = LEVEL_NOTICE,
					    .title = STR("Server not verified"),
					    .message = says});
}

static bool log_in(Door *door, Session *session, Err *err)
{
	SessionOptions options = session_options(&door->options);
	const TlsCase tls = {.project = true, .rooted = supabase_host_is_rooted(door->host)};
	options.db.host = door->host;
	options.db.address = door->address;
	options.db.port = str_format(door->arena, "%d", DATABASE_PORT);
	options.db.database = door->database;
	fill_credentials(door, &options.db);
	if (!choose_tls(&door->options.credentials, &tls, &options.db) && !door->told_unverified) {
		door->told_unverified = true;
		tell_unverified(door->workflow);
	}
	if (wants_login_role(door) && door->writes)
		options.role = STR("postgres");
	options.renew = renew;
	options.renew_context = door;
	return session_open(door->arena, &door->workflow->log, &options, session, err);
}

static void take_direct_route(Door *door)
{
	door->pooled = false;
	door->host = str_format(door->arena, "db.%.*s.%.*s", STR_ARG(door->api.ref),
		STR_ARG(door->place.project_domain));
	door->database = STR("postgres");
}

static bool take_pooler_route(Door *door, Str why, Err *err)
{
	Str direct = door->host;
	door->pooled = true;
	if (!ask_for_entry(door, err)) {
		Fault *fault = err->last;
		fault->hint = str_format(err->arena,
			"%.*s\nthe pooler was asked for because %.*s cannot be reached from here: "
			"%.*s",
			STR_ARG(fault->hint), STR_ARG(direct), STR_ARG(why));
		return false;
	}
	log_line(&door->workflow->log,
		"route: the shared pooler in session mode, %.*s:%d; %.*s cannot be reached from "
		"here: "
		"%.*s",
		STR_ARG(door->host), DATABASE_PORT, STR_ARG(direct), STR_ARG(why));
	return true;
}

/* Ours is not among them, or it is not known. */
static void add_possible_bans(const Door *door, const SupabaseBans *bans, Err *err)
{
	Fault *fault = err->last;
	fault->hint = str_format(err->arena, "%.*s%sbanned from this project are: %.*s",
		STR_ARG(fault->hint), fault->hint.len ? "\n" : "", STR_ARG(bans->banned));
	fault->hint =
		bans->own.len
			? str_format(err->arena, "%.*s; this runner's address is %.*s",
				  STR_ARG(fault->hint), STR_ARG(bans->own))
			: str_format(err->arena,
				  "%.*s; this runner's address could not be found out: `curl -4 "
				  "%.*s/cdn-cgi/trace` in the job shows it, as ip",
				  STR_ARG(fault->hint), STR_ARG(door->api.url));
}

/* A banned address gets no answer, or a refusal, whatever it says. */
static void add_bans(const Door *door, Err *err)
{
	SupabaseBans bans;
	ARENA_SCRATCH(scratch);
	if (!supabase_bans(&scratch, &door->api, &bans) || !bans.banned.len)
		return;
	Fault *fault = err->last;
	if (!bans.is_banned) {
		add_possible_bans(door, &bans, err);
		return;
	}
	fault->cause = CAUSE_BANNED;
	fault->message = str_format(err->arena,
		"%.*s\nthis runner's address %.*s is banned from the project, after too many "
		"failed logins",
		STR_ARG(fault->message), STR_ARG(bans.own));
	fault->hint = str_format(err->arena,
		"unban it: dashboard, Database settings, Network bans; or supabase network-bans "
		"remove --db-unban-ip %.*s --project-ref %.*s --experimental. Then mend the "
		"password that led to it",
		STR_ARG(bans.own), STR_ARG(door->api.ref));
}

static Str role_refused(const Door *door)
{
	if (door->mints > 1)
		return STR("the temporary login role was refused twice, and is not tried again: "
			   "give db-password, or run the job when no other one uses the project");
	return STR("the temporary login role was refused, and another one could not be had: give "
		   "db-password, or run the job again");
}

static void explain(const Door *door, Err *err)
{
	if (err->last->kind != ERR_CONNECT)
		return;
	if (db_is_login_refused(err))
		err->last->hint =
			wants_login_role(door)
				? role_refused(door)
				: STR("is db-password the project's database password? It is reset "
				      "in the dashboard: Database settings. It is not tried again: "
				      "that leads to a ban");
	if (!db_is_our_refusal(err))
		add_bans(door, err);
}

/* One login. A direct host that has taken the connection and then kept silent is no way in. */
static bool enter(Door *door, Session *session, Err *err)
{
	Err attempt = {.arena = err->arena};
	if (log_in(door, session, &attempt))
		return true;
	if (!door->pooled && db_is_unanswered(&attempt)) {
		if (!take_pooler_route(door, attempt.last->message, err))
			return false;
		attempt = (Err){.arena = err->arena};
		if (log_in(door, session, &attempt))
			return true;
	}
	explain(door, &attempt);
	err_append(err, &attempt);
	return false;
}

static void tell_project(const Door *door, const SupabaseProject *project, Target *out)
{
	static const Str unknown = STR_INIT("unknown");
	Str name = supabase_name(door->arena, project);
	Str version = project->version.len ? project->version : unknown;
	out->ref = project->ref;
	out->name = project->name.len ? project->name : STR("a project without a name");
	out->region = project->region.len ? project->region : STR("unknown region");
	out->version = project->version;
	log_line(&door->workflow->log, "%.*s in %.*s, PostgreSQL %.*s", STR_ARG(name),
		STR_ARG(out->region), STR_ARG(version));
}

/* The project is looked up while its direct host is tried. */
static bool look_up(Door *door, Target *out, Str *why, Err *err)
{
	int64_t limit = door->options.connect_timeout_ms, us = 0;
	SupabaseProject project = {0};
	take_direct_route(door);
	AUTO_REACH reach = reach_start(door->host, DATABASE_PORT,
		limit > 0 && limit < PROBE_MAX_MS ? limit : PROBE_MAX_MS);
	if (!supabase_project(door->arena, &door->api, &project, &out->warnings, err))
		return false;
	tell_project(door, &project, out);
	if (!reach_wait(door->arena, reach, &door->address, &us, why))
		return true;
	log_line(&door->workflow->log, "route: direct, %.*s (%.*s) has answered within %.0f ms",
		STR_ARG(door->host), STR_ARG(door->address), (double)us / 1000);
	return true;
}

static bool open_project(Door *door, Target *out, Session *session, Err *err)
{
	Str why = {0};
	AUTO_HTTP http = open_http(door);
	door->api.http = http;
	bool opened = look_up(door, out, &why, err) &&
		      (door->address.len ? ask_for_entry(door, err)
					 : take_pooler_route(door, why, err)) &&
		      enter(door, session, err);
	door->api.http = NULL;
	return opened;
}

static bool target_open_project(Arena *arena, const Workflow *workflow,
	const TargetOptions *options, Target *out, Session *session, Err *err)
{
	const Credentials *given = &options->credentials;
	Str url = given->api_url;
	Door *door = arena_new(arena, Door);
	while (str_ends(url, STR("/")))
		url.len--;
	*door = (Door){.arena = arena,
		.workflow = workflow,
		.options = *options,
		.place = supabase_place(arena, url),
		.role = STR("postgres"),
		.password = given->db_password,
		.rights = options->read_only ? SUPABASE_READS_IF_IT_CAN : SUPABASE_WRITES};
	door->api = (SupabaseApi){.url = url,
		.token = given->access_token,
		.ref = given->project_ref,
		.pooler_domain = door->place.pooler_domain,
		.secrets = workflow->log.secrets};
	out->door = door;
	return open_project(door, out, session, err);
}

bool target_widen(const Target *target, Session *session, Err *err)
{
	Door *door = target->door;
	SupabaseLogin login = {0};
	if (!door || !wants_login_role(door) || door->writes || err_kind(err) != ERR_HISTORY)
		return false;
	log_line(&door->workflow->log,
		"the login role that can only read may not read the history: asking for one that "
		"can write, and no transaction of it does");
	AUTO_HTTP http = open_http(door);
	size_t before = door->api.secrets->values.count;
	door->api.http = http;
	door->rights = SUPABASE_WRITES;
	bool opened = supabase_entry(door->arena, &door->api, door->rights, &login, NULL, err);
	if (opened) {
		take_login(door, &login, before);
		session_close(session);
		opened = enter(door, session, err);
	}
	door->api.http = NULL;
	if (opened)
		*err = (Err){.arena = err->arena};
	return opened;
}

/* Known by its name already: nothing of the session would be ours to keep. */
static bool check_port(const DbUrl *url, bool read_only, Target *out, Err *err)
{
	Str host = supabase_transaction_host(url->host, url->port);
	if (!host.len)
		return true;
	Err *to = read_only ? &out->warnings : err;
	err_add(to, ERR_BLOCKED, "db-url: port 6543 of %.*s is the pooler in transaction mode%s",
		STR_ARG(host), read_only ? ", which a push refuses" : "")
		->hint =
		str_format(to->arena, "use session mode: postgresql://%.*s:<password>@%.*s:%d/%.*s",
			STR_ARG(url->user), STR_ARG(host), DATABASE_PORT, STR_ARG(url->database));
	return read_only;
}

static bool target_open_url(Arena *arena, const Workflow *workflow, const TargetOptions *options,
	Target *out, Session *session, Err *err)
{
	DbUrl url = {0};
	SessionOptions session_wanted = session_options(options);
	db_url_parse(arena, options->credentials.db_url, &url);
	if (!check_port(&url, options->read_only, out, err))
		return false;
	const TlsCase tls = {.rooted = supabase_host_is_rooted(url.host),
		.url_mode = url.sslmode,
		.url_roots = url.sslrootcert};
	session_wanted.db.url = options->credentials.db_url;
	if (!url.password.len)
		session_wanted.db.password = options->credentials.db_password;
	if (!choose_tls(&options->credentials, &tls, &session_wanted.db))
		tell_unverified(workflow);
	out->maybe_pooled = true;
	return session_open(arena, &workflow->log, &session_wanted, session, err);
}

bool target_open(Arena *arena, const Workflow *workflow, const TargetOptions *options, Target *out,
	Session *session, Err *err)
{
	*out = (Target){.warnings = {.arena = arena}};
	return (options->credentials.db_url.len ? target_open_url : target_open_project)(
		arena, workflow, options, out, session, err);
}
