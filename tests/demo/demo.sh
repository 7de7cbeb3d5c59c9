#!/bin/sh
# What the program does, in half a minute, against a throw-away PostgreSQL server on loopback: a plan, a push, a guard that stops,
# a rehearsal that finds what the data forbids, the push after the correction, and the report. For `make demo`.
# Ends with 0 if each step ended as it should. Nothing is left behind, and nothing running.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
binary=${PROMOTE_BINARY:-$root/build/release/supabase-promote}
case $binary in /*) ;; *) binary=$PWD/$binary ;; esac
export PROMOTE_BINARY="$binary"

if [ "${1-}" != inside ]; then
	[ -x "$binary" ] || { echo "$binary is not there: build it first (make)" >&2; exit 1; }
	# The cluster lives as long as the command it is given, whatever happens to either.
	exec /usr/bin/python3 -B "$root/tests/integration/cluster.py" run -- "$here/demo.sh" inside
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
workspace=$scratch/shop
migrations=$workspace/supabase/migrations
unexpected=0

commit() {
	git -C "$workspace" add -A
	git -C "$workspace" -c user.name=demo -c user.email=demo@example.com commit --quiet -m "$1"
}

make_repository() {
	mkdir -p "$migrations"
	git -C "$scratch" init --quiet -b main shop
	cat >"$migrations/20240105090000_customers.sql" <<-'SQL'
		create table customers (
		  id bigint generated always as identity primary key,
		  email text not null unique,
		  phone text
		);
		alter table customers enable row level security;
	SQL
	cat >"$migrations/20240120100000_first_customers.sql" <<-'SQL'
		insert into customers (email, phone) values ('ada@example.com', '1815'), ('alan@example.com', null);
	SQL
	commit 'customers'
}

# A colleague's branch, merged late.
add_old_migration() {
	cat >"$migrations/20240110120000_orders.sql" <<-'SQL'
		create table orders (id bigint primary key, customer bigint references customers);
		alter table orders enable row level security;
	SQL
	commit 'orders'
}

# What the guard advises.
rename_old_migration() {
	git -C "$workspace" mv "$migrations/20240110120000_orders.sql" "$migrations/20240201080000_orders.sql"
	commit 'orders, with a version of their own'
}

add_strict_migration() {
	cat >"$migrations/20240202080000_phone.sql" <<-'SQL'
		-- Everybody has a phone.
		alter table customers
		  alter column phone set not null;
	SQL
	commit 'phone'
}

correct_strict_migration() {
	cat >"$migrations/20240202080000_phone.sql" <<-'SQL'
		-- Everybody has a phone, or none that we know of.
		update customers set phone = '' where phone is null;
		alter table customers
		  alter column phone set not null;
	SQL
	commit 'phone, corrected'
}

# promote MODE [--INPUT=VALUE …], as on a laptop
promote() {
	(cd "$workspace" && exec env -i "PATH=$PATH" "INPUT_DB_URL=$CLUSTER_URL" "$binary" "$@") >"$scratch/log" 2>&1
}

# step TITLE PATTERN EXPECTED-CODE MODE [--INPUT=VALUE …]: shows the lines that the pattern finds.
step() {
	title=$1 pattern=$2 expected=$3 code=0
	shift 3
	printf '\n== %s\n$ supabase-promote %s\n' "$title" "$*"
	promote "$@" || code=$?
	grep -E "$pattern" "$scratch/log" | sed 's/^ *//' | uniq | cut -c 1-150 | sed 's/^/   /' || true
	[ "$code" -eq "$expected" ] && return
	printf 'exit %d, but %d was expected:\n' "$code" "$expected"
	cat "$scratch/log"
	unexpected=1
}

make_repository
step 'A plan: what would a push do?' '^ +2024.*statement|would be pushed' 0 dry-run
step 'The push' '^applied|pushed' 0 push
add_old_migration
step 'A guard stops a file that is older than what has run' '⛔|is not in the history, but older|^ *git mv' 7 dry-run
rename_old_migration
add_strict_migration
step 'A rehearsal finds what the data forbids, and is rolled back' '^rehearsed|confirmed|failed:' 8 \
	dry-run --rehearse=target --preflight=false
cp "$scratch/log" "$scratch/report"
correct_strict_migration
step 'The push, rehearsed and then done' '^rehearsed|^applied|pushed' 0 push --rehearse=target
printf '\n== The report of the rehearsal that failed, as the summary and the comment of a pull request have it\n'
sed -n '/^❌/,/^Guards/p' "$scratch/report" | cut -c 1-150 | sed 's/^/   /'
printf '\nThe server is stopped and its files are removed.\n'
exit $unexpected
