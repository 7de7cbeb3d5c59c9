# The layers: a folder of src/ includes itself and what the table names, and holds at most a share of the code; a third-party header is included
# by its wrapper only; a system header that opens a network connection or a process by nobody.
BEGIN {
	SHARE_MAX = 16 # per cent
	split("base: glob:base toml:base wrap:base action:base,wrap api:base,wrap detect:base,glob,wrap,api " \
		"local:base,toml,wrap sql:base,local plan:base,local,sql,wrap check:base,local,sql,plan " \
		"schema:base world:base,sql,schema lint:base,sql,schema,world,effects,preflight compare:base,glob,wrap,sql,plan preflight:base,sql,schema types:base server:base,wrap,sql,plan,schema,compare,preflight,types target:base,wrap,action,api,server extras:base,glob,local,wrap,sql,server " \
		"effects:base,sql,schema rehearse:base,sql,schema,plan,server,wrap,effects " \
		"push:base,sql,plan,server verify:base,local,sql,server,wrap report:base,sql,plan,check,compare,lint,preflight,types,extras,push,verify,schema,effects " \
		"stage:base,glob,local,wrap,action,api,detect,sql,plan,check,compare,schema,lint,preflight,server,target,extras,push,report,toml,types,verify,effects,rehearse", rows, " ")
	for (i in rows) {
		split(rows[i], pair, ":")
		allowed[pair[1], pair[1]] = 1
		n = split(pair[2], names, ",")
		for (j = 1; j <= n; j++)
			allowed[pair[1], names[j]] = 1
	}
	n = split("libpq-fe.h=db libpq-fe.h=pipeline libpq-fe.h=db_url cjson/cJSON.h=json pg_query.h=pg_tree pg_query.pb-c.h=pg_tree openssl/crypto.h=crypto openssl/evp.h=crypto openssl/pem.h=crypto openssl/ssl.h=crypto curl/curl.h=http curl/curl.h=tcp_probe git2.h=repo yaml.h=yaml", rows, " ")
	for (i = 1; i <= n; i++) {
		split(rows[i], pair, "=")
		foreign[pair[1]] = 1
		owner[pair[1], pair[2]] = 1
	}
}
{
	lines++
	size[folder_of(FILENAME)]++
}
FNR == 1 {
	folder = folder_of(FILENAME)
	module = FILENAME
	gsub(/.*\/|\..*/, "", module)
}
/^#include "/ {
	split($2, target, /["\/]/)
	to = target[2]
	if ($2 ~ /^"[^\/]*"$/ && to ~ /\.inc$/)
		next
	if (FILENAME == "entrypoint.c" || FILENAME ~ /^src\/run\.[ch]$/)
		next # the two that begin
	if ((folder == "report" || folder == "sql" || folder == "types") && $2 == "\"wrap/json.h\"")
		next
	if (!((folder, to) in allowed)) {
		print FILENAME ":" FNR ": " folder " may not include " to
		bad = 1
	}
}
/^#include </ {
	header = $2
	gsub(/[<>]/, "", header)
	if (header in foreign && !((header, module) in owner)) {
		print FILENAME ":" FNR ": only its wrapper includes <" header ">"
		bad = 1
	}
	if (header ~ /^(sys\/socket|netdb|netinet\/.*|spawn|sys\/wait)\.h$/) {
		print FILENAME ":" FNR ": <" header "> has no place in src/"
		bad = 1
	}
}
function folder_of(name) {
	return split(name, part, "/") > 2 ? part[2] : ""
}
END {
	for (name in size)
		if (size[name] * 100 > lines * SHARE_MAX) {
			print "src/" name " holds more than " SHARE_MAX " % of the code"
			bad = 1
		}
	exit bad
}
