#!/usr/bin/env bash
# Runs the core's tests and prints which part of its lines they run through, by folder and as a whole.
#   installer/coverage.sh [LEAST PERCENT]      ends with 1 when the whole is below
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cmake --preset coverage >/dev/null
cmake --build build/coverage --parallel "$(nproc)" >/dev/null
find build/coverage -name '*.gcda' -delete
ctest --test-dir build/coverage -L '^fast$' -j "$(nproc)" --output-on-failure >build/coverage/tests.log ||
  { tail -n 30 build/coverage/tests.log; exit 1; }
python3 installer/coverage.py build/coverage "${1:-0}"
