#!/bin/sh
# Every test, in suites; each suite's output is in build/tests/, failures are shown. The last line counts
# the tests of all suites. `tests/run.sh NAME…` runs only the suites named: those of tests/suite.sh.
#
# The suites called …-alone come first, two at once and with nothing else beside them: they mostly wait, and a busy machine
# would upset their tests. The others follow, JOBS at once: one more than there are processors.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/beside.sh
logs=build/tests
jobs=${JOBS:-$(($(nproc) + 1))}
passed=0 failed=0 skipped=0

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

# A suite that fails without counting a failure is one.
report() {
  name=$1 log=$logs/$1.log
  await "$logs" "$name"
  # shellcheck disable=SC2046 # three words
  set -- $(counts "$log")
  [ "$status" = 0 ] || [ "$2" != 0 ] || set -- "$1" 1 "$3"
  passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
  echo "$name: $1 passed, $2 failed, $3 skipped ($seconds s)"
  grep -E '^(SKIPPED|SKIP:)' "$log" | sed 's/^/    /'
  [ "$2" = 0 ] || { tail -n 80 "$log" | sed 's/^/    /'; }
}

# run_suites JOBS NAME…
run_suites() {
  jobs_here=$1
  shift
  [ $# -gt 0 ] || return 0
  begin "$jobs_here" "$logs" "$*" tests/suite.sh
  for name; do
    report "$name"
  done
}

[ $# -gt 0 ] || set -- integration-alone integration-sanitized-alone \
  integration-sanitized integration unit unit-valgrind fuzz sources reproducible demo
alone='' beside=''
for name; do
  case $name in
    *-alone) alone="$alone $name" ;;
    *) beside="$beside $name" ;;
  esac
done
# shellcheck disable=SC2086 # names without spaces
run_suites 2 $alone
# shellcheck disable=SC2086
run_suites "$jobs" $beside
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
