#include "target/target.h"

#include "api/supabase.h"
#include "api/supabase_place.h"
#include "api/supabase_roots.h"
#include "target/tls.h"
#include "wrap/db_refusal.h"
#include "wrap/db_url.h"
#include "wrap/tcp_probe.h"

enum {
	DATABASE_PORT = 5432, /* of the database itself, and of the pooler in session mode */
	PROBE_MAX_MS = 2000, /* a way that is there answers sooner, one lost packet included */
};

/* A project's way in. Lives in the arena, for a later login. */
typedef struct ProjectLogin {
	Arena *arena;
	TargetOptions options;
	SupabasePlace place;
	SupabaseApi api; /* its http is NULL between the requests */
	bool warned_unverified; /* one notice is enough */
	bool pooled; /* the route leads through the shared pooler */
	Str host, address, database, role, password;
	SupabaseRights rights; /* that the login role should have */
	bool writes; /* the login role can: it is one for postgres */
	unsigned login_requests;
} ProjectLogin;

static Http *open_http(const ProjectLogin *entry)
{
	const HttpOptions options = {
		.connect_timeout_ms = entry->options.connect_timeout_ms,
		.log = &entry->options.workflow->log,
	};
	return http_open(&options);
}

static bool wants_login_role(const ProjectLogin *entry)
{
	return !entry->options.credentials.db_password.len;
}

/* Masked before it is used. */
static void take_login(ProjectLogin *entry, const SupabaseLogin *login, size_t secrets_before)
{
	workflow_mask_since(entry->options.workflow, secrets_before);
	entry->role = login->role;
	entry->password = login->password;
	entry->writes = login->writes;
	entry->login_requests++;
	if (login->writes && entry->rights == SUPABASE_READS_IF_IT_CAN)
		log_line(&entry->options.workflow->log,
			"the project gives no login role that can only read: this one can write, "
			"and no transaction of it does");
	entry->rights = login->writes ? SUPABASE_WRITES : SUPABASE_READS;
}

/* The login role if it is wanted and there is none yet, and the pooler if that is the way. */
static bool ask_for_entry(ProjectLogin *entry, Err *err)
{
	SupabaseLogin login = {0};
	SupabasePooler pooler = {0};
	bool mint = wants_login_role(entry) && !entry->login_requests, find = entry->pooled;
	size_t before = entry->api.secrets->values.count;
	if (!supabase_entry(
		    &entry->api, entry->rights, mint ? &login : NULL, find ? &pooler : NULL, err))
		return false;
	if (mint)
		take_login(entry, &login, before);
	if (find) {
		entry->host = pooler.host;
		entry->address = (Str){0};
		entry->database = pooler.database;
	}
	return true;
}

static void fill_credentials(const ProjectLogin *entry, DbOptions *db)
{
	db->user = entry->pooled ? str_format(entry->arena, "%.*s.%.*s", STR_ARG(entry->role),
					   STR_ARG(entry->api.ref))
				 : entry->role;
	db->password = entry->password;
}

/* The server has refused the login. A role's password is everybody's: another job that has asked
 * for one since has changed it. So it is asked for once more, and never again. */
