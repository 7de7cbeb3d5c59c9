#!/bin/sh
# Asserts that the release binary is what the Makefile asked for: each of these has once been lost
# without a word from any tool.
#
#     deps/check-binary.sh build/release/supabase-promote
set -eu

binary=$1
deps=$(cd "$(dirname "$0")" && pwd)
prefix=$deps/../build/deps
failed=0

check() { # WHAT COMMAND…
  what=$1
  shift
  if "$@"; then return; fi
  echo "check-binary: $binary: $what" >&2
  failed=1
}
# shellcheck disable=SC2317 # called by check
lacks() { ! printf '%s\n' "$1" | grep -qE "$2"; }
has() { printf '%s\n' "$1" | grep -qE "$2"; }

header=$(readelf -hW "$binary")
segments=$(readelf -lW "$binary")
sections=$(readelf -SW "$binary")
dynamic=$(readelf -dW "$binary")

check 'is not position independent' has "$header" 'Type: +DYN'
check 'is not a static-pie' has "$dynamic" 'FLAGS_1.*PIE'
check 'wants a dynamic loader (INTERP)' lacks "$segments" ' INTERP '
check 'wants a shared library (NEEDED)' lacks "$dynamic" '\(NEEDED\)'
check 'has a segment that is writable and executable' lacks "$segments" '(LOAD|GNU_STACK).* RWE '
check 'does not ask for a stack of 8 MiB that is not executable' has "$segments" 'GNU_STACK .* 0x0*800000 RW '
check 'has no GNU_RELRO segment' has "$segments" 'GNU_RELRO'
check 'has relocations for later (not BIND_NOW)' has "$dynamic" 'FLAGS_1.*NOW'
check 'has unpacked relative relocations (no RELR)' has "$dynamic" '\(RELR\)'
check 'is not stripped' lacks "$sections" '\.symtab'

# The canary lies in the thread's block, which on this processor is at %fs.
if has "$header" 'X86-64'; then
  guarded=$(objdump -d --no-show-raw-insn "$binary" | grep -c '%fs:0x28' || :)
  check "is compiled without stack protector ($guarded guarded places)" [ "$guarded" -gt 1000 ]
fi

probe=$(mktemp)
trap 'rm -f "$probe"' EXIT
"${CC:-cc}" -o "$probe" "$deps/check-relro.c"
check 'has writable relocated tables at run time (RELRO not applied)' "$probe" "$binary" --version

# Elsewhere those names would meet libpq's, which has other functions by them.
for library in "$prefix"/*/lib/libpg_query.a; do
  names=$(nm --defined-only --extern-only "$library" 2>/dev/null | awk 'NF == 3 { print $3 }')
  others=$(printf '%s\n' "$names" | grep -vE '^(pg_query_|protobuf_c_)' | tr '\n' ' ' || :)
  check "$library shows names that are not its own: $others" [ -z "$others" ]
done

[ $failed -eq 0 ] && echo "check-binary: $binary is a stripped static-pie, RELRO at run time, stack protected"
exit $failed
