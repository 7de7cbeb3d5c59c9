#!/bin/sh
# Every static check, each with one line; the last line counts them. Needs both builds.
# `tests/lint/run.sh NAME` runs one, called NAME in the table below.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/beside.sh
logs=build/lint
passed=0 failed=0

# report NAME TITLE
report() {
  await "$logs" "$1"
  if [ "$status" = 0 ]; then
    passed=$((passed + 1))
    echo "ok      $2"
  elif [ "$status" = 77 ]; then
    echo "SKIP    $2: $(tail -n 1 "$logs/$1.log")"
  else
    failed=$((failed + 1))
    echo "FAILED  $2"
    sed 's/^/        /' "$logs/$1.log" | head -n 40
  fi
}

sources() {
  find entrypoint.c src deps/port -name '*.[ch]' | sort
}

code() {
  find entrypoint.c src deps/port tests/unit tests/fuzz -name '*.[ch]' | sort
}

layers() {
  sources | grep -v '^deps/' | xargs awk -f tests/lint/layers.awk
}

# What decides and what tells sees no server: not even through the headers that its own include.
pure() {
  mkdir -p build/lint
  for room in base glob toml sql schema world lint preflight plan check compare types effects report; do
    # shellcheck disable=SC2046 # words
    gcc -MM -Isrc -DPROMOTE_VERSION='"0"' -isystem build/deps/glibc/include $(pkg-config --cflags libcjson libcrypto yaml-0.1) \
      src/"$room"/*.c || return
  done >build/lint/pure.deps
  ! tr ' ' '\n' <build/lint/pure.deps | grep -E '/(db|pipeline|http|session|repo)\.h$'
}

# tsort refuses a loop; a module is the pair of .c and .h
cycles() {
  sources | xargs grep -H '^#include "' | grep -v '\.def"' |
    sed -E 's,^(src/)?([^:]*)\.[ch]:#include "([^"]*)\.h".*,\2 \3,' | sort -u | tsort >/dev/null
}

# Undefined symbols of our own objects: robust against macros and fortified names.
banned() {
  names='strcpy|strcat|strncpy|strncat|sprintf|vsprintf|strtok|gets|atoi|atol|system|popen|fork|vfork|execve|execvp|posix_spawn|setenv|putenv|gmtime|localtime|ctime|asctime|tmpnam|mktemp'
  ! find build/debug/obj -name '*.o' -exec nm -A -u {} + | grep -E " (__)?($names)(_chk)?(@.*)?$"
}

lengths() {
  sources | xargs awk -f tests/lint/lengths.awk &&
    sources | xargs awk -f tests/lint/functions.awk
}

formatted() {
  code | xargs clang-format --dry-run --Werror
}

headers() {
  find src -name '*.h' -print0 |
    xargs -0 -n 1 gcc -std=c11 -Wall -Wextra -Werror -Isrc -isystem build/deps/glibc/include -fsyntax-only -x c
}

tidy() {
  # shellcheck disable=SC2016 # the inner shell expands it
  sources | grep '\.c$' | grep -v '^deps/' | xargs -P "$(nproc)" -n 4 sh -c \
    'clang-tidy --quiet --warnings-as-errors="*" "$@" -- -std=c11 -Isrc -DPROMOTE_VERSION="\"0\"" \
    -DDEPS_LIBPG_QUERY_VERSION="\"0\"" -isystem build/deps/glibc/include $(pkg-config --cflags libpq libcjson libcrypto libcurl libgit2 yaml-0.1)' tidy
}

static_analysis() {
  cppcheck --quiet -j "$(nproc)" --std=c11 --error-exitcode=1 --inline-suppr --enable=warning,performance,portability \
    --suppress=missingIncludeSystem --library=tests/lint/cppcheck.cfg -Isrc -DPROMOTE_VERSION='"0"' -DDEPS_LIBPG_QUERY_VERSION='"0"' entrypoint.c src
}

scripts() {
  git ls-files '*.sh' .ci/run | xargs shellcheck
}

# GitHub's own checker. Its packages come from npm once, as tests/lint/npm/package-lock.json says.
languageservice() {
  cache=build/cache/languageservice
  command -v npm >/dev/null || { echo 'there is no npm' && return 77; }
  node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { echo 'Node is older than 20' && return 77; }
  if ! cmp -s tests/lint/npm/package-lock.json "$cache/package-lock.json" || [ ! -f "$cache/complete" ]; then
    mkdir -p "$cache"
    cp tests/lint/npm/package.json tests/lint/npm/package-lock.json "$cache/"
    rm -f "$cache/complete"
    (cd "$cache" && npm ci --no-audit --no-fund) || { echo 'npm cannot install it' && return 77; }
    touch "$cache/complete"
  fi
  # shellcheck disable=SC2046 # names without spaces
  node --import ./tests/lint/npm/json-modules.mjs tests/lint/npm/workflows.mjs "$cache" action.yml \
    $(git ls-files action.yml 'examples/*.yml' '.github/workflows/*.yml')
}

# Nothing names the machine it was written on, or a registry's host.
neutral() {
  hosts=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -v '^ *#' |
    grep -oE 'https?://[^/ ]+' | sed 's,.*//,,' | sort -u)
  bad=0
  for word in "$PWD/" $hosts; do
    ! git grep -nIF "$word" || bad=1
  done
  return $bad
}

