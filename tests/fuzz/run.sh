#!/bin/sh
# Runs every fuzzer of a folder, each for its share of FUZZ_SECS seconds (60), one line each, and counts
# them. Seeds are in tests/fuzz/corpus; what a run finds new goes to build/, and so does the input that
# breaks a promise. A fuzzer takes NAME.dict as its dictionary, or sql.dict. At last the globs are compared
# with picomatch itself, if npm can get it.
set -u
cd "$(dirname "$0")/../.." || exit 1
folder=${1:-build/fuzz}
passed=0 failed=0
programs=$(find "$folder" -maxdepth 1 -type f -name 'fuzz_*' -perm -u+x | sort)
count=$(echo "$programs" | wc -w)
[ "$count" -gt 0 ] || { echo "no fuzzer in $folder" && exit 1; }
seconds=$((${FUZZ_SECS:-60} / count))
[ "$seconds" -gt 0 ] || seconds=1

for program in $programs; do
  name=${program##*/fuzz_}
  found=build/fuzz/found/$name log=build/fuzz/$name.log
  dictionary=tests/fuzz/$name.dict
  [ -f "$dictionary" ] || dictionary=tests/fuzz/sql.dict
  mkdir -p "$found" build/fuzz/crashes
  set -- "$found"
  [ ! -d "tests/fuzz/corpus/$name" ] || set -- "$@" "tests/fuzz/corpus/$name"
  if "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 \
    -dict="$dictionary" -artifact_prefix="build/fuzz/crashes/$name-" "$@" >"$log" 2>&1; then
    passed=$((passed + 1))
    echo "ok      $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs in $seconds s"
  else
    failed=$((failed + 1))
    echo "FAILED  $name: see $log"
    tail -n 30 "$log"
  fi
done

# Gets picomatch, or says why not.
find_picomatch() {
  [ ! -d "$work/node_modules/picomatch" ] || return 0
  if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    echo 'SKIP: no npm, globs are not compared with picomatch'
    return 1
  fi
  timeout 120 npm install --prefix "$work" --no-save --no-audit --no-fund picomatch@2.3.1 >"$log" 2>&1 && return 0
  echo 'SKIP: npm cannot get picomatch 2.3.1, globs are not compared with it'
  return 1
}

# 1,000 triples of pattern, path and answer for each of FUZZ_SECS.
compare_globs() {
  "${CC:-cc}" -O2 -std=c11 -Isrc tests/fuzz/picomatch/answer.c src/glob/glob*.c src/glob/regex.c src/base/str.c \
    src/base/arena.c -o "$work/answer" &&
    NODE_PATH="$work/node_modules" timeout 1200 node tests/fuzz/picomatch/compare.js "$work/answer" \
      $((${FUZZ_SECS:-60} * 1000))
}

work=build/fuzz/picomatch log=build/fuzz/picomatch.log
mkdir -p "$work"
if find_picomatch; then
  if compare_globs >"$log" 2>&1; then
    passed=$((passed + 1))
    echo "ok      picomatch: $(tail -n 1 "$log")"
  else
    failed=$((failed + 1))
    echo "FAILED  picomatch: see $log"
    tail -n 45 "$log"
  fi
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
