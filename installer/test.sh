#!/usr/bin/env bash
# Sets up, builds and runs the tests: `fast` and `reliability` on the dev build, `asan` on the sanitizer build of core,
# fuzz targets.
#   installer/test.sh [--all]      --all also runs `long` and `bench`
# RECONTOUR_DATA names the reference data; tests that need it are skipped without it. The last line counts the tests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

all=no
case ${1:-} in
  "") ;;
  --all) all=yes ;;
  *) sed -n '2,5s/^# //p' "${BASH_SOURCE[0]}"; exit 2 ;;
esac

results=$root/build/results
rm -rf "$results"
mkdir -p "$results"
# A step that ran no tests counts as one that failed.
failed_without_tests() {
  echo '<testsuite><testcase name="step" status="fail"/></testsuite>' >"$results/$1.xml"
}

finish() {
  local status=$?
  [ "$status" = 0 ] || failed_without_tests step
  python3 "$here/count_tests.py" "$results" || status=1
  exit "$status"
}
trap finish EXIT

# run_tests BUILD LABEL error|ignore: all are run though one fails; count_tests.py judges. The third says what it means
# that no test has the label.
run_tests() {
  local start=$SECONDS
  ctest --test-dir "$root/build/$1" -L "^$2\$" -j "$(nproc)" --no-tests="$3" \
    --output-on-failure --output-junit "$results/$2.xml" </dev/null >"$logs/test-$2.log" 2>&1 || show_failures "$2"
  echo "Tests ($2): $((SECONDS - start)) s"
}

show_failures() {
  echo "Tests ($1) failed; the whole output is in $logs/test-$1.log:"
  grep -vE '^ *[0-9]+/[0-9]+ Test +#.* Passed|^ +Start +[0-9]+:' "$logs/test-$1.log" | tail -n 120
  [ -s "$results/$1.xml" ] || failed_without_tests "$1"
}

setup_options=(--tests)
build_options=()
if [ "$all" = yes ]; then
  setup_options+=(--bench)
  build_options+=(-DRECONTOUR_BUILD_BENCH=ON)
fi
step setup "Packages and LibTorch" "$here/setup.sh" "${setup_options[@]}"
step build-dev "Building (dev)" build dev "${build_options[@]}"
run_tests dev fast error
run_tests dev reliability error
step build-asan "Building (asan)" build asan
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:check_initialization_order=1
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
run_tests asan asan error
step fuzz "Fuzzing (seven targets)" "$here/fuzz.sh" 60
if [ "$all" = yes ]; then
  unset ASAN_OPTIONS UBSAN_OPTIONS
  run_tests dev long ignore
  run_tests dev bench ignore
fi
