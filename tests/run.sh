#!/bin/sh
# Every test, in suites; each suite's output is in build/tests/, failures are shown. The last line counts
# the tests of all suites. `tests/run.sh NAME…` runs only the suites named.
set -u
cd "$(dirname "$0")/.." || exit 1
logs=build/tests
mkdir -p "$logs"
passed=0 failed=0 skipped=0
python=/usr/bin/python3
export FUZZ_SECS="${FUZZ_SECS:-40}"

# Adds up what test programs say of themselves: cmocka, pytest, and "N passed, N failed".
counts() {
  sed -E 's/\x1b\[[0-9;]*m//g' "$1" | awk '
    /^\[  PASSED  \] [0-9]+ test/ { passed += $4 }
    /^ ?\[  FAILED  \] [0-9]+ test/ { failed += $4 }
    /^ ?[0-9]+ FAILED TEST/ { next }
    /^(=+ )?([0-9]+ (passed|failed|skipped|errors?|xfailed|warnings?|deselected),? ?)+/ {
      for (i = 1; i < NF; i++) {
        if ($(i + 1) ~ /^passed/) passed += $i
        if ($(i + 1) ~ /^(failed|error)/) failed += $i
        if ($(i + 1) ~ /^skipped/) skipped += $i
      }
    }
    END { print passed + 0, failed + 0, skipped + 0 }'
}

# A program that fails without counting a failure is one.
suite() {
  name=$1 log=$logs/$1.log start=$(date +%s)
  shift
  "$@" >"$log" 2>&1
  status=$?
  # shellcheck disable=SC2046 # three words
  set -- $(counts "$log")
  [ "$status" = 0 ] || [ "$2" != 0 ] || set -- "$1" 1 "$3"
  passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
  echo "$name: $1 passed, $2 failed, $3 skipped ($(($(date +%s) - start)) s)"
  grep -E '^(SKIPPED|SKIP:)' "$log" | sed 's/^/    /'
  [ "$2" = 0 ] || { tail -n 80 "$log" | sed 's/^/    /'; }
}

unit() {
  status=0
  for program in "$1"/unit/*_test; do
    $2 "$program" || { echo "in $program" && status=1; }
  done
  return $status
}

# Debian's `valgrind` is a shell script, and a shell drops variables with hyphens in their names.
valgrind="valgrind.bin -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite
--suppressions=$PWD/tests/unit/valgrind.supp"
integration() {
  env "PROMOTE_BINARY=$1" "PROMOTE_WRAPPER=$2" "$python" -m pytest -p no:cacheprovider -q -rfEs tests/integration \
    -k "${3:-}"
}

# Its output is the test: it ends well only if each of its four runs ended as it should.
demo() {
  tests/demo/demo.sh && echo '1 passed, 0 failed'
}

run_suite() {
  case $1 in
    unit) suite unit unit build/debug '' ;;
    unit-valgrind) suite unit-valgrind unit build/plain "$valgrind" ;;
    fuzz) suite fuzz tests/fuzz/run.sh build/fuzz ;;
    integration) suite integration integration build/release/supabase-promote '' ;;
    integration-sanitized) suite integration-sanitized integration build/debug/supabase-promote '' \
      'not test_docs and not test_release' ;; # those do not run the program
    integration-valgrind) suite integration-valgrind integration build/plain/supabase-promote "$valgrind" \
      '(push or history or failure) and not random and not every_input and not megabytes and not test_lock' ;;
    demo) suite demo demo ;;
    reproducible) suite reproducible tests/reproducible.sh ;;
    *) echo "no suite is called $1" && exit 2 ;;
  esac
}

[ $# -gt 0 ] || set -- unit unit-valgrind fuzz integration integration-sanitized integration-valgrind demo reproducible
for name; do
  run_suite "$name"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
