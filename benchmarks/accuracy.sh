#!/usr/bin/env bash
# Test accuracy and loss of a preset, mean over seeds 1 to 5: the model after the last epoch, on the 10,000 test images, which
# nothing else has looked at. The seconds are those that `train` prints: from reading the data to the model file.
#
#   mvn -q package -DskipTests
#   benchmarks/accuracy.sh                        # config.yaml
#   benchmarks/accuracy.sh config/quick.yaml
#   benchmarks/accuracy.sh config/quick.yaml --engine djl
set -euo pipefail
cd "$(dirname "$0")/.."

config=${1:-config.yaml}
shift || true
models=$(mktemp -d)
run=accuracy-$$
trap 'rm -rf "$models" models/runs/"$run"-*' EXIT

for seed in 1 2 3 4 5; do
  java --add-modules jdk.incubator.vector -jar app/target/app.jar train --config "$config" --seed "$seed" --json \
    --run "$run-$seed" --output "$models/$seed.safetensors" "$@" | grep '"event":"end"'
done | awk -v config="$config" '
  function value(name) {
    match($0, "\"" name "\":[0-9.eE+-]+")
    return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
  }
  {
    printf "%s  seed %d  accuracy %.2f %%  loss %.4f  %.1f s\n", config, NR, 100 * value("test_accuracy"), value("test_loss"), value("seconds")
    accuracy += value("test_accuracy"); loss += value("test_loss"); seconds += value("seconds")
  }
  END { printf "%s  mean    accuracy %.3f %%  loss %.4f  %.1f s\n", config, 100 * accuracy / NR, loss / NR, seconds / NR }'
