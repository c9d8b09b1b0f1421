#!/usr/bin/env bash
# Everything about the engine djl that needs a GPU, in one call: is it right, and how fast is it beside plain PyTorch?
# Needs no Maven where it runs, only Java, and for the comparison a python3 with torch. Build before:
#
#   mvn -B -q -Pcuda,benchmarks package -DskipTests     (without cuda if PYTORCH_LIBRARY_PATH points at a CUDA libtorch)
#   benchmarks/gpu/gpu.sh [right] [fast] [memory]
#
# Without arguments all three. Ends with the number of checks that failed. Where a figure depends on it, TF32 (10 bits of
# mantissa in convolutions and products) is off, unless the line says tf32.
set -uo pipefail
cd "$(dirname "$0")/../.."
java=${JAVA:-java}
parts=${*:-right fast memory}
failures=0
libraries=$(echo benchmarks/target/lib/*.jar app/target/lib/logback*.jar | tr ' ' ':')
app=(-jar app/target/app.jar)

say() { printf '\n== %s\n' "$*"; }

check() { # NAME COMMAND...: runs it, and counts if it fails
    local name=$1
    shift
    say "$name"
    if ! "$@"; then
        echo "FAILED: $name"
        failures=$((failures + 1))
    fi
}

tests() { # MODULE CLASS: a test class, in its module's folder
    (cd "$1" && "$java" -Xmx2g -cp "target/test-classes:target/classes:$(echo target/lib/*.jar ../benchmarks/target/lib/*.jar | tr ' ' ':')" \
        org.junit.platform.console.ConsoleLauncher execute --disable-banner --details=summary --select-class "$2")
}

seconds() { # COMMAND...: its output, and how long it took from process start
    local from=${EPOCHREALTIME//[.,]/}
    "$@"
    local code=$?
    echo "from process start to end: $(((${EPOCHREALTIME//[.,]/} - from) / 1000)) ms"
    return $code
}

say "what is here"
nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader 2>/dev/null || echo "no nvidia-smi"
"$java" -version 2>&1 | head -1
"$java" "${app[@]}" engines
check "the engine takes cuda" "$java" "${app[@]}" --engine djl --device cuda evaluate

if [[ $parts == *right* ]]; then
    export NVIDIA_TF32_OVERRIDE=0
    check "contract" tests engine-djl dev.lenet.engine.djl.DjlEngineContractTest
    check "golden losses of PyTorch in double precision" tests app dev.lenet.app.GoldenTest
    check "native and djl, layer by layer" "$java" "${app[@]}" --device auto compare --engines native,djl
    check "the test images as native reads them" \
        "$java" -cp benchmarks/target/benchmarks.jar dev.lenet.benchmarks.EngineAgreement djl cuda
    unset NVIDIA_TF32_OVERRIDE
    check "the same, tf32" \
        "$java" -cp benchmarks/target/benchmarks.jar dev.lenet.benchmarks.EngineAgreement djl cuda
fi

if [[ $parts == *fast* ]]; then
    steps=("$java" -cp benchmarks/target/benchmarks.jar dev.lenet.benchmarks.EngineSteps djl cuda 32,256,2048)
    export NVIDIA_TF32_OVERRIDE=0
    check "steps of djl" "${steps[@]}"
    if python3 -c 'import torch; assert torch.cuda.is_available()' 2>/dev/null; then
        for adam in fused foreach; do
            check "steps of PyTorch, eager, Adam $adam" python3 benchmarks/pytorch/eager.py --adam "$adam"
        done
    else
        echo "no python3 with torch and CUDA: nothing to compare with"
    fi
    check "steps of djl again" "${steps[@]}"
    unset NVIDIA_TF32_OVERRIDE
    check "steps of djl, tf32" "${steps[@]}"
    folder=$(mktemp -d)
    train=("$java" "${app[@]}" --engine djl --device cuda train --output "$folder/model.safetensors")
    check "99 % from process start, quick preset" seconds "${train[@]}" --config config/quick.yaml
    check "the seed's command, tf32" seconds "${train[@]}" --config config/plain.yaml --epochs 10 --batch_size 32 --lr 0.001
    NVIDIA_TF32_OVERRIDE=0 check "the seed's command" \
        seconds "${train[@]}" --config config/plain.yaml --epochs 10 --batch_size 32 --lr 0.001
    check "the default preset, images distorted on the host" seconds "${train[@]}"
    rm -rf "$folder"
fi

if [[ $parts == *memory* ]] && python3 -c 'import torch; assert torch.cuda.is_available()' 2>/dev/null; then
    say "a GPU whose memory another program has: a sentence and exit code 1 are right"
    python3 - <<'PYTHON' &
import time
import torch
free, _ = torch.cuda.mem_get_info()
held = torch.empty(free - (700 << 20), dtype=torch.uint8, device="cuda")
time.sleep(45)
PYTHON
    hog=$!
    sleep 8
    "$java" "${app[@]}" --engine djl --device cuda train --config config/plain.yaml --epochs 1 --batch-size 50000 \
        --output "$(mktemp -d)/model.safetensors"
    echo "exit code $?"
    kill $hog 2>/dev/null
fi

say "$failures failed"
exit "$failures"
