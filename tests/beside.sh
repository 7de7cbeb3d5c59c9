# shellcheck shell=sh
# Sourced. Runs a command for each of some names, side by side, and gives back in order what came of it:
#
#     begin JOBS FOLDER "NAME…" COMMAND…    COMMAND NAME for each, at most JOBS at once; output in FOLDER/NAME.log
#     await FOLDER NAME                     until that one has ended; sets $status and $seconds
#
# A signal to the shell ends all that was begun, and then the shell.

# In a session of their own: one signal reaches them all, and what they have started.
begin() {
  at_once=$1 folder=$2 names=$3
  shift 3
  mkdir -p "$folder"
  rm -f "$folder"/*.ended
  # shellcheck disable=SC2016,SC2086 # the inner shell expands it; names have no spaces
  printf '%s\n' $names | setsid xargs -P "$at_once" -n 1 sh -c '
    folder=$1 start=$(date +%s)
    shift
    for name; do :; done # the last word
    "$@" >"$folder/$name.log" 2>&1
    echo "$? $(($(date +%s) - start))" >"$folder/$name.new"
    mv "$folder/$name.new" "$folder/$name.ended"' sh "$folder" "$@" &
  group=$!
  trap end_all HUP INT TERM
}

# shellcheck disable=SC2034 # the two variables are the caller's
await() {
  while [ ! -f "$1/$2.ended" ] && kill -0 "$group" 2>/dev/null; do
    sleep 1
  done
  status=1 seconds=0 # of one that did not come to its end
  [ ! -f "$1/$2.ended" ] || read -r status seconds <"$1/$2.ended"
}

moments=30 # seconds to tidy up in
end_all() {
  trap '' HUP INT TERM
  kill -s TERM -- "-$group"
  while kill -s 0 -- "-$group" 2>/dev/null; do
    moments=$((moments - 1))
    [ "$moments" -gt 0 ] || kill -s KILL -- "-$group"
    sleep 1
  done
  exit 130
}
