#!/usr/bin/env bash
# Starts contestant.cpp beside it, and compiles it before where it is newer than the program in benchmarks/target. Takes
# Debian's libtorch, or the one in the folder LIBTORCH, as https://pytorch.org has it and as it lies in Python's torch.
# Where it cannot, it says so as a contestant does: "unavailable WHY".
set -euo pipefail
cd "$(dirname "$0")/../.."
source=benchmarks/libtorch/contestant.cpp
program=benchmarks/target/libtorch${LIBTORCH:+-$(cksum <<<"$LIBTORCH" | cut -d ' ' -f 1)}
include=${LIBTORCH:-/usr}/include
remedy="apt-get install g++ libtorch-dev libopenblas0-openmp"

unavailable() {
    echo "unavailable $*"
    exit
}

if [[ $source -nt $program ]]; then
    [[ $(command -v g++) ]] || unavailable "expected g++, found none: $remedy"
    [[ -d $include/torch/csrc/api/include ]] || unavailable "expected libtorch in $include/torch, found none: $remedy"
    mkdir -p benchmarks/target
    g++ -O3 -march=native -std=c++17 -I "$include" -I "$include/torch/csrc/api/include" "$source" -o "$program" \
        ${LIBTORCH:+-L "$LIBTORCH/lib" -Wl,-rpath,"$LIBTORCH/lib"} -ltorch -ltorch_cpu -lc10 >&2 ||
        unavailable "expected $source to compile, received the errors above"
fi
exec "$program" "$@"
