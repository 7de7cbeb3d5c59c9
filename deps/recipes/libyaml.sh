#!/bin/sh
# Eight files; Debian's source has no configure script to run.
set -eu

version=$(sed -n 's/^set *(YAML_VERSION_[A-Z]* \([0-9]*\))$/\1/p' CMakeLists.txt | tr '\n' ' ')
# shellcheck disable=SC2086 # three numbers
set -- $version
cd src
# shellcheck disable=SC2086 # a list of flags
$CC $CFLAGS -I../include -DYAML_VERSION_MAJOR="$1" -DYAML_VERSION_MINOR="$2" -DYAML_VERSION_PATCH="$3" \
  -DYAML_VERSION_STRING="\"$1.$2.$3\"" -c ./*.c
ar rcs "$PREFIX/lib/libyaml.a" ./*.o
install -m 644 ../include/yaml.h "$PREFIX/include/"
