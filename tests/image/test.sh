#!/bin/sh
# The image at work, as the runner runs it, against a throw-away server: a dry run, a push, a second push, a
# migration that fails, a cancelled job, the steps of all examples, and the detection of changed files. Needs
# tests/image/build.sh to have run; skips where it could not.
set -u
image=${IMAGE:-localhost/supabase-promote}
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)

if [ "${1-}" != inside ]; then
  [ "$(id -u)" -eq 0 ] || exec sudo IMAGE="$image" "$0"
  command -v podman >/dev/null || { echo 'SKIP: there is no podman' && exit 77; }
  exec /usr/bin/python3 "$top/tests/integration/cluster.py" run -- "$here/test.sh" inside
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export WORKSPACE="$scratch/repository" RUNNER_DIR="$scratch/runner"
migrations=$WORKSPACE/packages/infrastructure/supabase/migrations
mkdir -p "$migrations"
export NAME="supabase-promote-test-$$"
passed=0 failed=0

run() {
  "$here/run.sh" "INPUT_DB-URL=$CLUSTER_URL" INPUT_WORKING-DIRECTORY=packages/infrastructure/supabase \
    INPUT_ENVIRONMENT-NAME=staging INPUT_SUMMARY=true "$@" >"$scratch/log" 2>&1
}

# The runner takes the last value of an output.
output() {
  awk -v name="$1" 'index($0, name "<<") == 1 { getline value } END { print value }' "$RUNNER_DIR/files/set_output"
}

# check NAME EXPECTED-EXIT EXPECTED-STATUS COMMAND…
check() {
  name=$1 exit=$2 state=$3
  shift 3
  "$@"
  code=$?
  if [ "$code" = "$exit" ] && [ "$(output status)" = "$state" ] && [ -s "$RUNNER_DIR/files/step_summary" ]; then
    passed=$((passed + 1))
    echo "ok      $name"
  else
    failed=$((failed + 1))
    echo "FAILED  $name: exit $code, status $(output status)"
    sed 's/^/        /' "$scratch/log"
  fi
}

# The five workflows of examples/, with the image in the place of the program: those of their tests that start it.
examples() {
  PROMOTE_BINARY="$here/in_container.py" PROMOTE_WRAPPER="/usr/bin/env IMAGE=$image" /usr/bin/python3 -B -m pytest \
    -p no:cacheprovider -v "$top/tests/integration/test_examples.py" \
    -k 'not there_are_six and not by_hand and not login_role and not without_a_value' >"$scratch/log" 2>&1
  code=$?
  sed -nE 's/^.*::test_(\S+) PASSED.*/ok      examples: \1/p; s/^.*::test_(\S+) (FAILED|ERROR).*/FAILED  examples: \1/p
    ' "$scratch/log" | tr _ ' ' >"$scratch/examples"
  cat "$scratch/examples"
  passed=$((passed + $(grep -c '^ok' "$scratch/examples")))
  [ "$code" = 0 ] && return
  lost=$(grep -c '^FAILED' "$scratch/examples")
  failed=$((failed + (lost ? lost : 1))) # it may end without a test
  tail -n 100 "$scratch/log" | sed 's/^/        /'
}

# The licence texts: that of each library of the lock, and of what one of them has inside.
licences() {
  container=$(podman create "$image")
  podman cp "$container:/licences.txt" "$scratch/licences.txt" || return 1
  podman rm "$container" >/dev/null
  lost=0
  for name in $(grep -v '^#' "$top/deps/sources.lock" | cut -d ' ' -f 1 | sort -u) 'protobuf-c,' 'xxhash,'; do
    grep -q "^======== $name " "$scratch/licences.txt" || { echo "FAILED  licences: none of $name" && lost=$((lost + 1)); }
  done
  [ "$lost" = 0 ] && echo 'ok      licences: of each library'
}

# The runner cancels with SIGINT to the client, which hands it to PID 1 of the container.
cancelled() {
  run INPUT_MODE=push &
  client=$!
  sleep 4
  podman kill --signal INT "$NAME" >/dev/null
  before=$(date +%s)
  wait "$client"
  code=$?
  [ $(($(date +%s) - before)) -le 6 ] || return 99
  return $code
}

echo 'create table a (id int primary key);' >"$migrations/20240101000000_a.sql"
echo 'insert into a values (1);' >"$migrations/20240102000000_b.sql"
check 'dry run' 0 planned run INPUT_MODE=dry-run
check 'push' 0 pushed run INPUT_MODE=push
check 'second push' 0 up-to-date run INPUT_MODE=push
echo 'insert into a (id) values (1);' >"$migrations/20240103000000_c.sql"
check 'a migration that will fail' 7 blocked run INPUT_MODE=push
echo "do \$\$ begin raise exception 'no'; end \$\$;" >"$migrations/20240103000000_c.sql"
check 'failing migration' 8 failed run INPUT_MODE=push
echo 'select pg_sleep(60);' >"$migrations/20240103000000_c.sql"
check 'cancelled job' 130 failed cancelled
grep '^image:' "$scratch/log"
if licences; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
examples
/usr/bin/python3 "$here/detect.py"
code=$?
failed=$((failed + code)) passed=$((passed + 3 - code))
"$here/test_variants.sh" "$image" "$WORKSPACE"
code=$?
[ "$code" = 77 ] || failed=$((failed + code)) passed=$((passed + 2 - code))
/usr/bin/python3 "$here/everything.py"
code=$?
failed=$((failed + code)) passed=$((passed + 3 - code))
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
