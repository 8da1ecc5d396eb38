#!/usr/bin/env bash
# Sets up, builds and starts Recontour on a synthetic demo case. Without a display it does the same by itself: opens the
# case, predicts, revises, accepts, and prints what the revision changed.
#   installer/run.sh [-- OPTION...]      options after -- go to recontour
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

if [ $# -gt 0 ] && [ "$1" != -- ]; then
  sed -n '2,4s/^# //p' "${BASH_SOURCE[0]}"
  case $1 in -h | --help) exit 0 ;; *) exit 2 ;; esac
fi
[ $# -eq 0 ] || shift

data=${XDG_DATA_HOME:-$HOME/.local/share}/recontour
program=$root/build/release/bin

step setup "Packages and LibTorch" "$here/setup.sh"
step build-release "Building (up to 25 minutes on two cores the first time)" build release
if [ ! -e "$data/demo/imagesTr/demo_0001.nii.gz" ]; then
  step demo "Making the demo case" "$program/recontour-cli" demo "$data/demo" --cases 1 --seed 1 --spacing 3,3,3
fi

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  echo "Starting Recontour on the demo case"
  exec "$program/recontour" --demo "$@"
fi
echo "No display: the demo case is revised here without one"
exec xvfb-run -a -s "-screen 0 1920x1200x24" "$program/recontour" --demo --unattended "$data/demo-result" "$@"
