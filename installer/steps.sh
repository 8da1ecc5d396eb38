# Shared by run.sh and test.sh, which source it: one line a step, the details in a log that a failure names.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
logs=$root/build/log
mkdir -p "$logs"
export OMP_WAIT_POLICY=passive  # waiting threads sleep: 2.5 times faster under load

# step NAME TITLE COMMAND...
step() {
  local name=$1 title=$2 start=$SECONDS
  shift 2
  if ! "$@" >"$logs/$name.log" 2>&1 </dev/null; then
    echo "$title: failed after $((SECONDS - start)) s; the end of $logs/$name.log:" >&2
    tail -n 25 "$logs/$name.log" >&2
    return 1
  fi
  echo "$title: $((SECONDS - start)) s"
}

# build PRESET [CMAKE_OPTION...]
build() {
  local preset=$1
  shift
  cmake -S "$root" --preset "$preset" ${LIBTORCH_DIR:+-DLIBTORCH_DIR="$LIBTORCH_DIR"} "$@" &&
    (cd "$root" && cmake --build --preset "$preset" --parallel "$(jobs_that_fit)")
}

# One compiler a core, but 2 GB for each: a file with LibTorch takes 1.4 GB.
jobs_that_fit() {
  local by_memory cores
  by_memory=$(awk '/^MemAvailable/ { print int($2 / 2000000) }' /proc/meminfo)
  cores=$(nproc)
  if [ "$by_memory" -lt 1 ]; then echo 1; elif [ "$by_memory" -lt "$cores" ]; then echo "$by_memory"; else echo "$cores"; fi
}
