#!/usr/bin/env bash
# Accuracy and loss of a preset, mean over seeds 1 to 10 and its standard error, of the model after the last epoch: on the 10,000
# test images, which nothing else has looked at, or with --validation on the images that each run sets aside, which is where
# choices are made. SEEDS="1 2 3" takes other seeds. MODELS=FOLDER keeps the models.
# The seconds are those that `train` prints: from reading the data to the model file.
#
#   mvn -q package -DskipTests
#   benchmarks/accuracy.sh                        # config.yaml
#   benchmarks/accuracy.sh config/quick.yaml
#   benchmarks/accuracy.sh config/quick.yaml --engine djl
#   benchmarks/accuracy.sh --validation config/quick.yaml --validation-size 10000
set -euo pipefail
cd "$(dirname "$0")/.."

of=test
if [ "${1:-}" = --validation ]; then
  of=validation
  shift
fi
config=${1:-config.yaml}
shift || true
models=${MODELS:-$(mktemp -d)}
run=accuracy-$$
trap 'rm -rf models/runs/"$run"-*; [ -n "${MODELS:-}" ] || rm -rf "$models"' EXIT

for seed in ${SEEDS:-1 2 3 4 5 6 7 8 9 10}; do
  java -jar app/target/app.jar train --config "$config" --seed "$seed" --json \
    --run "$run-$seed" --output "$models/$seed.safetensors" "$@"
done | awk -v config="$config" -v of="$of" '
  function value(name) {
    match($0, "\"" name "\":[0-9.eE+-]+")
    return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
  }
  $0 ~ "\"" of "_accuracy\":" { accuracy = value(of "_accuracy"); loss = value(of "_loss") }
  /"event":"end"/ {
    printf "%s  run %d  %s accuracy %.2f %%  loss %.4f  %.1f s\n", config, ++n, of, 100 * accuracy, loss, value("seconds")
    accuracies += accuracy; squares += accuracy ^ 2; losses += loss; seconds += value("seconds")
  }
  END {
    error = n > 1 ? sqrt((squares - accuracies ^ 2 / n) / (n - 1) / n) : 0
    printf "%s  mean   %s accuracy %.3f %%, standard error %.3f  loss %.4f  %.1f s\n", \
      config, of, 100 * accuracies / n, 100 * error, losses / n, seconds / n
  }'
