#!/usr/bin/env bash
# Builds the fuzz targets (clang, sanitizers) and runs each, two at a time, from what tests/fuzz/corpus keeps.
#   installer/fuzz.sh [SECONDS]      for each target; 60 unless given. What breaks one lies in build/fuzz/findings.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
case ${1:-60} in *[!0-9]*) sed -n '2,3s/^# //p' "${BASH_SOURCE[0]}"; exit 2 ;; esac
seconds=${1:-60}
findings=$root/build/fuzz/findings
export ASAN_OPTIONS=allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1

# New inputs go to a folder of the build; only what somebody puts into the corpus is kept.
run_target() {
  local target=$1 found=$root/build/fuzz/found/$1
  mkdir -p "$found" "$findings"
  "$root/build/fuzz/bin/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
    -artifact_prefix="$findings/$target-" -print_final_stats=1 "$found" "$root/tests/fuzz/corpus/$target" \
    >"$logs/$target.log" 2>&1 </dev/null || { echo "$target: failed; the end of $logs/$target.log:"; tail -n 40 "$logs/$target.log"; return 1; }
  echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$logs/$target.log") inputs in $seconds s, no finding"
}

step build-fuzz "Building (fuzz)" build fuzz
failed=0
pending=()
for target in "$root"/tests/fuzz/*_fuzz.cpp; do
  run_target "$(basename "$target" .cpp)" &
  pending+=($!)
  if [ ${#pending[@]} -ge 2 ]; then
    wait "${pending[0]}" || failed=1
    pending=("${pending[@]:1}")
  fi
done
for process in "${pending[@]}"; do wait "$process" || failed=1; done
rm -rf /dev/shm/recontour-fuzz-*
exit $failed
