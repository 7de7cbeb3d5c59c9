/* Supabase's Management API: the calls that lead to a database, typed.
 *
 * Facts: the API's OpenAPI description, and what CLI 3.1.0 was seen to do. Fields that are not
 * needed are not looked at; one that is needed and missing is named. A failed lookup is reported as
 * what it is. Passwords are registered as secrets before they are returned. */
#ifndef API_SUPABASE_H
#define API_SUPABASE_H

#include "base/secret.h"
#include "wrap/http.h"

typedef struct SupabaseApi {
	Http *http;
	Str url, token, ref;
	Str pooler_domain; /* that the pooler's host must be in */
	Secrets *secrets;
	Arena *arena; /* where answers go */
} SupabaseApi;

typedef struct SupabaseProject {
	Str ref, status;
	Str name, region; /* for people; may be empty */
	Str version; /* of its database, for example 17.6.1.111; may be empty */
	bool is_branch; /* a preview branch: it has no name and no region of its own */
} SupabaseProject;

/* The shared pooler of the primary database. */
typedef struct SupabasePooler {
	Str host, database;
} SupabasePooler;

/* What a login role may do. */
typedef enum SupabaseRights {
	SUPABASE_WRITES,
	SUPABASE_READS,
	SUPABASE_READS_IF_IT_CAN, /* and writes if the API gives no such role */
} SupabaseRights;

typedef struct SupabaseLogin {
	Str role, password;
	bool writes; /* it is one that can */
} SupabaseLogin;

/* One project or, where there is none with this reference, one preview branch, which costs a second
 * request. ERR_SERVICE if it cannot be looked up; ERR_CONNECT if its state forbids a connection; a
 * state that is only strange is added to `warnings`. */
bool supabase_project(const SupabaseApi *api, SupabaseProject *out, Err *warnings, Err *err);
/* For example "project shop-staging (abcdefghijklmnopqrst)", printable. */
Str supabase_name(Arena *arena, const SupabaseProject *project);

/* A temporary login role, the pooler, or both side by side; what is NULL is not asked for. A pooler
 * that is another project's, or at a foreign host, is an error: nobody there is sent a password.
 * Asking for a role changes its password for everybody. */
bool supabase_entry(const SupabaseApi *api, SupabaseRights rights, SupabaseLogin *login,
	SupabasePooler *pooler, Err *err);

/* What a project's database can be taken back to. */
typedef struct SupabaseBackups {
	bool pitr; /* to any moment */
	Str newest; /* when the newest complete backup was made, as the API has it; may be empty */
} SupabaseBackups;

/* ERR_SERVICE if they cannot be listed; what an answer lacks is not there. */
bool supabase_backups(const SupabaseApi *api, SupabaseBackups *out, Err *err);

typedef enum SupabasePointState {
	SUPABASE_POINT_FAILED, /* or removed, or in a state that this program does not know */
	SUPABASE_POINT_PENDING,
	SUPABASE_POINT_AVAILABLE,
} SupabasePointState;

typedef struct SupabasePoint {
	Str name; /* at most 20 characters, none that a URL would have to encode */
	SupabasePointState state;
} SupabasePoint;

/* Has one of this name made, which is asked for once only; reads its state. ERR_SERVICE where the
 * plan or the token does not allow it, too. */
bool supabase_make_point(const SupabaseApi *api, SupabasePoint *point, Err *err);
bool supabase_read_point(const SupabaseApi *api, SupabasePoint *point, Err *err);

/* The text of TypeScript types of these schemas, as the API formats it. ERR_SERVICE. */
bool supabase_types(const SupabaseApi *api, const Names *schemas, Str *out, Err *err);

/* What is known about banned addresses. */
typedef struct SupabaseBans {
	Str banned; /* a list for people; empty: none */
	Str own; /* our IPv4 address as the API's host sees it; empty: not known */
	bool is_banned; /* our own is among them */
} SupabaseBans;

/* Best effort, within a few seconds: false if there is no list. */
bool supabase_bans(const SupabaseApi *api, SupabaseBans *out);

#endif