static bool renew(void *context, DbOptions *db, Err *err)
{
	enum {
		MINTS_MAX = 2
	};
	ProjectLogin *entry = context;
	SupabaseLogin login = {0};
	if (!wants_login_role(entry) || entry->login_requests >= MINTS_MAX)
		return false;
	log_line(&entry->options.workflow->log,
		"the login was refused; "
		"another job may have asked for the same role since: asking once more");
	size_t before = entry->api.secrets->values.count;
	bool keeps = entry->api.http != NULL;
	AUTO_HTTP http = keeps ? NULL : open_http(entry);
	SupabaseApi api = entry->api;
	if (!keeps)
		api.http = http;
	if (!supabase_entry(&api, entry->rights, &login, NULL, err))
		return false;
	take_login(entry, &login, before);
	fill_credentials(entry, db);
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

static bool log_in(ProjectLogin *entry, Session *session, Err *err)
{
	SessionOptions options = session_options(&entry->options);
	const TlsCase tls = {.project = true, .rooted = supabase_host_is_rooted(entry->host)};
	options.db.host = entry->host;
	options.db.address = entry->address;
	options.db.port = str_format(entry->arena, "%d", DATABASE_PORT);
	options.db.database = entry->database;
	fill_credentials(entry, &options.db);
	if (!choose_tls(&entry->options.credentials, &tls, &options.db) &&
		!entry->warned_unverified) {
		entry->warned_unverified = true;
		tell_unverified(entry->options.workflow);
	}
	if (wants_login_role(entry) && entry->writes)
		options.role = STR("postgres");
	options.renew = renew;
	options.renew_context = entry;
	return session_open(entry->arena, &entry->options.workflow->log, &options, session, err);
}

static void take_direct_route(ProjectLogin *entry)
{
	entry->pooled = false;
	entry->host = str_format(entry->arena, "db.%.*s.%.*s", STR_ARG(entry->api.ref),
		STR_ARG(entry->place.project_domain));
	entry->database = STR("postgres");
}

static bool take_pooler_route(ProjectLogin *entry, Str why, Err *err)
{
	Str direct = entry->host;
	entry->pooled = true;
	if (!ask_for_entry(entry, err)) {
		Fault *fault = err->last;
		fault->hint = str_format(err->arena,
			"%.*s\nthe pooler was asked for because %.*s "
			"cannot be reached from here: %.*s",
			STR_ARG(fault->hint), STR_ARG(direct), STR_ARG(why));
		return false;
	}
	log_line(&entry->options.workflow->log,
		"route: the shared pooler in session mode, %.*s:%d; "
		"%.*s cannot be reached from here: %.*s",
		STR_ARG(entry->host), DATABASE_PORT, STR_ARG(direct), STR_ARG(why));
	return true;
}

/* Ours is not among them, or it is not known. */
static void add_possible_bans(const ProjectLogin *entry, const SupabaseBans *bans, Err *err)
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
				  STR_ARG(fault->hint), STR_ARG(entry->api.url));
}

/* A banned address gets no answer, or a refusal, whatever it says. */
static void add_bans(const ProjectLogin *entry, Err *err)
{
	SupabaseBans bans;
	if (!supabase_bans(&entry->api, &bans) || !bans.banned.len)
		return;
	Fault *fault = err->last;
	if (!bans.is_banned) {
		add_possible_bans(entry, &bans, err);
		return;
	}
	fault->cause = CAUSE_BANNED;
	fault->message = str_format(err->arena,
		"%.*s\nthis runner's address %.*s is banned from the project, "
		"after too many failed logins",
		STR_ARG(fault->message), STR_ARG(bans.own));
	fault->hint = str_format(err->arena,
		"unban it: dashboard, Database settings, Network bans; or supabase network-bans "
		"remove --db-unban-ip %.*s --project-ref %.*s --experimental. Then correct the "
		"password that led to it",
		STR_ARG(bans.own), STR_ARG(entry->api.ref));
}

static Str role_refused(const ProjectLogin *entry)
{
	if (entry->login_requests > 1)
		return STR("the temporary login role was refused twice, and is not tried again: "
			   "give db-password, or run the job when no other one uses the project");
	return STR(
		"the temporary login role was refused, and another one could not be created: give "
		"db-password, or run the job again");
}

static void explain(const ProjectLogin *entry, Err *err)
{
	if (err->last->kind != ERR_CONNECT)
		return;
	if (db_is_login_refused(err))
		err->last->hint = wants_login_role(entry)
					  ? role_refused(entry)
					  : STR("is db-password the project's database password? "
						"It is reset in the dashboard: Database settings. "
						"It is not tried again: that leads to a ban");
	if (!db_is_our_refusal(err))
		add_bans(entry, err);
}

/* One login. A direct host that has taken the connection and then kept silent is no way in. */
static bool enter(ProjectLogin *entry, Session *session, Err *err)
{
	Err attempt = {.arena = err->arena};
	if (log_in(entry, session, &attempt))
		return true;
	if (!entry->pooled && db_is_unanswered(&attempt)) {
		if (!take_pooler_route(entry, attempt.last->message, err))
			return false;
		attempt = (Err){.arena = err->arena};
		if (log_in(entry, session, &attempt))
			return true;
	}
	explain(entry, &attempt);
	err_append(err, &attempt);
	return false;
}

static void tell_project(const ProjectLogin *entry, const SupabaseProject *project, Target *out)
{
	static const Str unknown = STR_INIT("unknown");
	Str name = supabase_name(entry->arena, project);
	Str version = project->version.len ? project->version : unknown;
	out->ref = project->ref;
	out->name = project->name.len ? project->name : STR("a project without a name");
	out->region = project->region.len ? project->region : STR("unknown region");
	out->version = project->version;
	log_line(&entry->options.workflow->log, "%.*s in %.*s, PostgreSQL %.*s", STR_ARG(name),
		STR_ARG(out->region), STR_ARG(version));
}

