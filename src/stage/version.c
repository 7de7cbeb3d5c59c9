#include "stage/version.h"

#include "wrap/crypto.h"
#include "wrap/db.h"
#include "wrap/http.h"
#include "wrap/json.h"
#include "wrap/repo.h"
#include "sql/sql.h"
#include "wrap/yaml.h"

#include <stdio.h>

#ifndef DEPS_MUSL_VERSION
#define DEPS_MUSL_VERSION "none: this is a debug build"
#endif

void version_print(void)
{
	int libpq = db_library_version();
	printf("supabase-promote %s\n", PROMOTE_VERSION);
	printf("cJSON %s\n", json_library_version());
	printf("curl %s\n", http_library_version());
	printf("libgit2 %s\n", repo_library_version());
	printf("libpg_query %s (grammar of PostgreSQL %s)\n", DEPS_LIBPG_QUERY_VERSION,
		sql_library_version());
	printf("libpq %d.%d\n", libpq / 10000, libpq % 10000);
	printf("libyaml %s\n", yaml_library_version());
	printf("musl %s\n", DEPS_MUSL_VERSION);
	printf("%s\n", crypto_library_version());
#ifdef DEPS_REPLACED
	printf("not as deps/sources.lock says: %s\n", DEPS_REPLACED);
#endif
}
