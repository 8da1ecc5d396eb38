#!/usr/bin/env bash
# Installs what Recontour is built with: Debian 12 packages and LibTorch. Does nothing, fast, when all is there.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: installer/setup.sh [--tests] [--bench] [--cuda]
  --tests   also what the tests need
  --bench   also what the benchmarks need
  --cuda    also NVIDIA's libraries for LibTorch (2 GB), to predict on a graphics card
LibTorch goes to ${XDG_CACHE_HOME:-~/.cache}/recontour-build; LIBTORCH_DIR names one that is already there.
TEXT
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
sections=base
cuda=no
for argument in "$@"; do
  case $argument in
    --tests) sections+=" tests" ;;
    --bench) sections+=" bench" ;;
    --cuda) cuda=yes ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done

say() { echo "set-up: $*"; }
fail() { echo "set-up: $*" >&2; exit 1; }

# Lines "purpose: package..." of the wanted sections.
wanted_lines() {
  awk -v wanted=" $sections " '
    /^#/ || /^$/ { next }
    /^\[/ { gsub(/[][]/, ""); take = index(wanted, " " $0 " "); next }
    take { print }' "$here/packages.txt"
}

missing_packages() {
  local packages present
  packages=$(wanted_lines | sed 's/^[^:]*: //' | tr ' ' '\n' | sort)
  # shellcheck disable=SC2086
  present=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $packages 2>/dev/null | sed -n 's/^installed //p' | sort -u)
  comm -23 <(echo "$packages") <(echo "$present")
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install_packages() {
  local missing
  missing=$(missing_packages)
  if [ -z "$missing" ]; then
    say "all packages are there"
    return
  fi
  say "installing $(echo "$missing" | wc -l) packages: $(echo "$missing" | tr '\n' ' ')"
  [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || fail "needs root or sudo to install packages; install them and call again"
  as_root apt-get update -q
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
}

# download WHEEL_FOLDER REQUIREMENTS: the pinned wheels, refused when a hash differs.
download() {
  local platforms=() tag
  for tag in manylinux_2_28 manylinux_2_27 manylinux_2_25 manylinux_2_18 manylinux_2_17 manylinux2014; do
    platforms+=(--platform "${tag}_x86_64")
  done
  python3 -m pip download -q --no-cache-dir --disable-pip-version-check --no-deps --only-binary=:all: \
    --python-version 3.11 "${platforms[@]}" --require-hashes -r "$2" -d "$1"
}

# unpack WHEEL_FOLDER TARGET: headers and libraries only; each wheel goes as soon as it is unpacked.
unpack() {
  local wheel
  for wheel in "$1"/*.whl; do
    case $(basename "$wheel") in
      torch-*) unzip -q -o "$wheel" 'torch/include/*' 'torch/lib/*' -d "$2" ;;
      *) unzip -q -o "$wheel" 'nvidia/*/lib/*' -d "$2" ;;
    esac
    rm "$wheel"
  done
}

# Everything is made in a folder of its own and renamed when complete, so an interrupted set-up starts over.
install_libtorch() {
  if [ -e "$1/torch/lib/libtorch_cpu.so" ]; then
    say "LibTorch is there: $1"
    return
  fi
  [ "$(uname -m)" = x86_64 ] || fail "LibTorch is pinned for x86_64 only; set LIBTORCH_DIR to one of this machine"
  say "fetching LibTorch (545 MB) into $1"
  mkdir -p "$(dirname "$1")"
  work=$(mktemp -d "$1.XXXXXX")
  download "$work/wheels" "$here/libtorch.txt"
  unpack "$work/wheels" "$work/tree"
  [ -e "$1" ] && mv "$1" "$work/incomplete"
  mv "$work/tree" "$1"
  rm -rf "$work"
}

install_cuda() {
  if [ -e "$1/nvidia/.complete" ]; then
    say "NVIDIA's libraries are there"
    return
  fi
  say "fetching NVIDIA's libraries (2 GB) into $1"
  work=$(mktemp -d "$1.XXXXXX")
  download "$work/wheels" "$here/libtorch-cuda.txt"
  unpack "$work/wheels" "$work/tree"
  cp -al "$work/tree/nvidia/." "$1/nvidia/"
  touch "$1/nvidia/.complete"
  rm -rf "$work"
}

work=
trap '[ -z "$work" ] || rm -rf "$work"' EXIT

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
  install_packages
else
  {
    echo "set-up: this system has no apt-get. Recontour is built with these, here by Debian 12's names:"
    wanted_lines | sed 's/^/  /'
    echo "Install their likes, unpack the wheels of installer/libtorch.txt, and build by docs/development/building.md."
  } >&2
  exit 2
fi

libtorch=${LIBTORCH_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/recontour-build/libtorch-2.11.0}
if [ -n "${LIBTORCH_DIR:-}" ]; then
  [ -e "$libtorch/torch/lib/libtorch_cpu.so" ] || fail "$libtorch: holds no torch/lib/libtorch_cpu.so; unset LIBTORCH_DIR"
fi
install_libtorch "$libtorch"
if [ "$cuda" = yes ]; then install_cuda "$libtorch"; fi