/* The project is looked up while its direct host is tried. */
static bool look_up(ProjectLogin *entry, Target *out, Str *why, Err *err)
{
	int64_t limit = entry->options.connect_timeout_ms, us = 0;
	SupabaseProject project = {0};
	take_direct_route(entry);
	AUTO_TCP_PROBE reach = tcp_probe_start(entry->host, DATABASE_PORT,
		limit > 0 && limit < PROBE_MAX_MS ? limit : PROBE_MAX_MS);
	if (!supabase_project(&entry->api, &project, &out->warnings, err))
		return false;
	tell_project(entry, &project, out);
	if (!tcp_probe_wait(entry->arena, reach, &entry->address, &us, why))
		return true;
	log_line(&entry->options.workflow->log,
		"route: direct, %.*s (%.*s) has answered within %.0f ms", STR_ARG(entry->host),
		STR_ARG(entry->address), (double)us / 1000);
	return true;
}

static bool enter_project(ProjectLogin *entry, Target *out, Session *session, Err *err)
{
	Str why = {0};
	AUTO_HTTP http = open_http(entry);
	entry->api.http = http;
	bool opened = look_up(entry, out, &why, err) &&
		      (entry->address.len ? ask_for_entry(entry, err)
					  : take_pooler_route(entry, why, err)) &&
		      enter(entry, session, err);
	entry->api.http = NULL;
	return opened;
}

static bool open_project(
	Arena *arena, const TargetOptions *options, Target *out, Session *session, Err *err)
{
	const Credentials *given = &options->credentials;
	Str url = given->api_url;
	ProjectLogin *entry = arena_new(arena, ProjectLogin);
	while (str_ends(url, STR("/")))
		url.len--;
	*entry = (ProjectLogin){.arena = arena,
		.options = *options,
		.place = supabase_place(arena, url),
		.role = STR("postgres"),
		.password = given->db_password,
		.rights = options->read_only && !options->wants_role && !options->rehearses
				  ? SUPABASE_READS_IF_IT_CAN
				  : SUPABASE_WRITES};
	entry->api = (SupabaseApi){.url = url,
		.token = given->access_token,
		.ref = given->project_ref,
		.pooler_domain = entry->place.pooler_domain,
		.secrets = options->workflow->log.secrets,
		.arena = arena};
	out->entry = entry;
	return enter_project(entry, out, session, err);
}

bool target_reopen_writable(const Target *target, Session *session, Err *err)
{
	ProjectLogin *entry = target->entry;
	SupabaseLogin login = {0};
	if (!entry || !wants_login_role(entry) || entry->writes || err_kind(err) != ERR_HISTORY)
		return false;
	log_line(&entry->options.workflow->log,
		"the login role that can only read may not read the history: asking for one that "
		"can write, and no transaction of it does");
	AUTO_HTTP http = open_http(entry);
	size_t before = entry->api.secrets->values.count;
	entry->api.http = http;
	entry->rights = SUPABASE_WRITES;
	bool opened = supabase_entry(&entry->api, entry->rights, &login, NULL, err);
	if (opened) {
		take_login(entry, &login, before);
		session_close(session);
		opened = enter(entry, session, err);
	}
	entry->api.http = NULL;
	if (opened)
		*err = (Err){.arena = err->arena};
	return opened;
}

bool target_types(const Target *target, const Names *schemas, Str *out, Err *err)
{
	AUTO_HTTP http = open_http(target->entry);
	SupabaseApi api = target->entry->api;
	api.http = http;
	return supabase_types(&api, schemas, out, err);
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

static bool open_url(
	Arena *arena, const TargetOptions *options, Target *out, Session *session, Err *err)
{
	DbUrl url = {0};
	SessionOptions session_wanted = session_options(options);
	db_url_parse(arena, options->credentials.db_url, &url);
	if (!check_port(&url, options->read_only && !options->rehearses, out, err))
		return false;
	const TlsCase tls = {.rooted = supabase_host_is_rooted(url.host),
		.url_mode = url.sslmode,
		.url_roots = url.sslrootcert};
	session_wanted.db.url = options->credentials.db_url;
	if (!url.password.len)
		session_wanted.db.password = options->credentials.db_password;
	if (!choose_tls(&options->credentials, &tls, &session_wanted.db))
		tell_unverified(options->workflow);
	out->maybe_pooled = true;
	return session_open(arena, &options->workflow->log, &session_wanted, session, err);
}

bool target_open(
	Arena *arena, const TargetOptions *options, Target *out, Session *session, Err *err)
{
	*out = (Target){.warnings = {.arena = arena}};
	return (options->credentials.db_url.len ? open_url : open_project)(
		arena, options, out, session, err);
}