# What a message or a hint means is known where it is made; only the wrappers of libraries and services read words.
# Codes have their names in base/sqlstate.def.
facts() {
  prose='(->|\.)(message|hint|server_hint|detail|context)\b'
  ! sources | grep -vE '^src/(wrap|api)/' |
    xargs grep -nE "str_(equal|contains|starts|ends)\([^;]*$prose|STR(_INIT)?\(\"[0-9][0-9A-Z]{4}\"\)"
}

# Plain English: words.txt has what is not, and what to write instead.
words() {
  git ls-files entrypoint.c src deps/port examples docs README.md CONTRIBUTING.md SECURITY.md action.yml |
    grep -E '\.(c|h|def|md|yml)$' | xargs awk -f tests/lint/words.awk tests/lint/words.txt
}

no_leftovers() {
  ! git grep -nIE '\b(TO''DO|FIX''ME|XX''X|HA''CK)\b' -- entrypoint.c src tests deps Makefile ':!tests/lint'
}

lint_md() {
  /usr/bin/python3 tests/lint/lint_md.py
}

action_yml() {
  /usr/bin/python3 tests/lint/action_yml.py
}

marketplace() {
  /usr/bin/python3 tests/lint/marketplace.py
}

workflows() {
  /usr/bin/python3 tests/lint/workflows.py
}

binary() {
  deps/check-binary.sh build/release/supabase-promote
}

table="
layers            layers: who may include whom
pure              what is pure sees no server
cycles            no include cycle
headers           each header stands alone
banned            banned functions
lengths           lengths of files, functions and their parameters; no name twice
formatted         format (clang-format)
tidy              clang-tidy
static_analysis   cppcheck
scripts           shellcheck
lint_md           docs/lint.md has the rules of lint.def
action_yml        action.yml, inputs.def, outputs.def and README agree
marketplace       action.yml has what the Marketplace demands
workflows         workflows: pinned, least rights, known inputs
languageservice   workflows: the language service of GitHub
neutral           no machine path, no registry host
facts             nothing is recovered from a message
words             no word of tests/lint/words.txt
no_leftovers      nothing left open in the code
binary            the release binary: static, hardened
"

if [ $# -gt 0 ]; then
  "$1"
  exit
fi
begin "$(nproc)" "$logs" "$(echo "$table" | awk '{ print $1 }')" tests/lint/run.sh
while read -r name title; do
  [ -z "$name" ] || report "$name" "$title"
done <<EOF
$table
EOF
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
