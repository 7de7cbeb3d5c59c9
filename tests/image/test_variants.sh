#!/bin/sh
# What else is made of the image: the variant for runners in Kubernetes, and what a release publishes. The status
# is the number of tests that have failed, or 77 where the variant was not built.
#
#     tests/image/test_variants.sh IMAGE WORKSPACE
set -u
here=$(cd "$(dirname "$0")" && pwd)
image=$1 workspace=$2 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

podman image exists "$image:k8s" || { echo 'SKIP: no variant for Kubernetes: make image VARIANT=k8s' && exit 77; }

check() {
  name=$1
  shift
  if "$@" >"$log" 2>&1; then
    echo "ok      $name"
  else
    failed=$((failed + 1))
    echo "FAILED  $name"
    sed 's/^/        /' "$log"
  fi
}

# What the runner's hooks do: a pod that sleeps, files by tar, a list of them by find, a script by sh.
# shellcheck disable=SC2317 # called by check
kubernetes() {
  cat >"$workspace/step.sh" <<-'SH'
	cd /__w/_temp
	exec env GITHUB_ACTIONS=true GITHUB_WORKSPACE=/__w/_temp GITHUB_EVENT_NAME=pull_request INPUT_MODE=dry-run \
	  INPUT_SKIP-UNCHANGED=false INPUT_WORKING-DIRECTORY=packages/infrastructure/supabase /supabase-promote
	SH
  podman --runtime "$(command -v runc || command -v crun)" run --rm --network host --cgroupns host \
    --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 -v "$workspace:/__w/_temp" --entrypoint /bin/sh \
    "$image:k8s" -e -c 'tail -f /dev/null & mkdir /x && tar -C /__w/_temp -cf - packages | tar -C /x -xf - &&
      find /x -type f -exec stat -c "%b %n" {} \; | sort && mv /x /y && sh -e /__w/_temp/step.sh'
}

# The log says what was parsed, so that a shell that ran nothing is not taken for success.
# shellcheck disable=SC2317
parses() { kubernetes && grep -q 'migrations.*parsed\|parsed.*migration' "$log"; }

check 'the variant for Kubernetes, as the hooks of its runners use it' parses
check 'both images and their indexes, in a registry' "$here/registry.py" "$here/test_publish.sh" "$image"
exit "$failed"
