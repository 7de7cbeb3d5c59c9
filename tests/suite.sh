#!/bin/sh
# One suite of tests, with all its output: tests/suite.sh NAME
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/beside.sh
moments=20 # within those of tests/run.sh
suite=${1:-} logs=build/tests/$suite
export FUZZ_SECS="${FUZZ_SECS:-40}"
release=build/release/supabase-promote debug=build/debug/supabase-promote plain=build/plain/supabase-promote

# Debian's `valgrind` is a shell script, and a shell drops variables with hyphens in their names.
valgrind="valgrind.bin -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite
--suppressions=$PWD/tests/unit/valgrind.supp"

unit() {
  status=0
  for program in "$1"/unit/*_test; do
    $2 "$program" || { echo "in $program" && status=1; }
  done
  return $status
}

# integration PARTS PROGRAM WRAPPER OPTIONS…: the tests in parts side by side, as most of them wait. Each part has a
# server of its own.
integration() {
  parts=$1 program=$2 wrapper=$3
  shift 3
  begin "$parts" "$logs" "$(seq "$parts")" env "PROMOTE_BINARY=$program" "PROMOTE_WRAPPER=$wrapper" \
    /usr/bin/python3 -m pytest -p no:cacheprovider -q -rfEs --durations=30 --durations-min=3 tests/integration "$@" --parts "$parts" --part
  bad=''
  for part in $(seq "$parts"); do
    await "$logs" "$part"
    if [ "$status" = 0 ]; then cat "$logs/$part.log"; else bad="$bad $part"; fi
  done
  for part in $bad; do # at the end, where failures are looked for
    cat "$logs/$part.log"
  done
  [ -z "$bad" ]
}

# Its output is the test: it ends well only if each of its four runs ended as it should.
demo() {
  tests/demo/demo.sh && echo '1 passed, 0 failed'
}

# Of the tests that do not run the program, one build is enough; and where the Supabase CLI is the peer, nearly all of
# the time is the CLI's own: with the sanitizers, those are for `make test-deep`. So are the hundreds of statements whose
# prediction is held against what the server does; of those that are judged on three versions, 17 is enough.
sanitized="not test_docs and not test_promises and not test_release and not test_harness and not test_readme \
and not test_workflow_rules and not test_cli_agreement and not _truth.py and not test_preflight_agreement \
and not ((test_lint_labels.py or test_lint_analysis.py or test_lint_histories.py or test_lint_changes.py \
or test_preflight_rows.py or test_preflight_shapes.py) and (postgres15 or postgres18))"
# Tests in which no library and no libc has a part run with the sanitizers alone; `make test-deep` runs them with the
# release build, too.
ours=''
for module in batch comment compare compare_repository config dry_run examples failure_report guard history hostile index \
  inputs laptop lint lint_offline lock_given_back log management_api plan post_push preflight promotion rehearse \
  rehearse_safety rehearse_scratch rehearse_verify repair report report_file roles sarif screen search_path secrets seeds \
  server_settings session_state skip_unchanged status supabase transactions trust types uncertain_outcome vault verify \
  way_back; do
  ours="${ours:+$ours or }test_$module.py" # with .py, as tests' names count, too
done
case $suite in
  unit) unit build/debug '' ;;
  unit-valgrind) unit build/plain "$valgrind" ;;
  fuzz) tests/fuzz/run.sh build/fuzz ;;
  integration) integration 2 "$release" '' -m 'not alone' -k "not ($ours)" ;;
  integration-alone) integration 1 "$release" '' -m alone -k "not ($ours)" ;;
  integration-ours) integration 1 "$release" '' -k "$ours" ;;
  integration-deep) PROMOTE_DEEP=1 integration 2 "$release" '' -k 'test_every_point or test_lint_truth.py' ;;
  integration-sanitized) integration 2 "$debug" '' -m 'not alone' -k "$sanitized" ;;
  integration-sanitized-alone) integration 1 "$debug" '' -m alone -k "$sanitized" ;;
  integration-sanitized-truth) integration 1 "$debug" '' -k '_truth.py or test_preflight_agreement' ;;
  integration-sanitized-cli) integration 1 "$debug" '' -k test_cli_agreement ;;
  integration-valgrind) integration 1 "$plain" "$valgrind" \
    -k '(push or history or failure) and not random and not every_input and not megabytes and not test_lock' ;;
  demo) demo ;;
  sources) /usr/bin/python3 -m pytest -p no:cacheprovider -q -rfEs tests/sources ;;
  reproducible) tests/reproducible.sh ;;
  reproducible-libraries) tests/reproducible.sh --libraries ;;
  *) echo "tests/suite.sh: no suite is called '$suite'" >&2 && exit 2 ;;
esac
