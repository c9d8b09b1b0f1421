#!/usr/bin/env bash
# Whether memory stays flat: resident memory of the process at the end of each epoch of a long training.
#
#   mvn -B -q package -DskipTests
#   JVM=-Xmx256m benchmarks/memory.sh djl 50
#
# Without a limit the JVM lets its heap grow before it collects garbage, which says nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
engine=${1:-djl}
epochs=${2:-50}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${JAVA:-java}" ${JVM:-} -jar app/target/app.jar --engine "$engine" train --config config/plain.yaml --epochs "$epochs" --validation-size 0 \
    --output "$folder/model.safetensors" > "$folder/out" 2> "$folder/err" &
pid=$!
seen=0
while kill -0 "$pid" 2>/dev/null; do
    now=$(grep -c '^epoch' "$folder/out" || true)
    if [ "$now" -gt "$seen" ]; then
        seen=$now
        echo "epoch $seen: $(awk '/VmRSS/ { printf "%.0f MB", $2 / 1024 }' "/proc/$pid/status")"
    fi
    sleep 0.2
done
wait "$pid" || { cat "$folder/err" >&2; exit 1; }
