#!/usr/bin/env bash
# Runs clang-tidy (.clang-tidy) on the sources that changed, and fails where it finds something.
#   installer/tidy.sh [BASE]      changed against BASE (a commit); HEAD~1 unless given. Wants build/dev configured.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
case ${1:-} in -h | --help) sed -n '2,3s/^# //p' "$0"; exit 0 ;; esac
commands=build/dev/compile_commands.json
[ -f "$commands" ] || { echo "$commands is missing: cmake --preset dev"; exit 1; }
git diff --name-only --diff-filter=d "${1:-HEAD~1}" -- '*.cpp' >build/tidy.txt
# Those that are compiled here; worker sources of another build are not.
files=$(while read -r file; do grep -q "/$file\"" "$commands" && echo "$file"; done <build/tidy.txt || true)
[ -n "$files" ] || { echo "no source changed"; exit 0; }
echo "$files" | wc -l | sed 's/$/ sources/'
echo "$files" | xargs -P "$(nproc)" -n 1 clang-tidy-14 -p build/dev --quiet 2>/dev/null
