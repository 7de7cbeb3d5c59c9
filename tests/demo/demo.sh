#!/bin/sh
# The action as a runner would run it, against a throw-away PostgreSQL server on loopback:
# a dry run, a push, a second push with nothing to do, and a migration that fails. For `make demo`.
# Ends with 0 if each of the four ended as it should, and says what was seen. Nothing is left behind, and nothing
# running.
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
supabase=packages/infrastructure/supabase
migrations=$workspace/$supabase/migrations
unexpected=0
seen=

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
		  email text not null unique
		);
		alter table customers enable row level security;
	SQL
	cat >"$migrations/20240112140000_orders.sql" <<-'SQL'
		create table orders (
		  id bigint generated always as identity primary key,
		  customer bigint not null references customers,
		  total numeric(10, 2) not null check (total >= 0)
		);
		create index orders_customer on orders (customer);

		do $$ begin raise notice 'orders are ready'; end $$;
	SQL
	cat >"$migrations/20240120100000_first_customer.sql" <<-'SQL'
		insert into customers (email) values ('ada@example.com');
	SQL
	commit 'the first three migrations'
}

add_failing_migration() {
	cat >"$migrations/20240201080000_discounts.sql" <<-'SQL'
		-- Regular customers pay less.
		create table discounts (customer bigint references customers, percent int);

		insert into discounts
		select id, 10
		  from customers
		 where orders_count > 3;
	SQL
	commit 'discounts'
}

# The runner swallows masks and folds groups; the rest is shown as it is.
render() {
	sed -e '/^::add-mask::/d' -e '/^::endgroup::/d' -e 's/^::group::/▾ /'
}

# promote MODE: one step of a job. A shell cannot set names with hyphens; env can.
promote() {
	: >"$scratch/output"
	: >"$scratch/summary"
	code=0
	(cd "$workspace" && exec env -i "PATH=$PATH" GITHUB_ACTIONS=true CI=true \
		GITHUB_EVENT_NAME=push GITHUB_REF=refs/heads/main GITHUB_REPOSITORY=acme/shop GITHUB_RUN_ID=1 \
		"GITHUB_SHA=$(git -C "$workspace" rev-parse HEAD)" "GITHUB_WORKSPACE=$workspace" \
		"GITHUB_OUTPUT=$scratch/output" "GITHUB_STEP_SUMMARY=$scratch/summary" \
		"INPUT_MODE=$1" "INPUT_DB-URL=$CLUSTER_URL" "INPUT_WORKING-DIRECTORY=$supabase" \
		INPUT_ENVIRONMENT-NAME=staging "$binary") >"$scratch/log" 2>&1 || code=$?
	render <"$scratch/log"
	printf '\n-- step summary --\n'
	cat "$scratch/summary"
}

# step TITLE MODE EXPECTED-CODE
step() {
	printf '\n======== %s ========\n\n' "$1"
	promote "$2"
	if [ "$code" -eq "$3" ]; then
		printf '\n-- exit %d, as expected --\n' "$code"
		seen="$seen  $1 (exit $code, as expected)
"
	else
		printf '\n-- exit %d, but %d was expected --\n' "$code" "$3"
		seen="$seen  $1 (exit $code, but $3 was expected)
"
		unexpected=1
	fi
}

make_repository
step '1. A dry run: what would a push do?' dry-run 0
step '2. The push' push 0
step '3. A second push: nothing to do' push 0
add_failing_migration
step '4. A migration that fails: is anything left of it?' push 8
printf '\n======== What you have seen ========\n\n%s\nThe server is stopped and its files are removed.\n' "$seen"
exit $unexpected
