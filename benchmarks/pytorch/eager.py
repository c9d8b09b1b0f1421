"""LeNet-5 in plain PyTorch, eager, on CUDA: what EngineSteps measures, written as PyTorch's users would write it fast.

Images lie on the device as bytes; an epoch's order is gathered and normalised at once and cut into views; Adam is the
optimizer, in the implementation named by --adam; the loss is read once at the end of a round. Prints one line of JSON a
batch size: microseconds a step, median, smallest and largest of the rounds.

    python3 benchmarks/pytorch/eager.py --batch-sizes 32,256,2048 [--tf32] [--adam fused|foreach] [--cpu]
"""
import argparse
import json
import time

import torch
from torch import nn

from lenet5 import LeNet5, read


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="data/mnist")
    parser.add_argument("--batch-sizes", default="32,256,2048")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--images", type=int, default=32_000, help="images a round")
    parser.add_argument("--adam", choices=["fused", "foreach"], default="fused")
    parser.add_argument("--tf32", action="store_true")
    parser.add_argument("--cpu", action="store_true", help="to try the script where there is no GPU")
    options = parser.parse_args()
    device = torch.device("cpu" if options.cpu else "cuda")
    torch.backends.cudnn.allow_tf32 = options.tf32
    torch.backends.cuda.matmul.allow_tf32 = options.tf32
    images = read(options.data + "/train-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28).to(device)
    labels = read(options.data + "/train-labels-idx1-ubyte.gz", 8).long().to(device)

    for batch in map(int, options.batch_sizes.split(",")):
        torch.manual_seed(1)
        model = LeNet5().to(device)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, **{options.adam: True})
        loss_function = nn.CrossEntropyLoss()
        steps = max(20, min(1_000, options.images // batch))

        def work():
            """Steps of an epoch, over and over."""
            done = 0
            while done < steps:
                order = torch.randperm(len(images), device=device)
                inputs = ((images[order].float() / 255 - 0.1307) / 0.3081).split(batch)
                targets = labels[order].split(batch)
                for x, y in zip(inputs, targets):
                    if done == steps:
                        break
                    optimizer.zero_grad(set_to_none=True)
                    loss = loss_function(model(x), y)
                    loss.backward()
                    optimizer.step()
                    done += 1
            return loss.item()

        work()
        work()
        times = []
        for _ in range(options.rounds):
            start = time.perf_counter()
            last = work()
            times.append((time.perf_counter() - start) / steps * 1e6)
        times.sort()
        print(json.dumps({
            "contestant": f"PyTorch {torch.__version__}, eager, Adam {options.adam}", "batch": batch, "steps": steps,
            "us": round(times[len(times) // 2], 1), "min": round(times[0], 1), "max": round(times[-1], 1),
            "loss": round(last, 4), "tf32": options.tf32}), flush=True)


if __name__ == "__main__":
    main()
