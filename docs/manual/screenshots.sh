#!/usr/bin/env bash
# Makes the pictures of README and manual anew from the synthetic demo case, without a display.
#   docs/manual/screenshots.sh [FOLDER OF THE PROGRAMS]      build/release/bin unless given
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$(cd "${1:-$root/build/release/bin}" && pwd)
images=$root/docs/images
work=/tmp/recontour-manual  # its path is seen in a picture
rm -rf "$work"
trap 'rm -rf "$work"' EXIT
export XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache
demo=$XDG_DATA_HOME/recontour/demo
"$bin/recontour-cli" demo "$demo" --cases 1 --seed 1 --spacing 3,3,3 >/dev/null
ct=$demo/imagesTr/demo_0001.nii.gz
truth=$demo/labelsTr/demo_0001.nii.gz

# shot NAME ARGUMENTS...: a window of 1366 x 768
shot() {
  local name=$1
  shift
  xvfb-run -a -s "-screen 0 1920x1200x24" "$bin/recontour" "$@" --screenshot "$images/$name.png" --size 1366x768
  echo "docs/images/$name.png"
}

shot open "$ct" --sessions "$work/open" --read-only
shot look "$ct" --sessions "$work/look" --prediction "$truth"
shot scribble "$ct" --sessions "$work/scribble" --prediction "$truth" --scribbles "$root/resources/demo/scribbles.json"
# A structure set of another program, in which the rectum is somebody's target.
python3 - "$root/resources/organs/word.json" "$work/table.json" <<'PYTHON'
import json, sys
table = json.load(open(sys.argv[1]))
for organ in table["organs"]:
    if organ["key"] == "rectum":
        organ.update(key="target", name="PTV 50.4", tg263="", snomed="")
json.dump(table, open(sys.argv[2], "w"))
PYTHON
"$bin/recontour-cli" convert "$truth" "$work/plan.dcm" --ct "$ct" --organs "$work/table.json" 2>/dev/null
shot structures "$ct" --sessions "$work/structures" --prediction "$work/plan.dcm"
# A training on three cases, one of them held back.
training=$work/train
"$bin/recontour-cli" demo "$training" --cases 3 --seed 1 --spacing 4,4,5 >/dev/null
"$bin/recontour-cli" scribble generate --labels "$training/labelsTr" --out "$training/scribblesTr" --slices every=3 >/dev/null
shot train "$ct" --sessions "$work/training" --prediction "$truth" --train "$training"
shot predict "$ct" --sessions "$work/predict" --model "$root/models/zoo/word-demo"
xvfb-run -a -s "-screen 0 1920x1200x24" "$bin/recontour" --demo --unattended "$work/result" --size 1366x768 >/dev/null
cp "$work/result/screenshot.png" "$images/accept.png"
session=$(dirname "$(find "$work/result" -name session.rclog)")
shot revise "$ct" --replay "$session" --speed 1000
shot measure "$ct" --replay "$session" --speed 1000 --reference "$truth" --show-reference
# A session that was cut short: the program is killed after some strokes.
xvfb-run -a bash -c '"$0" "$1" --prediction "$2" --unattended "$3" --sessions "$3/sessions" --revision "$4" >"$3.txt" &
  until grep -q "^stroke 30 of" "$3.txt"; do sleep 0.05; done; kill -9 $!' \
  "$bin/recontour" "$ct" "$truth" "$work/crash" "$root/resources/demo/revision.json" 2>/dev/null || true
shot recovered "$ct" --sessions "$work/crash/sessions"
# A disk that takes the session's beginning, and not its contours.
bwrap --bind / / --dev /dev --size 16384 --tmpfs /mnt xvfb-run -a -s "-screen 0 1920x1200x24" \
  "$bin/recontour" "$ct" --sessions /mnt/sessions --prediction "$truth" --screenshot "$images/not-saved.png" --size 1366x768
echo "docs/images/not-saved.png"
study=$work/study
{
  "$bin/recontour-cli" study create "$study" --title "Demo study" --simulated
  "$bin/recontour-cli" study import "$study" --cases "$ct" --reference "$truth"
  "$bin/recontour-cli" study import "$study" --starts "$truth" --arm A --reader R1
  "$bin/recontour-cli" study freeze "$study"
} >/dev/null
shot study-reader --study "$study" --reader R1
xvfb-run -a -s "-screen 0 1920x1200x24" "$bin/recontour" --demo --screenshot "$images/window.png" --size 1600x1000
echo "docs/images/window.png"
