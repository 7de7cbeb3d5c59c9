#!/bin/sh
# Runs the image as the runner runs a container action: as root and PID 1, in /github/workspace, with the
# runner's five mounts and its variables passed by name.
#
#     tests/image/run.sh INPUT_MODE=dry-run INPUT_DB-URL=postgresql://…
#
# WORKSPACE is the checkout (default: this repository). RUNNER_DIR (default: build/image/runner) holds the
# other mounts; afterwards its files/set_output and files/step_summary have what the action wrote. Both are
# created if need be. IMAGE is another image, NAME the container's name, RUN_OPTIONS are more options for podman.
# The exit status is the action's; a signal to this process reaches it.
set -eu

top=$(cd "$(dirname "$0")/../.." && pwd)
image=${IMAGE:-localhost/supabase-promote}
workspace=${WORKSPACE:-$top}
runner=${RUNNER_DIR:-$top/build/image/runner}

[ "$(id -u)" -eq 0 ] ||
  exec sudo IMAGE="$image" NAME="${NAME:-}" RUN_OPTIONS="${RUN_OPTIONS:-}" WORKSPACE="$workspace" \
    RUNNER_DIR="$runner" "$0" "$@"

if ! setup=$("$top/deps/setup.sh" image 2>&1); then
  echo "SKIP: no container tool can be installed: $(printf '%s\n' "$setup" | tail -n 1)"
  exit 77
fi
podman image exists "$image" || { echo "tests/image/run.sh: no image yet: run tests/image/build.sh" >&2; exit 1; }
echo "image: $(podman image inspect -f '{{.Size}}' "$image") bytes" >&2

# The files exist and are empty, and belong to the runner's user, who is not ours.
mkdir -p "$runner/temp" "$runner/home" "$runner/workflow" "$runner/files"
workspace=$(cd "$workspace" && pwd)
runner=$(cd "$runner" && pwd)
for file in set_output set_env save_state step_summary add_path; do
  : >"$runner/files/$file"
done
[ -s "$runner/workflow/event.json" ] || echo '{}' >"$runner/workflow/event.json"
chown -R 1001:1001 "$runner"

# What the runner always sets, but for an API that nobody serves; the arguments come later and win.
set -- GITHUB_ACTIONS=true CI=true HOME=/github/home \
  GITHUB_WORKSPACE=/github/workspace GITHUB_EVENT_PATH=/github/workflow/event.json \
  GITHUB_OUTPUT=/github/file_commands/set_output GITHUB_ENV=/github/file_commands/set_env \
  GITHUB_STATE=/github/file_commands/save_state GITHUB_PATH=/github/file_commands/add_path \
  GITHUB_STEP_SUMMARY=/github/file_commands/step_summary \
  GITHUB_EVENT_NAME=push GITHUB_REPOSITORY=octo/example GITHUB_REF=refs/heads/main GITHUB_REF_NAME=main \
  GITHUB_SHA=0000000000000000000000000000000000000000 GITHUB_SERVER_URL=https://github.com \
  GITHUB_API_URL=http://127.0.0.1:9 GITHUB_RUN_ID=1 GITHUB_RUN_NUMBER=1 GITHUB_RUN_ATTEMPT=1 \
  GITHUB_JOB=migrate GITHUB_WORKFLOW=migrate GITHUB_ACTION=__self GITHUB_ACTOR=octocat \
  RUNNER_OS=Linux RUNNER_ARCH=X64 RUNNER_NAME=local RUNNER_ENVIRONMENT=self-hosted \
  RUNNER_TEMP=/github/runner_temp "$@"

# Values travel in podman's own environment, as the runner does it; but podman needs a HOME of its own.
options=
for setting; do
  case $setting in
    HOME=*) options="$options -e $setting" ;;
    *) options="$options -e ${setting%%=*}" ;;
  esac
done
home=$HOME

# runc, no cgroup of its own and explicit limits: what works as root inside another container, too.
runtime=$(command -v runc || command -v crun)
# shellcheck disable=SC2086 # names without spaces
exec env "$@" HOME="$home" podman --runtime "$runtime" run --rm \
  --name "${NAME:-supabase-promote-$$}" --network host --cgroupns host \
  --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 \
  --workdir /github/workspace --entrypoint /supabase-promote $options ${RUN_OPTIONS:-} \
  -v "$runner/temp:/github/runner_temp" -v "$runner/home:/github/home" \
  -v "$runner/workflow:/github/workflow" -v "$runner/files:/github/file_commands" \
  -v "$workspace:/github/workspace" "$image" </dev/null
