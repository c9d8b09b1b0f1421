"""LeNet-5 in plain PyTorch, eager, on the processor: one of the contestants of SideBySide.

Written as PyTorch's users would write it fast: all images are floats in memory before the clock starts, a batch is
gathered in one call, and torch.optim.Adam makes the steps.

    python3 benchmarks/pytorch/contestant.py INITIAL TRAINED THREADS

INITIAL and TRAINED are safetensors files: where training starts, and the model whose logits are compared. The program
does what it reads from stdin, one command a line, and answers each with a line of numbers, as ContestantProgram does.
"""
import json
import math
import re
import struct
import sys
import time

try:
    import numpy
    import torch
    from torch.nn import functional

    from lenet5 import LeNet5, read
except ImportError as e:
    print(f"unavailable {e} in {sys.executable}: apt-get install python3-torch libopenblas0-openmp,"
          " or name another Python in PYTHON")
    sys.exit()

# As in Digits and Contestant.
MEAN, STD = 0.1307, 0.3081
LEARNING_RATE = 0.0005
BATCH_SIZE = 32
PREDICTION_BATCH_SIZE = 250
STRIDE = 10  # every tenth test image is compared


def tensors(path):
    """A safetensors file: the length of the header, JSON that says where each tensor lies behind it, and the floats."""
    with open(path, "rb") as file:
        length, = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        values = torch.from_numpy(numpy.frombuffer(file.read(), "<f4").copy())
    header.pop("__metadata__", None)
    return {name: values[entry["data_offsets"][0] // 4:entry["data_offsets"][1] // 4].reshape(entry["shape"])
            for name, entry in header.items()}


def digits(prefix):
    """All images, normalised, and their labels."""
    images = read(f"data/mnist/{prefix}-images-idx3-ubyte.gz", 16).float().div_(255).sub_(MEAN).div_(STD)
    return images.view(-1, 1, 28, 28), read(f"data/mnist/{prefix}-labels-idx1-ubyte.gz", 8).long()


def network(path):
    """LeNet-5 with the weights of a file."""
    model = LeNet5()
    model.load_state_dict(tensors(path))
    return model


class Contestant:
    def __init__(self, initial, trained):
        self.images, self.labels = digits("train")
        self.test, _ = digits("t10k")
        self.test_batches = self.test.split(PREDICTION_BATCH_SIZE)
        self.model = network(initial)
        self.trained = network(trained)
        self.adam = torch.optim.Adam(self.model.parameters(), lr=LEARNING_RATE)

    def train(self, epoch):
        """In an order of the epoch's own; returns the seconds."""
        torch.manual_seed(epoch)
        start = time.perf_counter()
        for rows in torch.randperm(len(self.labels)).split(BATCH_SIZE):
            images, labels = self.images.index_select(0, rows), self.labels.index_select(0, rows)
            self.adam.zero_grad(set_to_none=True)
            functional.cross_entropy(self.model(images), labels).backward()
            self.adam.step()
        return [time.perf_counter() - start]

    @torch.inference_mode()
    def predict_all(self, model):
        return torch.cat([model(images) for images in self.test_batches])

    @torch.inference_mode()
    def predict_one(self, image):
        return self.model(torch.from_numpy(image).view(1, 1, 28, 28)).numpy()

    def logits(self, _):
        return self.predict_all(self.trained)[::STRIDE].flatten().tolist()

    def batches(self, passes):
        """Images a second."""
        start = time.perf_counter()
        for _ in range(passes):
            check(self.predict_all(self.model)[-1, -1].item())
        return [passes * len(self.test) / (time.perf_counter() - start)]

    def single(self, count):
        """Median and 99th percentile of the microseconds for one image; the first ones, on cold caches, do not count."""
        times = []
        for i in range(-(count // 10), count):
            image = self.test[(i + count) % len(self.test)].flatten().numpy().copy()
            start = time.perf_counter()
            logits = self.predict_one(image)
            end = time.perf_counter()
            check(logits[0, -1])
            if i >= 0:
                times.append((end - start) * 1e6)
        times.sort()
        return [times[max(0, math.ceil(share * count) - 1)] for share in (0.5, 0.99)]


def check(logit):
    if not math.isfinite(logit):
        raise ValueError(f"expected finite logits, received {logit}")


def blas():
    """Where the matrix products come from, if it is a library of its own: it decides much."""
    with open("/proc/self/maps") as maps:
        found = re.search(r"[^/]+/libblas\S*", maps.read())
    return f", {found.group()}" if found else ""


def main():
    initial, trained, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    contestant = Contestant(initial, trained)
    print(f"trains PyTorch {torch.__version__}, eager, Python {sys.version.split()[0]}{blas()},"
          f" {torch.get_num_threads()} threads", flush=True)
    for line in sys.stdin:
        command, number = line.split()
        if command not in ("logits", "train", "batches", "single"):
            raise ValueError(f"Contestant: there is no command {command}")
        print(*getattr(contestant, command)(int(number)), flush=True)


if __name__ == "__main__":
    main()
