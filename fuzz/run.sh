#!/usr/bin/env bash
# Fuzzes a reader with Jazzer: fuzz/run.sh TARGET [SECONDS], for example fuzz/run.sh PictureTarget 600. "all" takes one target after the
# other. Findings are put into fuzz/findings, one file each; mend the reader, then move the file to fuzz/corpus/TARGET, which "mvn verify" replays.
set -euo pipefail
cd "$(dirname "$0")/.."
JAZZER=0.24.0
target=${1:?a target, for example PictureTarget, or all}
seconds=${2:-600}

if [ "$target" = all ]; then
  for folder in fuzz/corpus/*/; do
    "$0" "$(basename "$folder")" "$seconds"
  done
  exit
fi
[ -d "fuzz/corpus/$target" ] || { echo "$target: expected one of: $(ls fuzz/corpus | tr '\n' ' ')" >&2; exit 2; }

# Jazzer stays outside of every module: it brings classes of its own along.
tools=fuzz/target/jazzer
if [ ! -f "$tools/jazzer-$JAZZER.jar" ]; then
  for artifact in jazzer jazzer-api; do
    mvn -B -q -N dependency:copy -Dartifact=com.code-intelligence:$artifact:$JAZZER -DoutputDirectory="$PWD/$tools"
  done
fi
mvn -B -q -DskipTests -pl fuzz -am package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/libraries
mkdir -p fuzz/findings "fuzz/target/grown/$target"
# HttpTarget is a client itself, which Jazzer would call a forged request.
exec java -Xmx1g -cp "$tools/*:fuzz/target/classes:fuzz/target/libraries/*" com.code_intelligence.jazzer.Jazzer \
  --target_class="dev.lenet.fuzz.$target" --instrumentation_includes='dev.lenet.**' --keep_going=1 \
  --disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery \
  --reproducer_path=fuzz/target/grown --agent_path="$tools/jazzer-$JAZZER.jar" \
  -artifact_prefix="fuzz/findings/$target-" -timeout=10 -rss_limit_mb=3000 -max_len=65536 -max_total_time="$seconds" \
  "fuzz/target/grown/$target" "fuzz/corpus/$target"
